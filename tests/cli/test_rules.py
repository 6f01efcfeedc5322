"""mlcheck rules and mlcheck explain: in the language asked for, with a report that is right and one that is wrong."""

import pytest

from mlcheck.rendering import rules_page

EXPLAINED = (
    "TOT101 total-differs-from-parts (error)\n\n"
    'A printed total is not the sum of its parts.\n\nParts marked "/" count as zero.\n\n'
)
FRENCH = "Un total imprimé n’est pas la somme de ses lignes."


@pytest.fixture
def counted(monkeypatch, tmp_path):
    """Have a benchmark count what a text says; there is none until it is called."""
    monkeypatch.setattr(rules_page, "RELIABILITY", tmp_path / "reliability.toml")
    rules_page._counted.cache_clear()
    yield (tmp_path / "reliability.toml").write_text
    rules_page._counted.cache_clear()


def test_rules_are_listed_with_what_is_wrong(run):
    lines = run("rules").stdout.splitlines()
    assert lines[0].split(maxsplit=3) == [
        "TOT101",
        "error",
        "total-differs-from-parts",
        "A printed total is not the sum of its parts.",
    ]
    assert len(lines) == 2


def test_rules_are_listed_in_french(run):
    assert run("rules", "--lang", "fr").stdout.splitlines()[0].endswith(FRENCH)


@pytest.mark.parametrize("code", ["TOT101", "tot101", "total-differs-from-parts", "TOT"])
def test_a_rule_is_explained_with_its_examples(run, counted, code):
    assert run("explain", code).stdout == EXPLAINED + (
        "Good:\n"
        "    Les contrats par commune\n"
        "    Commune         Nombre de contrats\n"
        "    La Madeleine    12\n"
        "    Lambersart      7\n"
        "    Lompret         1\n"
        "    Total           20\n"
        "\n"
        "Bad:\n"
        "    Les contrats par commune\n"
        "    Commune         Nombre de contrats\n"
        "    La Madeleine    12\n"
        "    Lambersart      7\n"
        "    Lompret         1\n"
        "    Total           21\n"
    )


@pytest.mark.parametrize(
    ("options", "configured", "environment", "language"),
    [
        ((), "", "en_GB", "en"),
        ((), "", "fr_FR", "fr"),
        ((), "fr", "en_GB", "fr"),
        ((), "en", "fr_FR", "en"),
        (("--lang", "en"), "fr", "fr_FR", "en"),
        (("--lang", "fr"), "en", "en_GB", "fr"),
    ],
)
def test_the_language_is_that_asked_for_then_configured_then_of_the_environment(
    run, monkeypatch, tmp_path, options, configured, environment, language
):
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", environment)
    if configured:
        (tmp_path / "mlcheck.toml").write_text(f'language = "{configured}"\n')
    told = run("explain", "TOT101", *options).stdout
    assert (FRENCH in told) == (language == "fr")
    assert ("A printed total is not the sum" in told) == (language == "en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[rules.TOT101]\ntold = 120\ntrue = 114\n", True),
        ("[rules.TOT101]\ntold = 0\ntrue = 0\n", False),
        ("[rules.SHR101]\ntold = 120\ntrue = 114\n", False),
        ("", False),
    ],
)
def test_how_often_a_rule_was_right_is_told_where_it_was_counted(run, counted, text, told):
    counted(text)
    sentence = "\n\nOf 120 findings that it told on documents held out, 114 were true (95%).\n"
    assert run("explain", "TOT101").stdout.endswith(sentence) == told
    assert ("120" in run("explain", "TOT101", "--lang", "fr").stdout) == told


def test_an_unknown_rule_names_the_nearest(run):
    result = run("explain", "SHR102")
    assert result.exit_code == 2
    assert "the nearest is SHR101" in result.stderr
