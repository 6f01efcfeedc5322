"""Waivers that time or a mended figure has overtaken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mlcheck.model.constraints import Remark
from mlcheck.model.document import Locator
from mlcheck.model.finding import Value, Waiver
from mlcheck.translation import N_

EXPIRED = N_(
    "The waiver of {rule} at {place} has expired on {day}: mend the figure, or renew it with a reason."
)
STALE = N_("The waiver of {rule} at {place} matches no finding any more: remove it.")


def waiver_has_expired(expired: Iterable[Waiver], _: Iterable[Waiver]) -> Iterator[Remark]:
    """A finding was accepted until a day that is past.

    It silences nothing any more: the finding is reported again, and so is the waiver until it is renewed or removed.
    """
    for waiver in expired:
        values: dict[str, Value] = {"rule": waiver.rule, "place": waiver.place, "day": str(waiver.expires)}
        yield Remark("WAI101", "warning", EXPIRED, values, location=Locator(waiver.source))


def waiver_matches_nothing(_: Iterable[Waiver], stale: Iterable[Waiver]) -> Iterator[Remark]:
    """A finding was accepted that the report does not have any more.

    The figure was mended, or its place has another name; left in the file, the waiver would silence the next
    error there. Where several reports are checked, only a waiver that names its report is looked at.
    """
    for waiver in stale:
        values: dict[str, Value] = {"rule": waiver.rule, "place": waiver.place}
        yield Remark("WAI102", "warning", STALE, values, location=Locator(waiver.source))
