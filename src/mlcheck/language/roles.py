"""What a line is, by its label and by the figures in it: a part, a total, a share, a mean…"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from mlcheck.language.lexicon import StatisticWords, WordSet, lexicon
from mlcheck.language.numeral import without_marks
from mlcheck.language.words import fold
from mlcheck.model.quantity import Unit
from mlcheck.model.table import Entry, Role, Statistic

_YEAR = re.compile(r"\b(?:19|20)[0-9][0-9]\b")
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(
    r"\s*(?:[0-9][0-9.\-/]*(?:\s*[-–—.:)]+\s*|\s+)|(?:[IVXLC]{1,5}|[A-Z])\s*[-–—.:)]\s*)(?=[^\W\d_])"
)
"""The code or number that opens a label: "65 - ", "A. ", "III) "."""
_BACK = ("now", "before", "two_before", "three_before")  # the scenarios that are years, by how far back
_STATED = re.compile(r"(?<![0-9])(?!(?:19|20)[0-9]{2}\s*%)[0-9]+\s*%")  # a percentage, and no year before "%"


@cache
def _folded(words: WordSet) -> WordSet:
    return frozenset(map(fold, words))


@lru_cache(16_384)
def is_total(label: str) -> bool:
    """Tell whether a label names a total: "Total général :", "Ensemble des jeunes", "65 - Total des charges"."""
    plain = _without_number(label)
    if plain in _folded(lexicon().totals.exact):
        return True
    return any(plain.startswith(f"{start} ") for start in _folded(lexicon().totals.starts))


@lru_cache(16_384)
def is_subtotal(label: str) -> bool:
    """Tell whether a label names a total of some lines only: "Sous-total", "S/T Hyères"."""
    return _opens(f" {fold(label)} ", lexicon().totals.some)


@lru_cache(16_384)
def is_bare_total(label: str) -> bool:
    """Tell whether a label says nothing but that it is the total ("Total :", "Ensemble", "France entière")."""
    return _without_number(label) in _folded(lexicon().totals.exact)


def _without_number(label: str) -> str:
    """Return a folded label without its brackets and the code or number that opens it."""
    plain = _BRACKETS.sub(" ", label)
    opening = _NUMBER.match(plain)
    return fold(plain[opening.end() :] if opening else plain).strip()


@lru_cache(16_384)
def is_of_which(label: str) -> bool:
    """Tell whether a label counts a part of the line before it."""
    plain = fold(label)
    return any(plain == word or plain.startswith(f"{word} ") for word in _folded(lexicon().parts))


@lru_cache(16_384)
def is_adjective_total(label: str) -> bool:
    """Tell whether a label names a total by an adjective: "Effectif total", "Trésorerie totale du club", "Toutes solutions"."""
    words = fold(re.sub(r"\([^()]*\)", " ", label)).split()
    if len(words) > 1 and words[0] in _folded(lexicon().totals.every):
        return True
    return bool(words) and any(w in _folded(lexicon().totals.adjectives) for w in words[1:4])


def measure_role(label: str, unit: str, *, opening: bool = False) -> Role:
    """Return what the words of a measure say it is (those `opening` its label); "part" where they say nothing."""
    plain, words = f" {fold(label)} ", lexicon().measures
    percent = unit in ("%", "points")
    short = plain.strip() in _folded(words.short) and not percent
    if not short and (
        _opens(plain, words.variation)
        or _has(plain, words.change)
        or (_has(plain, words.variation) and (percent or len(plain.split()) < 5))
    ):
        return "variation"
    if percent or _opens(plain, words.share) or " % " in plain:
        return "share"
    return "mean" if unit == "‰" or statistic_of(label, opening=opening) else "part"


@lru_cache(16_384)
def statistic_of(label: str, *, opening: bool = False) -> Statistic | None:
    """Return what the words of a label say its measure is, where it is never added up.

    Where they must be `opening` it, as those of a row, what stands later in the label says nothing.
    """
    plain = f" {fold(label)} "
    several = len(plain.split()) > 1
    counted = is_counting(label) or is_total(label)  # "Total Price" is an amount
    if _is_per_unit(label):
        return "mean"
    for statistic, known in lexicon().statistics.items():
        if (statistic == "quantile" and _is_quarter(label)) or (statistic == "age" and _is_class(label)):
            continue
        if several and _has(_without_nouns(plain, known), known.beside):
            return statistic
        if not counted and (
            (_opens if opening else _measures)(plain, known.words) or _opens(plain, known.opening)
        ):
            return statistic
    return None


@lru_cache(16_384)
def ratio_of(label: str) -> tuple[str, str]:
    """Return what a label counts and what it takes it per, empty where it is no ratio: "Stagiaires / session", "Demandes par agent"."""
    words = lexicon().measures
    for between in (*words.out_of, words.ratio):
        what, per, whom = label.lower().partition(between if between == "/" else f" {between} ")
        if per:
            return what.strip(), whom.strip()
    return "", ""


def _is_per_unit(label: str) -> bool:
    """Tell whether a label is a unit per something: "€ par logement", "km / agent"."""
    unit, per = ratio_of(label)
    return bool(per) and unit.strip(" (") in _unit_names()


@cache
def _unit_names() -> frozenset[str]:
    """Return the names and signs of units, as a head prints them."""
    known = lexicon()
    named = (word for unit in known.units.values() for word in (*unit.words, *unit.heads))
    euros = (word for one in known.magnitudes.values() for word in one.euros)
    return frozenset(word.lower().strip() for word in ("€", *named, *euros))


def _measures(plain: str, words: WordSet) -> bool:
    """Tell whether a label has one of some words where it says what is measured: no "âge" in "Contrats par âge"."""
    by = _folded(lexicon().measures.by)
    start = min((at for word in by if (at := plain.find(f" {word} ")) > 0), default=len(plain))
    measured = plain[: start + 1]
    return any(f" {word} " in (measured if by.isdisjoint(word.split()) else plain) for word in _folded(words))


@lru_cache(16_384)
def breaks_down(title: str) -> bool:
    """Tell whether a title names a breakdown of what it counts, and no percentages: "Répartition géographique des jeunes"."""
    plain = f" {fold(title)} "
    return _opens(plain, lexicon().measures.distribution) and named_unit(title) != "%"


def _is_quarter(label: str) -> bool:
    """Tell whether a label names a part of a year with its year: "Q1 2003" is no quartile."""
    words = fold(label).split()
    return year_of(label) is not None and any(w in lexicon().measures.periods for w in words)


def _is_class(label: str) -> bool:
    """Tell whether a label of an age names a class of them: "Âge 0-14"."""
    return any(map(str.isdigit, _YEAR.sub("", without_marks(label))))


@lru_cache(16_384)
def is_counting(label: str) -> bool:
    """Tell whether a label opens with a word that counts: "Nombre d'aides", "Effectifs"."""
    return _opens(f" {fold(label)} ", lexicon().binding.counting)


@lru_cache(4_096)
def title_statistic(title: str) -> Statistic | None:
    """Return what a title or a unit line says of every figure under it, where these are never added up."""
    plain = f" {fold(title)} "
    known = lexicon().binding
    if any(f" {word} {joint} " in plain for word in _folded(known.counting) for joint in known.and_):
        return None
    own = lexicon().statistics.items()
    return next((one for one, words in own if _has(_without_nouns(plain, words), words.titles)), None)


def _without_nouns(plain: str, known: StatisticWords) -> str:
    """Return a folded label without the words for a statistic that are nouns in it: "Les moyens humains"."""
    words = plain.split()
    if known.nouns.isdisjoint(words):
        return plain
    nouns = {
        n
        for n, word in enumerate(words)
        if word in known.nouns and (n == 0 or words[n - 1].isdigit() or words[n - 1] in known.before_nouns)
    }
    return f" {' '.join(word for n, word in enumerate(words) if n not in nouns)} "


@lru_cache(16_384)
def scenario_of(label: str) -> str | None:
    """Return what a label states beside others of the same thing: a target, what was done, the year before."""
    plain = f" {fold(label)} "
    for scenario, words in lexicon().scenarios.items():
        if scenario in _BACK:
            if fold(re.sub(r"\([^()]*\)", " ", label)).strip(" %€") in _folded(words):
                return scenario
        elif _opens(plain, words):
            return scenario
    return None


def years_back(scenario: str | None) -> int | None:
    """Return how many years before its report a scenario is of: none for "N", one for "N-1"; None where it tells no year."""
    return _BACK.index(scenario) if scenario in _BACK else None


def _has(plain: str, words: WordSet) -> bool:
    return any(f" {word} " in plain for word in _folded(words))


def _opens(plain: str, words: WordSet) -> bool:
    return any(plain.startswith(f" {word} ") for word in _folded(words))


@lru_cache(16_384)
def line_role(label: str, head: str, unit: str, *, row: bool = False) -> Role:
    """Return the role of a line of this label (spanners in `head`) and unit."""
    if is_of_which(label):
        return "share" if unit == "%" else "of_which"
    measure = measure_role(label, unit, opening=row)
    named = measure != "part" and measure_role(label, "count", opening=row) != "part"
    over = head and not (breaks_down(head) and unit != "%")
    if over and not named and (measure == "part" or measure_role(head, unit) == "variation"):
        measure = measure_role(head, unit)
    if measure != "part" and not (is_total(label) and measure != "variation"):
        return measure
    return "total" if is_total(label) else measure


def unit_of(entries: Sequence[Entry], heads: str) -> Unit:
    """Return the unit of a line: that of most of its figures, else the one its heading names."""
    units = Counter(e.quantity.unit for e in entries if e.quantity is not None)
    if units:
        unit, _ = units.most_common(1)[0]
        if unit != "count":
            return unit
        if units["%"] or units["€"]:
            return "%" if units["%"] * 2 >= sum(units.values()) else unit
    return named_unit(heads)


def named_unit(heads: str) -> Unit:
    """Return the unit that the words of a heading name ("en %", "(€)", "montant en euros"), count if none."""
    if "%" in heads and not _STATED.search(heads):
        return "%"
    if _naming("%").search(heads.lower()):
        return "%"
    if "‰" in heads:
        return "‰"
    if "€" in heads or _naming("€").search(heads.lower()):
        return "€"
    return "count"


@cache
def _naming(unit: Unit) -> re.Pattern[str]:
    """Return the pattern of the words by which heads name a unit."""
    words = "|".join(map(re.escape, lexicon().units[unit].heads))
    return re.compile(rf"\b(?:{words})\b")


@lru_cache(4_096)
def magnitude_of(heads: str) -> int:
    """Return what a headnote multiplies its figures by: "en milliers" is 1000, none is 1."""
    return next((factor for factor, pattern in _headnotes() if pattern.search(heads.lower())), 1)


@cache
def _headnotes() -> tuple[tuple[int, re.Pattern[str]], ...]:
    found, notes = [], lexicon().headnotes
    for factor, names in ((10**9, notes.billions), (10**6, notes.millions), (10**3, notes.thousands)):
        words = "|".join(
            (r"(?<![0-9]\s)" if name[0].isalpha() else "") + re.escape(name) for name in names
        )  # no "budget de 1,5 M€"
        found.append((factor, re.compile(rf"(?<!\w)(?:{words})(?!\w)")))
    return tuple(found)


def year_of(label: str) -> int | None:
    """Return the one year that a label names, None where it names none or several."""
    years = set(_YEAR.findall(without_marks(label)))
    return int(years.pop()) if len(years) == 1 else None
