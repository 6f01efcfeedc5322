"""The colours of marks and the looks of the cells that are written anew, as pieces of a style sheet."""

from __future__ import annotations

KINDS = ("error", "warning", "suspect", "info", "bounded", "proven")
"""What a cell can be marked as; where it is several, the first is shown."""

COLORS = {
    "error": "FFFF9C9C",
    "warning": "FFFFC78A",
    "suspect": "FFFFF3B0",
    "info": "FFCFE4F7",
    "proven": "FFD7EDCB",
    "bounded": "FFEAF5E4",
}

_HEADER, _RULE_LINE = "FF1F3A4D", "FFD0D7DC"
_TOP = '<alignment vertical="top" wrapText="1"/>'
_TEXT = '<alignment horizontal="left" vertical="top" wrapText="1" indent="1"/>'
_INDENTED = '<alignment horizontal="left" vertical="top" indent="1"/>'
_NUMBER = '<alignment horizontal="right" vertical="top" wrapText="1"/>'
_MIDDLE = '<alignment horizontal="left" vertical="center" wrapText="1" indent="1"/>'

FONTS = {
    "plain": "<font><sz val='11'/><name val='Calibri'/><family val='2'/></font>",
    "bold": "<font><b/><sz val='11'/><name val='Calibri'/><family val='2'/></font>",
    "title": "<font><b/><sz val='15'/><color rgb='FF1F3A4D'/><name val='Calibri'/><family val='2'/></font>",
    "part": "<font><b/><sz val='12'/><color rgb='FF1F3A4D'/><name val='Calibri'/><family val='2'/></font>",
    "header": "<font><b/><sz val='11'/><color rgb='FFFFFFFF'/><name val='Calibri'/><family val='2'/></font>",
    "link": "<font><u/><sz val='11'/><color rgb='FF0563C1'/><name val='Calibri'/><family val='2'/></font>",
    "small": "<font><sz val='10'/><color rgb='FF44546A'/><name val='Calibri'/><family val='2'/></font>",
}
LINE = f"<border><left/><right/><top/><bottom style='thin'><color rgb='{_RULE_LINE}'/></bottom><diagonal/></border>"

LOOKS: dict[str, tuple[str, str | None, bool, str]] = {
    "title": ("title", None, False, ""),
    "part": ("part", None, False, ""),
    "overview": ("bold", None, False, ""),
    "aside": ("small", None, False, ""),
    "header": ("header", _HEADER, False, _MIDDLE),
    "text": ("plain", None, True, _TEXT),
    "number": ("plain", None, True, _NUMBER),
    "link": ("link", None, True, _TEXT),
    "key": ("plain", None, False, _INDENTED),
    "grid": ("plain", None, False, _TOP),
    "grid number": ("plain", None, False, _NUMBER),
    **{kind: ("bold", color, True, _TEXT) for kind, color in COLORS.items()},
}
"""Each look with its font, fill, whether a thin line stands below, and alignment."""


def fill(color: str) -> str:
    """Return a solid fill."""
    return f"<fill><patternFill patternType='solid'><fgColor rgb='{color}'/><bgColor indexed='64'/></patternFill></fill>"
