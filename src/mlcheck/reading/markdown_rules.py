"""The Markdown that is read: CommonMark, with the tables and struck text of GitHub, and footnotes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import reference

from mlcheck.model.errors import MlcheckError
from mlcheck.reading.markdown_tokens import NOTE

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

DEEPEST = 100  # lists and quotations one in another: two levels each list
INLINE_DEEPEST = 20  # links in links, as in CommonMark's own parsers
MOST_BRACKETS = 1000  # of one paragraph; past it they are printed as they stand
INDENT = 4  # characters before which a line still starts
_CALL = re.compile(r"\[\^([^\]\s\[]{1,40})\](:?)[ \t]*")


def parser_of(path: Path) -> MarkdownIt:
    """Return a parser for one file, which raises MlcheckError where lists or quotations nest too deep."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 1}).enable(["table", "strikethrough"])
    parser.block = _Blocks(path, parser.block)
    parser.block.ruler.at("reference", _reference)
    parser.core.ruler.before("inline", "bounded", _bounded)
    parser.inline.ruler.before("link", NOTE, _note)
    return parser


class _Blocks(ParserBlock):
    """The parser of blocks, which says so where it would leave out what nests too deep."""

    def __init__(self, path: Path, parser: ParserBlock) -> None:
        self.path, self.ruler = path, parser.ruler

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:
        if state.level > DEEPEST:
            raise MlcheckError(
                "{file}, line {line}: lists or quotations stand more than {limit} deep in one another; "
                "take some of their marks out.",
                file=self.path.as_posix(),
                line=startLine + 1,
                limit=DEEPEST // 2,
            )
        super().tokenize(state, startLine, endLine)


def _bounded(state: StateCore) -> None:
    """Bound what brackets without an end can cost: each is looked at once for each it may stand in."""
    state.md.options["maxNesting"] = INLINE_DEEPEST
    for token in state.tokens:
        if token.type == "inline" and token.content.count("[") > MOST_BRACKETS:
            token.content = token.content.replace("[", "\\[")


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take the definition of a link, but not that of a footnote, which is published."""
    begin = state.bMarks[start] + state.tShift[start]
    return not state.src.startswith("[^", begin) and reference(state, start, end, silent)


def _note(state: StateInline, silent: bool) -> bool:
    """Take a footnote call such as [^1]; with a colon, at the start of a line, it opens the note."""
    found = _CALL.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    opens = bool(found[2]) and _starts_line(state)
    if not silent:
        numbers = state.env.setdefault(NOTE, {})  # notes are numbered as they are met, whatever their names
        token = state.push(NOTE, "", 0)
        token.content = str(numbers.setdefault(found[1], len(numbers) + 1))
        token.markup = ":" if opens else ""
    state.pos = found.end() if opens else found.end(1) + 1
    return True


def _starts_line(state: StateInline) -> bool:
    before = state.src[max(0, state.pos - INDENT) : state.pos]
    return not before.rpartition("\n")[2].strip() and ("\n" in before or state.pos < INDENT)
