"""What the copy of a document is made of: its package, the report, and where its figures stand in the parts."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.model.document import Origin
from mlcheck.model.finding import Report
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.wording import Wording


class Marking(Struct, frozen=True):
    """A package to be marked with what a report tells, in the words of a language.

    `origins` are the elements that print its figures, `lost` what the copy does not keep; `tint` colours the verified
    figures too.
    """

    package: Package
    report: Report
    origins: tuple[Origin, ...]
    lost: Sequence[str]
    tint: bool
    wording: Wording
