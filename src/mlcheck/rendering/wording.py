"""Messages filled with their values and written in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct

from mlcheck.model.amount import Amount, Formula
from mlcheck.rendering.numbers import formula, number, written
from mlcheck.rendering.unseen import named
from mlcheck.translation import N_, translator

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
DAY = N_("{day} {month} {year}")
FIRST_DAY = N_("1 {month} {year}")
DATED = "day"  # name of values that are days, written as data in a finding
UNGROUPED = ("year", "line", "page", "slide")  # names of values that are written without separators: 2023


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Wording(Struct, frozen=True):
    """How one language says things.

    `printed` is the language that the report writes its figures in, which amounts are written in too; empty
    where it is the same.
    """

    language: str
    printed: str = ""

    def say(self, template: str, values: Mapping[str, object] | None = None) -> str:
        """Return the message of an English `template`, translated, its named places filled from `values`.

        Characters of the values that nobody sees are named.
        """
        return named(_fill(translator(self.language).gettext(template), template, self._written(values)))

    def plural(self, one: str, many: str, n: int) -> str:
        """Return the message for `n` things, such as "1 error" or "3 errors"; {n} is the number."""
        return translator(self.language).ngettext(one, many, n).format(n=number(n, self.language))

    def day(self, day: date) -> str:
        """Return a day in words: "1 January 2020"."""
        values = {"day": str(day.day), "month": self.say(MONTHS[day.month - 1]), "year": str(day.year)}
        return self.say(FIRST_DAY if day.day == 1 else DAY, values)

    def _written(self, values: Mapping[str, object] | None) -> dict[str, str]:
        return {
            name: str(value) if name.endswith(UNGROUPED) else self.value(_of_day(name, value))
            for name, value in (values or {}).items()
        }

    def value(self, value: object) -> str:
        """Return a value as written: exact numbers with grouped thousands, lists with commas, None as nothing."""
        if value is None:
            return ""
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Amount):
            return written(value, self.printed or self.language)
        if isinstance(value, Formula):
            return formula(value, self.printed or self.language)
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return number(value, self.language)
        if isinstance(value, tuple | list):
            return ", ".join(self.value(item) for item in value)
        return str(value)


def _of_day(name: str, value: object) -> object:
    """Return the day that a value of the name "day" writes as 2026-12-31; any other value as it is."""
    if name == DATED and isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    return value


def _fill(translated: str, template: str, values: dict[str, str]) -> str:
    """Fill the translation; one that names a place the values lack must not hide the message."""
    for text in (translated, template):
        try:
            return text.format_map(values)
        except (KeyError, IndexError, ValueError):
            continue
    return template
