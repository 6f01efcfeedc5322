"""The styles of a marked presentation of OpenDocument: cells of its tables, notes, lines and the list.

The tables of slides are drawn: a cell is filled as a shape is, and its border is that of its paragraphs, as LibreOffice
writes them; what only other programs read stands beside.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mlcheck.rendering.annotation.marks import HEADER, RULE_LINE, STRONG, VERIFIED, hexadecimal
from mlcheck.rendering.annotation.markup import Element, changed, tag
from mlcheck.rendering.annotation.opendocument.styles import BACKGROUND, CellStyles, list_styles
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.xml_part import XmlPart

FAMILY = "table-cell"
NO_FILL = ("", "none")
WHITE = "#ffffff"
_BORDERS = ("fo:border-left", "fo:border-right", "fo:border-top", "fo:border-bottom")


class SlideCells:
    """The styles of the cells of slides, and those derived from them for marks; `texts` are those of their characters."""

    def __init__(self, package: Package, block: bytes) -> None:
        """Take the automatic styles of content.xml, as the bytes of their element, and the styles of styles.xml."""
        self.texts = CellStyles(package, block)
        self._made: dict[tuple[str, str], str] = {}
        self.written: list[str] = []

    def marked(self, base: str, kind: str) -> str:
        """Return the name of a style like `base` with the fill of a kind of mark; one with a fill of its own gets a border."""
        key = (base, kind)
        if key not in self._made:
            filled = self._is_filled(base)
            self._made[key] = base if filled and kind in VERIFIED else self._derived(base, kind, filled)
        return self._made[key]

    def _is_filled(self, name: str) -> bool:
        """Tell whether a style, or one that it inherits from, has a fill that is not white."""
        for _ in range(20):
            part, style = self.texts.found(name, FAMILY)
            if part is None or style is None:
                return False
            own = part.child(style, "graphic-properties")
            if own is not None and "draw:fill" in own.attributes:
                color = own.attributes.get("draw:fill-color", "").lower()
                return own.attributes["draw:fill"] not in NO_FILL and color != WHITE
            if self.texts.has_background(name, FAMILY):
                return True
            name = style.attributes.get("style:parent-style-name", "")
        return False

    def _derived(self, base: str, kind: str, filled: bool) -> str:
        name = f"mlcheckMark{len(self.written) + 1}"
        if filled:
            border = {"fo:border": f"2.25pt solid #{STRONG[kind]}", **dict.fromkeys(_BORDERS)}
            wanted: dict[str, Mapping[str, str | None]] = {"paragraph-properties": border}
        else:
            color = f"#{hexadecimal(kind)}"
            wanted = {
                "graphic-properties": {"draw:fill": "solid", "draw:fill-color": color},
                "table-cell-properties": {BACKGROUND: color},
            }
        self.written.append(self._twin(base, name, wanted))
        return name

    def _twin(self, base: str, name: str, wanted: Mapping[str, Mapping[str, str | None]]) -> str:
        """Return a style like an automatic one, or a child of a common one, with other properties."""
        part, style = self.texts.found(base, FAMILY)
        if part is None or style is None or not self.texts.is_automatic(base, FAMILY):
            parent = {"style:parent-style-name": base} if base else {}
            head = tag("style:style", {"style:name": name, "style:family": FAMILY, **parent})
            inside = b"".join(tag(_named(local), changed({}, new), True) for local, new in wanted.items())
            return (head + inside + b"</style:style>").decode()
        return _changed(part, style, name, wanted).decode()


def _named(local: str) -> str:
    """Return the name of properties: a fill of cells is an extension of LibreOffice."""
    return f"loext:{local}" if local == "graphic-properties" else f"style:{local}"


def _changed(
    part: XmlPart, style: Element, name: str, wanted: Mapping[str, Mapping[str, str | None]]
) -> bytes:
    missing = dict(wanted)
    pieces = []
    for child in part.children(style):
        new = missing.pop(child.local, None)
        if new is None:
            pieces.append(part.raw(child))
            continue
        opening = tag(child.name, changed(child.attributes, new), child.empty)
        pieces.append(opening if child.empty else opening + part.data[child.opened : child.end])
    added = [tag(_named(local), changed({}, new), True) for local, new in missing.items()]
    head = tag(style.name, {**style.attributes, "style:name": name})
    return head + b"".join((*added, *pieces)) + f"</{style.name}>".encode()


def drawn_styles(kinds: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """Yield the styles of notes, lines and the list; `widths` are those of its columns, in EMU."""
    yield from (style for style in list_styles(()) if 'style:family="paragraph"' in style)
    for kind in kinds:
        stroke = f'draw:stroke="solid" svg:stroke-width="0.044cm" svg:stroke-color="#{STRONG[kind]}"'
        yield _graphic(
            f"mlcheckNote_{kind}", f'{stroke} draw:fill="solid" draw:fill-color="#fffff0" {_PADDED}'
        )
        yield _graphic(f"mlcheckLine_{kind}", f'{stroke} draw:fill="solid" draw:fill-color="#{STRONG[kind]}"')
        yield _cell(f"mlcheckCell_{kind}", hexadecimal(kind))
        yield (
            f'<style:style style:name="mlcheckText_{kind}" style:family="text"><style:text-properties fo:color="#000000"'
            f' {BACKGROUND}="#{hexadecimal(kind)}"/></style:style>'
        )
    yield _graphic("mlcheckHeading", f'draw:stroke="none" draw:fill="none" {_PADDED}')
    yield _cell("mlcheckCell", "FFFFFF")
    yield _cell("mlcheckCellHead", HEADER)
    for number, width in enumerate(widths):
        yield (
            f'<style:style style:name="mlcheckColumn{number}" style:family="table-column"><style:table-column-properties'
            f' style:column-width="{width / 360_000:.3f}cm"/></style:style>'
        )
    yield (
        '<style:style style:name="mlcheckPage" style:family="drawing-page"><style:drawing-page-properties draw:fill="solid"'
        ' draw:fill-color="#ffffff" presentation:background-visible="true" presentation:background-objects-visible="false"'
        ' presentation:display-header="false" presentation:display-footer="false" presentation:display-page-number="false"'
        ' presentation:display-date-time="false"/></style:style>'
    )


_PADDED = (
    'fo:padding="0.1cm" draw:auto-grow-height="false" draw:auto-grow-width="false" fo:wrap-option="wrap"'
    ' draw:textarea-vertical-align="top" draw:textarea-horizontal-align="justify"'
)


def _graphic(name: str, look: str) -> str:
    return f'<style:style style:name="{name}" style:family="graphic"><style:graphic-properties {look}/></style:style>'


def _cell(name: str, fill: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><loext:graphic-properties draw:fill="solid"'
        f' draw:fill-color="#{fill}" draw:textarea-vertical-align="top" fo:padding="0.08cm"/>'
        f'<style:table-cell-properties {BACKGROUND}="#{fill}"/>'
        f'<style:paragraph-properties fo:border="none" fo:border-bottom="0.5pt solid #{RULE_LINE}"/></style:style>'
    )
