"""What reports print, drawn by chance: figures, labels, sentences, tables, and the slips that people make of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

Rows = list[list[str]]
Block = str | Rows

MARKS = [
    "¹",
    "²",
    "³",
    "*",
    " (1)",
    "†",
    " p",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u202e",
    "\u200f",
    "\u00ad",
    "⁴⁵",
]
SPACES = [" ", "\u00a0", "\u202f", "\u2009", "'", ".", ",", ""]
UNITS = [
    "",
    "",
    "",
    " %",
    "%",
    " €",
    " k€",
    " M€",
    " points",
    " pts",
    " ‰",
    " jeunes",
    " ETP",
    " h",
    " millions d’euros",
]
SIGNS = ["", "", "", "-", "−", "–", "+", "+ ", "moins "]
OTHERS = [
    "/", "-", "–", "∅", "nd", "ns", "s.o.", "< 5", "...", "#N/A", "#REF!", "########", "3O", "1 25", "½", "①", "٣٤", "１２",
    "1e9", "NaN", "inf", "0x1F", "1_000", "12 / 34", "12 (34 %)", "2023-01-05", "12:30", "x", "²", "(12)", "(", "%", "€",
    "9" * 18, "9" * 40, "0", "-0", "00", "1.234.567", "61,206", "1,5", "0,0000000001", "16-17 ans", "Bac + 2", "2ème", "24h",
]  # fmt: skip
WORDS = [
    "jeunes", "inscrits", "femmes", "hommes", "contrats", "entretiens", "communes", "dont", "total", "ensemble", "part",
    "évolution", "moyenne", "objectif", "réalisé", "budget", "recettes", "dépenses", "solde", "accueillis", "nouveaux", "de",
    "des", "la", "en", "par", "contre", "soit", "sur", "hausse", "baisse", "plus", "moins", "deux", "tiers", "moitié", "quart",
    "fois", "point", "stable", "2022", "2023", "janvier", "l’an", "dernier", "près", "environ", "au", "lieu", "et", "ou",
]  # fmt: skip
LABELS = [
    "Lille", "Roubaix", "Marcq-en-Barœul", "Total", "Total général", "Sous-total", "Ensemble", "dont femmes", "  dont CDI",
    "Femmes", "Hommes", "16 - 17 ans", "2022", "2023", "2020¹", "16²", "N-1", "N", "Évolution", "Part", "Taux", "Moyenne", "Commune",
    "Montant (€)", "Nombre", "en %", "Objectif", "Réalisé", "Cumul", "Janvier", "T1", "11", "1101", "59350", "", "Autres", "Ntotal",
]  # fmt: skip
PHRASES = [
    "En 2023, {} jeunes ont été accueillis, contre {} en 2022, soit une hausse de {} %.", "{} % des inscrits sont des femmes ({} sur {}).",
    "Sur {} jeunes, {} sont des femmes ({} %).", "{} ateliers animés : • {} ateliers collectifs • {} individuels", "Total : {} jeunes",
    "Le montant moyen est de {} € par jeune, pour {} aides.", "Les entretiens passent de {} à {} ({} %).", "1 jeune sur {} est mineur.",
    "La moitié des {} contrats, soit {}, sont des CDI.", "{} contrats : {} CDD, {} CDI et {} alternances.", "La part gagne {} points.",
    "Deux fois plus de jeunes : {} contre {}.", "1) Le public", "a. Par commune", "Source : i-Milo, {}", "Accueils ......... {}",
    "- {} jeunes\n- {} femmes", "(dont {} € de frais de gestion)", "De {} à {} ans : {} %", "Plus de {} % des {} jeunes",
]  # fmt: skip


def figure(chance: random.Random) -> str:
    """Return a printed figure, with its sign, separators, decimals, unit and marks."""
    if chance.random() < 0.12:
        return chance.choice(OTHERS)
    digits = str(chance.randrange(10 ** chance.choice([1, 2, 2, 3, 3, 4, 6, 9, 17, 18])))
    if chance.random() < 0.5:
        space, groups = chance.choice(SPACES), []
        while digits:
            groups.append(digits[-3:])
            digits = digits[:-3]
        digits = space.join(reversed(groups))
    if chance.random() < 0.2:
        digits += chance.choice(",.") + str(chance.randrange(10 ** chance.choice([1, 1, 2, 3])))
    mark = chance.choice(MARKS) if chance.random() < 0.08 else ""
    return chance.choice(SIGNS) + digits + mark + chance.choice(UNITS)


def label(chance: random.Random) -> str:
    """Return the text of a head or of a stub."""
    text = (
        chance.choice(LABELS)
        if chance.random() < 0.8
        else " ".join(chance.choices(WORDS, k=chance.randint(1, 6)))
    )
    return text + chance.choice(MARKS) if chance.random() < 0.05 else text


def sentence(chance: random.Random) -> str:
    """Return a sentence with figures, or words and figures in no order."""
    if chance.random() < 0.7:
        phrase = chance.choice(PHRASES)
        return phrase.format(*(figure(chance) for _ in range(phrase.count("{}"))))
    pieces = [
        chance.choice(WORDS) if chance.random() < 0.7 else figure(chance)
        for _ in range(chance.randint(1, 25))
    ]
    return " ".join(pieces) + chance.choice([".", "", " :", ";", ")", "…"])


def paragraph(chance: random.Random) -> str:
    """Return some sentences, or now and then the same one many times."""
    if chance.random() < 0.02:
        return slipped(sentence(chance), chance) * chance.choice([20, 100])
    text = chance.choice([" ", " ", "\n", " • "]).join(sentence(chance) for _ in range(chance.randint(1, 3)))
    return slipped(text, chance) if chance.random() < 0.4 else text


def table(chance: random.Random, most: int = 7) -> Rows:
    """Return a boxhead over labelled rows; half of the tables have a last row that sums the others."""
    width, height = chance.randint(1, 5), chance.randint(1, most)
    head = [label(chance) for _ in range(width + 1)]
    size = chance.choice([10, 100, 1000, 100_000])
    body = [[chance.randrange(size) for _ in range(width)] for _ in range(height)]
    rows = [head, *([label(chance), *map(str, row)] for row in body)]
    if chance.random() < 0.5:
        rows.append(["Total", *(str(sum(column)) for column in zip(*body, strict=True))])
    for _ in range(chance.choice([0, 0, 1, 2, 6])):
        row, column = chance.randrange(len(rows)), chance.randrange(width + 1)
        rows[row][column] = (label if chance.random() < 0.3 else figure)(chance)
    if chance.random() < 0.1:
        rows.insert(chance.randrange(len(rows) + 1), [""] * (width + 1))
    return rows


def blocks(chance: random.Random) -> list[Block]:
    """Return the paragraphs and tables of a small report."""
    found: list[Block] = []
    for _ in range(chance.randint(1, 5)):
        found.append(paragraph(chance) if chance.random() < 0.5 else table(chance))
    return found


def flattened(chance: random.Random) -> str:
    """Return a small report as text, its tables flattened in one of the ways in which programs do it."""
    pieces = []
    for block in blocks(chance):
        if isinstance(block, str):
            pieces.append(block)
            continue
        gap = chance.choice([" ", "  ", "\t", "\n", " | "])
        pieces.append("\n".join(gap.join(row) for row in block))
    text = chance.choice(["\n", "\n\n"]).join(pieces)
    return slipped(text, chance) if chance.random() < 0.4 else text


def slipped(text: str, chance: random.Random, pieces: Sequence[str] = ()) -> str:
    """Return a text with a few pieces cut, doubled, moved, or put in from `pieces` and the usual ones."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + chance.choice([0, 1, 3, 12, 60]))
        change = chance.randrange(4)
        if change == 0:
            text = text[:at] + text[to:]
        elif change == 1:
            text = text[:to] + text[at:to] * chance.choice([1, 1, 3]) + text[to:]
        elif change == 2:
            put = chance.randrange(len(text) + 1)
            text = text[:put] + text[at:to] + text[put:]
        else:
            piece = chance.choice(pieces) if pieces and chance.random() < 0.7 else usual(chance)
            text = text[:at] + piece + text[to:]
    return text


def usual(chance: random.Random) -> str:
    """Return a short piece of text: a figure, a word, a mark, a control character, any character."""
    makers: list[Callable[[random.Random], str]] = [
        figure,
        label,
        lambda c: c.choice(MARKS + SPACES),
        lambda c: c.choice(
            ["\0", "\x1b[31m", "\r", "\t", "\x0c", "\x85", "\u2028", "\ud800", "\uffff", "\ue000"]
        ),
        lambda c: chr(c.choice([c.randrange(128), c.randrange(0x2000, 0x2100), c.randrange(0xD000)])),
    ]
    return chance.choice(makers)(chance)
