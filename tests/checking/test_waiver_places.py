"""A waiver names a place in words; it is recognised by its parts, in whichever language they are written."""

from __future__ import annotations

from itertools import product

import pytest

from mlcheck.model.document import Locator
from mlcheck.model.place import is_place_of
from mlcheck.rendering.places import place
from mlcheck.rendering.wording import Wording
from mlcheck.translation import LANGUAGES

PLACES = {
    "cell": Locator("r.xlsx", sheet="10 Aides financières", cell="G84"),
    "cell without sheet": Locator("r.csv", cell="B3"),
    "sheet with a comma": Locator("r.xlsx", sheet="Aides, 2023", cell="G84"),
    "sheet called as a page is": Locator("r.xlsx", sheet="page 3", line=4),
    "page": Locator("r.pdf", page=3, box=(1.0, 2.0, 3.0, 4.0)),
    "cell of a page": Locator("r.pdf", page=3, shape="table 2", cell="C4"),
    "slide": Locator("r.pptx", slide=53),
    "shape with a name": Locator("r.pptx", slide=53, shape="Tableau 9", cell="C12"),
    "shape with a number": Locator("r.pptx", slide=53, shape="table 9", cell="C12"),
    "note": Locator("r.docx", shape="note 2", line=1),
    "endnote": Locator("r.docx", shape="endnote 2", line=1),
    "paragraph": Locator("r.docx", line=12),
    "cell of a document": Locator("r.docx", shape="table 3", cell="B2", line=40),
    "line": Locator("r.txt", line=12, column=7),
    "file": Locator("folder/r.txt"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_of_a_place_is_recognised_and_no_other_place_is(language: str) -> None:
    for (name, one), (other_name, other) in product(PLACES.items(), repeat=2):
        written = place(one, Wording(language))
        assert is_place_of(written, other) is (name == other_name), (written, other_name)


def test_the_words_may_be_of_either_language_and_names_are_taken_as_they_are() -> None:
    shape = PLACES["shape with a name"]
    assert is_place_of("slide 53, Tableau 9, C12", shape)
    assert is_place_of("diapositive 53, Tableau 9, C12", shape)
    assert not is_place_of("slide 53, tableau 9, C12", shape)
    assert not is_place_of("Slide 53, Tableau 9, C12", shape)
    assert not is_place_of("slide 53", shape)


@pytest.mark.parametrize("written", ["", ", ", "page", "page {n}", "page x", "G84", "10 Aides financières"])
def test_what_is_no_place_is_none(written: str) -> None:
    assert not any(is_place_of(written, locator) for locator in PLACES.values())
