"""What is written as TOML is read back the same, whatever the report printed."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcheck.drafting import toml

TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = (
    st.booleans() | TEXTS | st.lists(TEXTS) | st.dictionaries(TEXTS, st.booleans() | TEXTS | st.lists(TEXTS))
)
HOSTILE = [
    'a "quoted" word',
    "back\\slash",
    "two\nlines",
    "\r\n",
    "\x00\x1b\x7f\x85\u2028",
    "# no comment",
    "'''",
    "= [x]",
]


@given(TEXTS, VALUES)
def test_a_key_and_its_value_are_read_back_the_same(name, value):
    assert tomllib.loads(toml.pair(name, value)) == {name: value}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_label_stays_on_one_line_as_key_as_value_and_as_name_of_a_table(text):
    line = toml.pair(text, text)
    assert "\n" not in line
    assert tomllib.loads(f"{toml.header('dimensions', text)}\n{line}") == {"dimensions": {text: {text: text}}}


@given(st.lists(TEXTS, min_size=1), st.text())
def test_a_path_of_names_opens_a_table(path, comment):
    read = tomllib.loads("\n".join([*toml.remark(comment), toml.header(*path), *toml.remark(comment, "  ")]))
    for name in path:
        read = read[name]
    assert read == {}


@given(st.text())
def test_a_comment_is_nothing_but_comment(text):
    lines = list(toml.remark(text))
    assert all(line.startswith("#") and len(line.splitlines()) == 1 for line in lines)
    assert tomllib.loads("\n".join(lines)) == {}


def test_half_a_character_which_no_file_can_hold_is_replaced():
    assert tomllib.loads(toml.pair("label", "caf\ud800é")) == {"label": "caf�é"}


def test_a_long_list_stands_one_text_a_line():
    rows = [f"ligne {number}" for number in range(40)]
    assert toml.pair("rows", rows).count("\n") == 41
    assert tomllib.loads(toml.pair("rows", rows)) == {"rows": rows}
