"""What a paragraph points to: its notes, and why some of what is drawn beside it is not read."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.reading.docx_drawing import Drawn, is_large
from mlcheck.reading.docx_package import Package
from mlcheck.reading.docx_terms import NOTE_MARKS, Element, W
from mlcheck.translation import N_

EQUATION = N_("An equation was not read: its figures are not checked.")
PICTURE = N_("The picture {name} was not read: any figures in it are not checked.")
OBJECT = N_("The embedded object {name} was not read: put its table into the document itself.")
CHART = N_("The chart {name} was not read: any figures in it are not checked.")
DIAGRAM = N_("The diagram {name} was not read: any figures in it are not checked.")
IMPORTED = N_("A file inserted into the document was not read: put its text into the document itself.")
REASONS = {
    "picture": PICTURE,
    "object": OBJECT,
    "diagram": DIAGRAM,
    "chart": CHART,
    "new chart": CHART,  # a waterfall, a treemap…
}
NAMES = {"footnotes": "note", "endnotes": "endnote"}


class Notes(Struct):
    """The footnotes and endnotes of a document, each given out once, where it is first referred to."""

    package: Package
    parts: dict[str, dict[str, Element]] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, mark: Element) -> tuple[Element, str] | None:
        """Return the note that a mark refers to and its name, "note 3"; None if it is taken or missing.

        Notes count as they come, whatever the document restarts or marks with signs of its own.
        """
        kind = NOTE_MARKS[mark.tag]
        if kind not in self.parts:
            root = self.package.related(kind)
            notes = () if root is None else root.iterchildren(W + kind[:-1])
            self.parts[kind] = {note.get(W + "id", ""): note for note in notes}
        note = self.parts[kind].pop(mark.get(W + "id", ""), None)
        if note is None:
            return None
        self.taken[kind] = self.taken.get(kind, 0) + 1
        return note, f"{NAMES[kind]} {self.taken[kind]}"


def reason_of(thing: Drawn, page: int) -> str | None:
    """Return why something drawn is not read, None where nothing is lost: a logo, a rule."""
    if thing.kind == "picture" and not is_large(thing, page):
        return None
    return REASONS[thing.kind]
