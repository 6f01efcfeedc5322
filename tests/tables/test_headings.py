"""How deep a heading stands: by its number, in the order in which numberings are met, or by its style."""

from __future__ import annotations

import pytest

from mlcheck.layout.headings import levels_of, numbering_of, without_number
from mlcheck.model.document import Locator, Paragraph


def paragraphs(*texts: str | tuple[str, int]) -> list[Paragraph]:
    return [
        Paragraph(t, Locator("r")) if isinstance(t, str) else Paragraph(t[0], Locator("r"), t[1])
        for t in texts
    ]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("4) L'emploi", "L'emploi"),
        ("I. Les situations emploi", "Les situations emploi"),
        (" I.   Les nouveaux accueils", "Les nouveaux accueils"),
        ("a.  Les contrats signés", "Les contrats signés"),
        ("2.3 L'alternance", "L'alternance"),
        ("IV - Les aides", "Les aides"),
        ("B. Les métiers", "Les métiers"),
        ("Les aides", "Les aides"),
    ],
)
def test_a_heading_loses_its_number(text: str, plain: str) -> None:
    assert without_number(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "16 - 17 ans",
        "25 jeunes",
        "12 %",
        "1. Les 49 % de femmes",
        "2.3 millions d'euros.",
        "15 - 20 contrats de 2023",
        "a été signé",
        "I" * 200,
    ],
)
def test_what_opens_like_a_number_is_no_heading(text: str) -> None:
    assert numbering_of(text) is None


def test_numberings_nest_in_the_order_in_which_they_are_met() -> None:
    one = paragraphs("1) Le public", "I. Les accueils", "a. Par commune", "b. Par sexe", "2) L'emploi")
    other = paragraphs("I. Le public", "1) Les accueils", "a) Par commune", "II. L'emploi")
    assert levels_of(one) == [1, 2, 3, 3, 1]
    assert levels_of(other) == [1, 2, 3, 1]


def test_points_in_a_number_are_depths() -> None:
    found = levels_of(paragraphs("1. Le public", "1.1 Les accueils", "1.1.1 Par commune", "1.2 Les contacts"))
    assert found == [1, 2, 3, 2]


def test_running_text_has_no_depth() -> None:
    assert levels_of(paragraphs("49 % des nouveaux inscrits sont des femmes.", "Les aides")) == [None, None]


def test_several_styles_decide_over_numbers() -> None:
    found = levels_of(
        paragraphs(("I. Le public", 1), ("1) Les accueils", 2), "a. Par commune", ("Annexe", 1))
    )
    assert found == [1, 2, 4, 1]


def test_with_one_style_the_numbers_decide_and_a_title_without_one_is_innermost() -> None:
    """Slides: every title has the same style."""
    found = levels_of(paragraphs(("1) Le public", 1), ("I. Les accueils", 1), ("Zoom sur les femmes", 1)))
    assert found == [1, 2, 3]


def test_styles_alone_are_first_headings() -> None:
    assert levels_of(paragraphs(("Le public", 1), "679 inscriptions en 2023.", ("L'emploi", 1))) == [
        1,
        None,
        1,
    ]


def test_the_title_of_a_document_is_no_heading() -> None:
    found = levels_of(
        paragraphs(("Rapport d'activité", 1), ("Le public", 2), ("L'emploi", 2), ("Par sexe", 3))
    )
    assert found == [None, 1, 1, 2]
