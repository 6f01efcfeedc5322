"""Markdown (md): read as the page it makes, since that is what is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import reference
from msgspec.structs import replace

from mlcheck.language.characters import is_digits
from mlcheck.model.document import Document, Locator, NotUnderstood
from mlcheck.model.errors import MlcheckError
from mlcheck.reading.container.encoding import read_lines
from mlcheck.reading.web import tokens as html_tokens
from mlcheck.reading.web.html import document_of
from mlcheck.reading.web.tables import is_even
from mlcheck.reading.web.tokens import Tag, Text
from mlcheck.translation import N_

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

BROKEN = N_(
    "lines cut by bars have different numbers of cells, so that they make no table; they are not read"
)
_FENCE = "---"
_ENDS = (_FENCE, "...")
_KEY = re.compile(r"\s|#|- |[\w\"'.-]+:(?:\s|$)|[\]}]|$")  # French prose has a space before its colons
_ROW_START = re.compile(r"[\s>]*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_DRAWN = re.compile(r":?-{2,}:?")
_MOST_MATTER = 1000  # lines
DEEPEST = 100  # lists and quotations one in another: two levels each list
INLINE_DEEPEST = 20  # links in links, as in CommonMark's own parsers
MOST_BRACKETS = 1000  # of one paragraph; past it they are printed as they stand
INDENT = 4  # characters before which a line still starts
_CALL = re.compile(r"\[\^([^\]\s\[]{1,40})\](:?)[ \t]*")


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


CODE = ("code_block", "fence")
BREAKS = ("hardbreak", "softbreak")
NOTE = "footnote"  # the type of the tokens that markdown_rules makes of [^1]


def read_markdown(path: Path) -> Document:
    """Return the paragraphs and tables of a text, each with its line; flattened rows of figures stay lines.

    Raises MlcheckError where the file is no text, or nests absurdly.
    """
    lines = [line.replace("\x00", "\ufffd") for line in read_lines(path)]
    lines[0] = lines[0].removeprefix("\ufeff")
    matter = front_matter(lines)
    lines[:matter] = [""] * matter
    blocks = _without_rules(_parser_of(path).parse("\n".join(_opened(lines))))
    document = document_of(_page_tokens(blocks), path)
    return replace(document, not_understood=document.not_understood + tuple(_left_out(blocks, lines, path)))


def _left_out(blocks: Sequence[Token], lines: list[str], path: Path) -> Iterator[NotUnderstood]:
    """Yield what no page shows as it was meant: rows longer than the first of their table, rows of no table's form."""
    columns = 0
    for token in blocks:
        if token.type == "inline" and token.map and _is_broken(token.content.splitlines()):
            yield NotUnderstood(Locator(path.as_posix(), line=token.map[0] + 1), BROKEN)
        if token.type == "table_open":
            columns = 0
        if token.type == "tr_open" and token.map:
            row = _ROW_START.sub("", lines[token.map[0]], count=1).rstrip()
            count = len(_PIPE.findall(row.removesuffix("|"))) + 1
            columns = columns or count
            if count > columns:
                place = Locator(path.as_posix(), line=token.map[0] + 1)
                yield NotUnderstood(
                    place, "a row has more cells than its table has columns; the last are not read"
                )


# Rules drawn between the rows of a table, as programs print them for a terminal.


def _is_broken(lines: Sequence[str]) -> bool:
    """Tell whether some lines cut by bars are no table, since they have this or that number of cells."""
    figured = [line for line in lines if "|" in line and any(map(is_digits, line))]
    return len(figured) > 1 and not is_even(lines)


def _opened(lines: Sequence[str]) -> list[str]:
    """Return the lines without a rule drawn over the first row of a table, whose second rule makes it one."""
    kept = list(lines)
    for at, line in enumerate(lines[:-2]):
        over = _RULE.fullmatch(line) and not (at and _PIPE.search(lines[at - 1]))
        if over and _PIPE.search(lines[at + 1]) and _RULE.fullmatch(lines[at + 2]):
            kept[at] = ""
    return kept


def _without_rules(blocks: Sequence[Token]) -> list[Token]:
    """Return the blocks without the rows of tables that draw nothing but rules."""
    kept: list[Token] = []
    start = 0
    for token in blocks:
        if token.type == "tr_open":
            start = len(kept)
        kept.append(token)
        if token.type == "tr_close":
            texts = [one.content for one in kept[start:] if one.type == "inline"]
            if texts and all(map(_DRAWN.fullmatch, texts)):
                del kept[start:]
    return kept


def front_matter(lines: list[str]) -> int:
    """Return how many lines the settings at the top take, between two "---"; 0 where they are no settings."""
    if lines[0].rstrip() != _FENCE or not "".join(lines[1:2]).strip():
        return 0
    for number, line in enumerate(lines[1:_MOST_MATTER], start=1):
        if line.rstrip() in _ENDS:
            return number + 1
        if not _KEY.match(line):
            return 0
    return 0


# The Markdown that is read: CommonMark, with the tables and struck text of GitHub, and footnotes.


def _parser_of(path: Path) -> MarkdownIt:
    """Return a parser for one file, which raises MlcheckError where lists or quotations nest too deep."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 1}).enable(["table", "strikethrough"])
    parser.block = _Blocks(path, parser.block)
    parser.block.ruler.at("reference", _reference)
    parser.core.ruler.before("inline", "bounded", _bounded)
    parser.inline.ruler.before("link", NOTE, _note)
    return parser


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


# Markdown as the tags and texts of the page it would make, each with its line of the source.


def _page_tokens(blocks: Iterable[Token]) -> Iterator[Tag | Text]:
    """Yield what the blocks of a text become: a paragraph <p>, a code block <pre>, HTML what it says."""
    line = 1
    for token in blocks:
        line = token.map[0] + 1 if token.map else line
        if token.type in CODE:
            yield Tag("pre", line)
            yield Text(token.content.removesuffix("\n"), line + (token.type == "fence"))
            yield Tag("pre", line, closes=True)
        elif token.type == "html_block":
            yield from html_tokens.tokens(token.content, line)
        elif token.type == "inline":
            yield from _inline(token.children or [], line)
        elif token.tag and not token.hidden:
            yield _tag(token, line)


def _tag(token: Token, line: int) -> Tag:
    """Return the tag of a block; an item keeps the sign after its number, since "1)" opens headings too."""
    attributes = {"start": str(token.attrs["start"])} if "start" in token.attrs else {}
    mark = token.markup if token.type == "list_item_open" and token.info else ""
    return Tag(token.tag, line, attributes, closes=token.nesting < 0, mark=mark)


def _inline(children: list[Token], line: int) -> Iterator[Tag | Text]:
    """Yield what stands in a paragraph: its words without their marks, its line breaks as printed lines."""
    for token in children:
        if token.type in BREAKS:
            line += 1
            yield Tag("br", line)
        elif token.type == "html_inline":
            yield from html_tokens.tokens(token.content, line)
            line += token.content.count("\n")
        elif token.type == "image":
            yield Tag("img", line, {"alt": token.content})
        elif token.type == NOTE:
            yield from _note_call(token, line)
        elif token.content:
            yield Text(token.content, line)
        elif token.tag:
            yield Tag(token.tag, line, closes=token.nesting < 0)


def _note_call(token: Token, line: int) -> Iterator[Tag | Text]:
    """Yield a footnote call, raised; where it opens the note itself, the note is a paragraph of its own."""
    if token.markup:
        yield Tag("p", line)
    yield Tag("sup", line)
    yield Text(token.content, line)
    yield Tag("sup", line, closes=True)
    if token.markup:
        yield Text(" ", line)
