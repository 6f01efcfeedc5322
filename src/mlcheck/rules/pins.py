"""Pins of the profile that this report has no use for."""

from __future__ import annotations

from collections.abc import Iterator

from mlcheck.model.constraints import Remark
from mlcheck.model.facts import Facts


def pin_has_no_sentence(facts: Facts) -> Iterator[Remark]:
    """A claim that the profile binds by hand is in no sentence of the report.

    The sentence was reworded, or left out: mend the words of the pin, or take it out.
    """
    used = {binding.pin for binding in facts.bindings.values()}
    for pin in facts.profile.pins if facts.profile else ():
        place = f"{pin.file}:{pin.line}"
        if place not in used:
            yield Remark(
                "RUL102", "info", "No sentence of the report answers to the pin “{sentence}” ({place}).",
                {"sentence": pin.sentence, "place": place},
            )  # fmt: skip
