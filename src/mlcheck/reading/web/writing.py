"""What the elements of a page do to the text written in them, from their start to their end."""

from __future__ import annotations

from msgspec import Struct, field

from mlcheck.reading.web.flow import Flow, enumeration
from mlcheck.reading.web.tables import PRESENTATION, Group, Node, Row, Table, cell_of
from mlcheck.reading.web.terms import BLOCKS, CELLS, HEADINGS, KEPT, LISTS, is_hidden, shifted
from mlcheck.reading.web.tokens import Tag, Text

SHIFTS = ("sub", "sup")


class Writing(Struct):
    """The text and the tables under way: the last of `flows` is where text goes now."""

    flows: list[Flow] = field(default_factory=lambda: [Flow([])])
    tables: list[Table] = field(default_factory=list)
    shifts: list[str] = field(default_factory=list)
    kept: int = 0

    def add(self, text: Text) -> None:
        """Write a text."""
        printed = shifted(text.text, self.shifts[-1]) if self.shifts else text.text
        run = self.flows[-1].run
        if self.kept:
            run.keep(printed, text.line)
        else:
            run.add(printed, text.line)

    def separate(self, tag: Tag) -> None:
        """Keep apart the texts on both sides of something else that is shown."""
        self.add(Text(" ", tag.line))

    def break_line(self) -> None:
        """End the printed line."""
        self.flows[-1].run.end_line()

    def flush(self) -> None:
        """End the paragraph under way."""
        self.flows[-1].flush()

    def begin(self, tag: Tag) -> None:
        """Do what a start tag asks for."""
        name, flow = tag.name, self.flows[-1]
        if name in SHIFTS:
            self.shifts.append(name)
        elif name in KEPT:
            self.kept += 1
        elif name in HEADINGS:
            flow.level = HEADINGS[name]
        elif name in LISTS:
            flow.lists.append(enumeration(tag))
        elif name == "li":
            flow.mark = flow.lists[-1].mark(tag) if flow.lists else enumeration(tag).mark(tag)
        else:
            self._begin_table(tag)

    def _begin_table(self, tag: Tag) -> None:
        name, hidden = tag.name, is_hidden(tag.attributes)
        if name == "table":
            self.tables.append(Table(tag.line, tag.attributes.get("role") in PRESENTATION))
        elif name in ("tbody", "tfoot", "thead"):
            self.tables[-1].groups.append(Group(name, hidden))
        elif name == "tr":
            self.tables[-1].groups[-1].rows.append(Row(hidden))
        elif name == "caption":
            self.flows.append(Flow(self.tables[-1].caption))
        elif name in CELLS:
            cell = cell_of(tag)
            self.tables[-1].groups[-1].rows[-1].cells.append(cell)
            self.flows.append(Flow(cell.nodes))

    def cease(self, name: str) -> None:
        """Undo what the start of an element did, at its end."""
        flow = self.flows[-1]
        if name in BLOCKS:
            flow.flush()
        if name in SHIFTS:
            self.shifts.pop()
        elif name in KEPT:
            self.kept -= 1
        elif name in HEADINGS:
            flow.level = None
        elif name in LISTS:
            flow.lists.pop()
        elif name == "li":
            flow.mark = ""
        elif name in CELLS:
            self.flows.pop()
        elif name == "table":
            table = self.tables.pop()
            table.close()
            flow.nodes.append(table)

    def finish(self) -> list[Node]:
        """Return all that was written, once everything is closed."""
        self.flush()
        return self.flows[0].nodes
