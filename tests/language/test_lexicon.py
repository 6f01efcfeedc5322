"""The words of a language are one typed file: a key that is misspelt, missing or of another type stops the load and is named."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

import mlcheck
from mlcheck.language.lexicon import decode, lexicon
from mlcheck.language.numeral import parse
from mlcheck.model.quantity import Quantity
from mlcheck.prose.tokens import tokens
from mlcheck.rules.build import band

FILE = Path(mlcheck.__file__).parent / "data" / "lexicon" / "fr.toml"


def test_the_lexicon_is_one_file_decoded_once() -> None:
    assert [path.name for path in FILE.parent.iterdir()] == ["fr.toml"]
    assert lexicon() is lexicon()
    assert "personne" in lexicon().binding.people


@pytest.mark.parametrize(
    ("key", "instead", "place"),
    [
        ("\npeople = ", "\npeoples = ", "binding"),
        ("\nstop = ", "\nstops = ", ""),
        ("\nshare-verb = ", "\nshare-vreb = ", "sentences.cues"),
        ("\nbelow = ", "\nbelwo = ", "hedges"),
        ("\ngeographic = ", "\ngeographical = ", "drafting.dimensions"),
    ],
)
def test_a_misspelt_key_fails_at_load_and_is_named(key: str, instead: str, place: str) -> None:
    text = FILE.read_text("utf-8")
    assert key in text
    with pytest.raises(msgspec.ValidationError) as caught:
        decode(text.replace(key, instead, 1))
    assert key.strip(" =\n") in str(caught.value) or instead.strip(" =\n") in str(caught.value)
    assert place in str(caught.value)


def test_a_key_too_many_fails_at_load_and_is_named() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"unknown field `humans` - at `\$.binding`"):
        decode(FILE.read_text("utf-8").replace("[binding]\n", '[binding]\nhumans = ["jeune"]\n', 1))


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('\nof-euros = "', "\nof-euros = 1 #"),
        ('\nbelow = "0.1"', '\nbelow = "a tenth"'),
        ("\ngeographic = true", '\ngeographic = "yes"'),
        ("\n1000 = {", "\nthousand = {"),
    ],
)
def test_a_value_of_another_type_fails_at_load(right: str, wrong: str) -> None:
    text = FILE.read_text("utf-8")
    assert right in text
    with pytest.raises(msgspec.ValidationError):
        decode(text.replace(right, wrong, 1))


@pytest.mark.parametrize(
    ("printed", "spaced"), [("12 k€", "12 k €"), ("3 Md€", "3 Md €"), ("2 millions", "2 millions")]
)
def test_a_magnitude_stated_once_is_read_in_cells_and_in_sentences(printed: str, spaced: str) -> None:
    cell = parse(printed)
    assert cell is not None and cell.half
    read = [
        [(t.tags.get("magnitude"), t.tags.get("unit")) for t in tokens(text)] for text in (printed, spaced)
    ]
    assert read[0] == read[1] and read[0][-1][0]


def test_what_a_hedge_allows_is_exact() -> None:
    assert lexicon().hedges["environ"].below == Decimal("0.1")
    number = Quantity("1000", 1000, 0, 0)
    assert band(number, 1, "environ") == (Decimal(900), Decimal(1100))
    assert band(number, 1, "plus de") == (Decimal(1000), None)
    assert band(number, 1, "moins de") == (None, Decimal(1000))


def test_every_hedge_of_sentences_allows_something() -> None:
    for name, hedge in lexicon().hedges.items():
        assert hedge.words and (hedge.below or hedge.above), name


def test_help_does_not_load_the_lexicon() -> None:
    program = (
        "import sys; sys.argv = ['mlcheck', '--help']\n"
        "from mlcheck.cli.main import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "module = sys.modules.get('mlcheck.language.lexicon')\n"
        "print(module is None or module.lexicon.cache_info().currsize == 0, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "True"


_WORD = re.compile(r"(?<![\w-])[^\W\d_]{2,}(?![\w-])")
_ACCENTED = re.compile(r"[àâçéèêëîïôùû]")
_NOT_FRENCH = {"en"}  # the name of a language
_OPERATORS = {"ET"}  # ends a text in a PDF


def test_no_word_of_french_stands_in_the_code() -> None:
    known = lexicon()
    french = {word for word in (*known.stop, *known.lines.open, *known.parts) if len(word) > 1} - _NOT_FRENCH
    french -= {"of", "the", "by", "in", "and", "to", "for", "of which", "including"}
    found = [
        f"{path.name}:{line}: {word}"
        for path in sorted(Path(mlcheck.__file__).parent.rglob("*.py"))
        for line, text in _strings(path)
        for word in _WORD.findall(text)
        if word not in _OPERATORS and (word.lower() in french or _ACCENTED.search(word.lower()))
    ]
    assert found == []


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a file of code that are no docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value
