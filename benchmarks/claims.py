"""What reading a sentence costs: ten thousand of them, one of 100 000 characters, and sentences made to backtrack.

    python benchmarks/claims.py

The sentences are made from the patterns below with numbers drawn once; each is a paragraph of its own. Told are
CPU microseconds per sentence, the lowest of several runs, and for the long ones how much more 100 000 characters
cost than 50 000: 2 is linear, 4 would be quadratic.
"""

from __future__ import annotations

import argparse
import random
import sys
import time

from mlcheck.model.document import Locator
from mlcheck.prose.read import Prose, read_claims

SENTENCES, LONG = 10_000, 100_000
AIM, LINEAR = 200.0, 3.0  # microseconds a sentence; the ratio above which growth is not linear
PATTERNS = (
    "En {year}, {n} jeunes ont été accompagnés par la mission locale.",
    "{p} % des nouveaux inscrits sont des femmes ({q} % en {before}).",
    "Le nombre de contrats signés a augmenté de {p} % par rapport à {before}.",
    "{n} contrats ont été signés, en baisse de {d} % contre {m} en {before}.",
    "{n} jeunes ont bénéficié de {m} contacts, soit une moyenne de {q} contacts par jeune.",
    "La part des mineurs est passée de {p} % à {q} %, soit une baisse de {k} points.",
    "- Niveau BEP/CAP : {p} %",
    "{n} personnes ont participé : {m} jeunes et {k} partenaires.",
    "Un jeune sur quatre réside dans un quartier prioritaire (QPV), soit {n} jeunes.",
    "{n} € ont été alloués à {k} jeunes dans le cadre du Fonds d'aide.",
    "Près de {n} jeunes ont été reçus, dont {k} pour la première fois.",
    "Le conseiller reçoit les jeunes de 16 à 25 ans du lundi au vendredi, de 9 h à 17 h.",
    "Parmi ces {n} demandes, {m} ont été acceptées et {k} refusées.",
    "Le budget s'élève à {d} M€, soit {p} % de plus que l'an dernier.",
    "Les ateliers ont doublé en {year} ; {k} d'entre eux se tiennent à la mairie.",
    "Cette action, menée avec nos partenaires, permet aux jeunes de découvrir les métiers de l'industrie.",
)
LONG_ONES = {
    "a list of counts": "12 jeunes, ",
    "a list of shares": "5 % des jeunes, ",
    "growth after growth": "augmente de 5 %, ",
    "open brackets": "(1 ",
    "fractions cut short": "1 jeune sur ",
    "hedges without a number": "près de ",
    "ranges without an end": "passant de 5 à ",
    "spaces": " ",
    "digits": "1",
}


def sentences(count: int) -> list[Prose]:
    """Return sentences with numbers drawn once."""
    draw = random.Random(4)
    made = []
    for n in range(count):
        values = {
            "n": f"{draw.randint(1, 9999):,}".replace(",", " "), "m": draw.randint(10, 999), "k": draw.randint(2, 60),
            "p": draw.randint(1, 99), "q": draw.randint(1, 99), "d": f"{draw.randint(1, 99)},{draw.randint(0, 9)}",
            "year": 2023, "before": 2022,
        }  # fmt: skip
        text = PATTERNS[n % len(PATTERNS)].format(**values)
        made.append(Prose(text, Locator("report.txt", line=n + 1), ("Le public",), n))
    return made


def cost(prose: list[Prose], runs: int) -> tuple[float, int]:
    """Return the lowest CPU seconds of reading some paragraphs, and the number of claims read."""
    lowest, claims = float("inf"), 0
    for _ in range(runs):
        start = time.process_time()
        found, _ = read_claims(prose, year=2023, first_figure=0)
        lowest, claims = min(lowest, time.process_time() - start), len(found)
    return lowest, claims


def long_cost(unit: str, length: int, runs: int) -> tuple[float, int]:
    """Return the cost of one sentence of so many characters."""
    return cost([Prose(unit * (length // len(unit)), Locator("report.txt", line=1))], runs)


def main() -> None:
    """Measure, and exit 1 where the aim is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    cost(sentences(100), 1)  # lexicon and caches
    seconds, claims = cost(sentences(SENTENCES), runs)
    each = seconds / SENTENCES * 1e6
    print(f"{SENTENCES} sentences, {claims} claims: {each:.0f} µs of CPU each (aim: under {AIM:.0f})")
    worst = 0.0
    for name, unit in LONG_ONES.items():
        half, (whole, read) = long_cost(unit, LONG // 2, runs)[0], long_cost(unit, LONG, runs)
        ratio = whole / half if half else 0.0
        worst = max(worst, ratio)
        print(
            f"{LONG} characters of {name:24} {whole * 1000:7.0f} ms, {read:6} claims, {ratio:.2f} × half as many"
        )
    sys.exit(1 if each > AIM or worst > LINEAR else 0)


if __name__ == "__main__":
    main()
