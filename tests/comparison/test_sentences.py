"""Sentences of two files: the same words with the same or with other numbers."""

from mlcheck.comparison import compare_facts
from tests.comparison.drawn import alone, facts, said, told

WOMEN = "49 % des nouveaux inscrits sont des femmes."
NEWCOMERS = "La mission locale a réalisé 679 nouvelles inscriptions en 2023."


def test_another_number_in_the_same_sentence():
    found = said([WOMEN, NEWCOMERS], [NEWCOMERS, WOMEN.replace("49", "48")])
    assert told(found) == [f"{WOMEN}: 49 % / 48 %"]
    assert len(found.figures) == 2


def test_a_number_rounded_in_one_of_them():
    found = said(WOMEN, WOMEN.replace("49 %", "49,3 %"))
    assert told(found, "rounded") == [f"{WOMEN}: 49 % / 49,3 %"]
    assert not told(found)


def test_a_sentence_that_only_one_has():
    found = said([WOMEN, NEWCOMERS], WOMEN)
    assert alone(found, "left") == [f"{NEWCOMERS}: 679"]
    assert not alone(found, "right")


def test_a_sentence_that_says_the_contrary_is_another_one():
    rise = "Le nombre de contrats signés a progressé de 10 %."
    found = said([WOMEN, rise], [WOMEN, rise.replace("progressé", "diminué")])
    assert not told(found)
    assert len(alone(found, "left")) == len(alone(found, "right")) == 1


def test_a_parenthesis_counts_by_itself():
    longer = WOMEN.replace(".", " (48 % en 2022).")
    found = said(longer, WOMEN)
    assert told(found, "equal") == [f"{longer}: 49 % / 49 %"]
    assert alone(found, "left") == [f"{longer}: 48 %"]
    assert told(said(longer, longer.replace("48", "46"))) == [f"{longer}: 48 % / 46 %"]


def test_a_typing_error_in_a_word_does_not_part_them():
    found = said(NEWCOMERS, NEWCOMERS.replace("nouvelles", "nouveles").replace("679", "697"))
    assert told(found) == [f"{NEWCOMERS}: 679 / 697"]


def test_ages_are_words():
    young, older = "23 % ont entre 16 et 17 ans.", "49 % ont entre 18 et 21 ans."
    found = said([young, older], [older, young])
    assert len(found.figures) == 2
    assert not told(found)


def _sections(first, second):
    """Two chapters that say the same sentence of other people."""
    draw = "# Les entrées en formation\n{}\n\n# Les contrats en alternance\n{}\n"
    return facts(draw.format(f"{first} % sont des femmes.", f"{second} % sont des femmes."), source="a-2023")


def test_the_same_sentence_under_two_headings():
    found = compare_facts(_sections(49, 53), _sections(49, 35))
    assert told(found) == ["53 % sont des femmes.: 53 % / 35 %"]
    assert len(found.figures) == 2


def test_one_of_two_alike_sentences_under_no_heading_is_not_guessed():
    one, two = "53 % sont des femmes.", "49 % sont des femmes."
    found = compare_facts(facts((), [one, two], "a-2023"), facts((), "47 % sont des femmes.", "b-2023"))
    assert not found.compared
    assert len(found.alone) == 3


def test_a_sentence_said_twice_alike_is_compared_once():
    found = said([NEWCOMERS, WOMEN, NEWCOMERS], [NEWCOMERS, WOMEN])
    assert len(found.figures) == 2
    assert alone(found, "left") == [f"{NEWCOMERS}: 679"]


def test_lines_that_run_together_in_one_of_them():
    lines = ["52 % sont des hommes", "56 % ont entre 18 et 21 ans", "9 % vivent en ville (57 jeunes)"]
    found = said(
        [NEWCOMERS, *lines],
        [NEWCOMERS, "52 % sont des hommes 65 % ont entre 18 et 21 ans 9 % vivent en ville (75 jeunes)"],
    )
    assert sorted(told(found)) == [
        "56 % ont entre 18 et 21 ans: 56 % / 65 %",
        "9 % vivent en ville (57 jeunes): 57 / 75",
    ]
    assert len(found.figures) == 5
    assert not found.alone


def test_a_heading_before_the_sentence_in_one_of_them():
    found = said(
        ["Bilan : 245 jeunes ont participé à 36 ateliers.", WOMEN],
        ["245 jeunes ont participé à 63 ateliers.", WOMEN],
    )
    assert told(found) == ["Bilan : 245 jeunes ont participé à 36 ateliers.: 36 / 63"]


def test_a_clause_of_a_longer_sentence_is_another_claim():
    found = said("12 jeunes ont un emploi.", "Parmi les femmes, 21 jeunes ont un emploi.")
    assert not found.compared
