"""What texts and spreadsheets of OpenDocument share: comments, and styles derived from those of a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mlcheck.rendering.annotation.listing import Look, Row
from mlcheck.rendering.annotation.marks import STRONG, VERIFIED, Mark, hexadecimal
from mlcheck.rendering.annotation.markup import (
    Element,
    UneditableError,
    changed,
    escaped,
    escaped_attribute,
    tag,
)
from mlcheck.rendering.annotation.notes import AUTHOR, MOST
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.spots import Spot
from mlcheck.rendering.annotation.xml_part import XmlPart
from mlcheck.rendering.wording import Wording

CONTENT, STYLES = "content.xml", "styles.xml"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    "office": f"{_OASIS}office:1.0",
    "table": f"{_OASIS}table:1.0",
    "text": f"{_OASIS}text:1.0",
    "style": f"{_OASIS}style:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "presentation": f"{_OASIS}presentation:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
LOOKS: dict[Look, str] = {"head": "Bold", "place": "Plain", "about": "Small", "text": "Plain"}
LINK = "Link"
BACKGROUND = "fo:background-color"
_PREFIX = re.compile(r"[<\s](\w+):\w")
_BORDERS = ("fo:border-left", "fo:border-right", "fo:border-top", "fo:border-bottom")
_SIGNS = {"⚠": "!"}


def declared(root: Mapping[str, str], xml: str) -> str:
    """Return an element of ours with the prefixes that the root does not declare.

    Raises UneditableError where the root gives a prefix that they use another meaning.
    """
    used = sorted(set(_PREFIX.findall(xml)) & NAMESPACES.keys())
    for prefix in used:
        if root.get(f"xmlns:{prefix}", NAMESPACES[prefix]) != NAMESPACES[prefix]:
            raise UneditableError(f"xmlns:{prefix}")
    missing = [prefix for prefix in used if f"xmlns:{prefix}" not in root]
    said = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in missing)
    return re.sub(r"^<[\w:-]+", rf"\g<0>{said}", xml) if said else xml


def paragraphs(mark: Mark, wording: Wording) -> str:
    """Return the paragraphs of a comment."""
    texts = [text for note in mark.notes[:MOST] for text in (note.head, *note.lines)]
    if len(mark.notes) > MOST:
        texts.append(wording.plural("… and {n} other", "… and {n} others", len(mark.notes) - MOST))
    return "".join(f"<text:p>{escaped(line)}</text:p>" for text in texts for line in text.split("\n"))


def annotation(mark: Mark, wording: Wording, name: str = "") -> str:
    """Return a comment; one with a name reaches to an end of that name."""
    named = f' office:name="{escaped_attribute(name)}"' if name else ""
    return f"<office:annotation{named}><dc:creator>{AUTHOR}</dc:creator>{paragraphs(mark, wording)}</office:annotation>"


class CellStyles:
    """The styles of a document's cells, and those derived from them for marks."""

    def __init__(self, package: Package, block: bytes) -> None:
        """Take the automatic styles of content.xml, as the bytes of their element, and the styles of styles.xml."""
        self._own = XmlPart(block)
        self._automatic = _named(self._own)
        data = package.read(STYLES)
        self._common_part = XmlPart(data) if data is not None else None
        self._common = _named(self._common_part) if self._common_part is not None else {}
        self._made: dict[tuple[str, str, str], str] = {}
        self.new: list[bytes] = []

    def marked(self, base: str, kind: str, family: str = "table-cell") -> str:
        """Return the name of a style like `base` with the colour of a kind of mark.

        Where it has a background of its own it gets a border instead, and a text keeps its style.
        """
        key = (base, kind, family)
        if key not in self._made:
            self._made[key] = self._derived(base, kind, family)
        return self._made[key]

    def has_background(self, name: str, family: str = "table-cell") -> bool:
        """Tell whether a style, or one that it inherits from, has a background."""
        for _ in range(20):
            part, style = self.found(name, family)
            if part is None or style is None:
                return False
            for one in part.children(style):
                color = one.attributes.get(BACKGROUND, "")
                if one.local in ("table-cell-properties", "text-properties") and color:
                    return color not in ("transparent", "#ffffff")
            name = style.attributes.get("style:parent-style-name", "")
        return False

    def is_automatic(self, name: str, family: str) -> bool:
        """Tell whether a style is one of content.xml."""
        return (name, family) in self._automatic

    def found(self, name: str, family: str) -> tuple[XmlPart | None, Element | None]:
        """Return a style with the part that it stands in, None where there is none of that name."""
        own = self._automatic.get((name, family))
        return (self._own, own) if own is not None else (self._common_part, self._common.get((name, family)))

    def _derived(self, base: str, kind: str, family: str) -> str:
        filled = self.has_background(base, family)
        if filled and (kind in VERIFIED or family == "text"):
            return base
        name = f"mlcheck{len(self.new) + 1}"
        while (name, family) in self._automatic:
            name += "_"
        look = (
            {"fo:border": f"2.25pt solid #{STRONG[kind]}", **dict.fromkeys(_BORDERS)}
            if filled
            else {BACKGROUND: f"#{hexadecimal(kind)}"}
        )
        self.new.append(self._written(base, name, family, look))
        return name

    def _written(self, base: str, name: str, family: str, look: Mapping[str, str | None]) -> bytes:
        """Return a style: a twin of an automatic one, or a child of a common one."""
        kind = f"style:{family}-properties"
        properties = tag(kind, changed({}, look), True)
        known = self._automatic.get((base, family))
        if known is None:
            parent = {"style:parent-style-name": base} if base else {}
            head = tag("style:style", {"style:name": name, "style:family": family, **parent})
            return head + properties + b"</style:style>"
        head = tag(known.name, {**known.attributes, "style:name": name})
        own = self._own.child(known, f"{family}-properties")
        if own is None:
            inside = properties + self._own.data[known.opened : known.closed]
        else:
            new = tag(own.name, changed(own.attributes, look), own.empty)
            inside = (
                self._own.data[known.opened : own.start] + new + self._own.data[own.opened : known.closed]
            )
        return head + inside + f"</{known.name}>".encode()


def _named(part: XmlPart) -> dict[tuple[str, str], Element]:
    return {
        (one.attributes.get("style:name", ""), one.attributes.get("style:family", "")): one
        for one in part.elements
        if one.local == "style"
    }


# The styles of the list, and the texts of its cells.


def list_styles(colors: Sequence[str]) -> list[str]:
    """Return the automatic styles of the list: texts, cells of each kind of mark, columns."""
    head = "1F3A4D"
    texts = {
        "mlcheckTitle": f'fo:font-size="15pt" fo:font-weight="bold" fo:color="#{head}"',
        "mlcheckHead": 'fo:font-size="9pt" fo:font-weight="bold" fo:color="#ffffff"',
        "mlcheckBold": 'fo:font-size="9pt" fo:font-weight="bold" fo:color="#000000"',
        "mlcheckPlain": 'fo:font-size="9pt" fo:color="#000000"',
        "mlcheckLink": 'fo:font-size="9pt" fo:color="#0563c1" style:text-underline-style="solid"',
        "mlcheckSmall": 'fo:font-size="8pt" fo:color="#44546a"',
    }
    spaced = (
        '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.05cm" fo:text-align="start"/>'
    )
    styles = [
        f'<style:style style:name="{name}" style:family="paragraph">{spaced}'
        f'<style:text-properties {look} fo:font-family="Calibri"/></style:style>'
        for name, look in texts.items()
    ]
    cells = {f"mlcheckCell_{kind}": f'fo:background-color="#{hexadecimal(kind)}"' for kind in colors}
    cells |= {"mlcheckCell": "", "mlcheckCellTop": "", "mlcheckCellHead": f'fo:background-color="#{head}"'}
    styles += [
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties {fill} fo:padding="0.08cm"'
        ' fo:wrap-option="wrap" style:vertical-align="top" fo:border-bottom="0.5pt solid #d0d7dc"/></style:style>'
        for name, fill in cells.items()
    ]
    return styles


def shown(text: str) -> str:
    """Return a text of the list in which every font has the signs."""
    return escaped("".join(_SIGNS.get(one, one) for one in text))


def list_paragraph(text: str, look: str, link: str = "") -> str:
    """Return a paragraph of the list, one that leads to a place of the document where it has a link."""
    written = shown(text)
    if link:
        look = LINK
        written = f'<text:a xlink:type="simple" xlink:href="{escaped_attribute(link)}">{written}</text:a>'
    return f'<text:p text:style-name="mlcheck{look}">{written}</text:p>'


def list_cell(content: str, style: str) -> str:
    """Return a cell of the list."""
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{content}</table:table-cell>'


def list_row(row: Row[Spot], link: str) -> str:
    """Return the cells of a finding; `link` leads to its figure, empty where nothing does."""
    links = {"place": link}
    cells = (
        "".join(list_paragraph(text, LOOKS[look], links.get(look, "")) for look, text in cell)
        for cell in row.cells
    )
    return "".join(map(list_cell, cells, (f"mlcheckCell_{row.kind}", *["mlcheckCell"] * 3)))
