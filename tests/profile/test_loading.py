"""A profile that cannot be used says where and why, and what is nearest."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import Profile, Reference
from mlcheck.profile import load, messages

BASE = """\
[sections]
emploi = { titles = ["L'emploi"] }
alternance = { titles = ["L'Alternance"], within = "emploi" }

[dimensions.sexe.members]
"Femmes" = ["Femme"]
"Hommes" = ["Homme"]

[dimensions.type.members]
"CDD" = []
"CDI" = ["Contrat à durée indéterminée"]

[dimensions.type.derived]
"contrats durables" = ["CDI"]

[tables.types]
section = "emploi"
dimension = "type"
columns.contrats = { labels = ["Nombre de contrats"] }
columns.jeunes = { labels = ["Jeunes"], part_of = "contrats" }

[tables.sexes]
section = "emploi"
dimension = "sexe"
across = "type"
"""
AFTER = len(BASE.splitlines()) + 1  # the line on which what is added starts


def written(folder: Path, text: str, name: str = "agence") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def loaded(folder: Path, added: str = "") -> Profile:
    return load("agence", folder=written(folder, BASE + added).parent)


def error(folder: Path, text: str) -> MlcheckError:
    path = written(folder, text)
    with pytest.raises(MlcheckError) as caught:
        load(str(path))
    assert "agence.toml" in str(caught.value)
    return caught.value


def rule(relation: str, more: str = "") -> str:
    return f"[rules.r]\nwhat = 'a'\n{more}\nrelation = '{relation}'\n"


ADDED = [  # what is added, the line of it that is wrong, the template, the nearest name
    ("[tabels.x]", 1, messages.UNKNOWN_KEY, "tables"),
    ("[tables.x]\nsecton = 'emploi'", 2, messages.UNKNOWN_KEY, "section"),
    (
        "[tables.x]\nsection = 'emploi'\n\n# comment\ncolumns.a = { label = ['b'] }",
        5,
        messages.UNKNOWN_KEY,
        "labels",
    ),
    ("[tables.x.columns.a]\nlabels = [\n  'b', # [\n]\nunits = '€'", 5, messages.UNKNOWN_KEY, "unit"),
    ("[rules.r]\nwhat = '''\n[a]\n'''\nsevere = 'error'", 5, messages.UNKNOWN_KEY, "severity"),
    ("[tables.Types_2]", 1, messages.NOT_AN_ID, None),
    ("[tables.x]\nsection = 3", 2, messages.NOT_A_TEXT, None),
    ("[tables.x]\nsection = 'emploi'\nrequired = 'yes'", 3, messages.NOT_TRUE_OR_FALSE, None),
    ("[tables.x]\ntitles = 'a'", 2, messages.NOT_A_LIST, None),
    ("[tables.x]\ntitles = ['a', 1]", 2, messages.NOT_A_LIST, None),
    ("[tables.x]\ncolumns = 'a'", 2, messages.NOT_A_TABLE, None),
    ("[tables.x.columns.a]\nunit = 'euro'", 2, messages.NOT_ONE_OF, None),
    ("[rules.r]\nseverity = 'fatal'", 2, messages.NOT_ONE_OF, None),
    ("[tables.x]\ntitles = []", 1, messages.NO_SECTION, None),
    ("[tables.x]\nsection = 'employ'", 2, messages.NOT_DECLARED, "emploi"),
    ("[tables.x]\nsection = 'emploi'\ndimension = 'sex'", 3, messages.NOT_DECLARED, "sexe"),
    ("[tables.x]\nsection = 'emploi'\nacross = 'typ'", 3, messages.NOT_DECLARED, "type"),
    (
        "[tables.x]\nsection = 'emploi'\ndimension = 'sexe'\nrows = ['Homes']",
        4,
        messages.NOT_DECLARED,
        "Hommes",
    ),
    ("[tables.x]\nsection = 'emploi'\ncolumns.a = { part_of = 'b' }", 3, messages.NOT_DECLARED, "a"),
    ("[sections.x]\nwithin = 'alternances'", 2, messages.NOT_DECLARED, "alternance"),
    ("[sections.x]\nwithin = 'y'\n[sections.y]\nwithin = 'x'", 2, messages.CIRCLE_OF_SECTIONS, None),
    ("[dimensions.d.members]\n'A' = []\n'B' = ['a']", 3, messages.TWO_MEMBERS, None),
    ("[dimensions.d.members]\n'A' = []\n[dimensions.d.derived]\n'b' = ['AA']", 4, messages.NOT_DECLARED, "A"),
    ("[rules.r]\nrelation = 'types.jeunes[total] = 1'", 1, messages.MISSING_IN_RULE, None),
    (rule("types.jeunes = 1", "per = 'sex'"), 3, messages.UNKNOWN_PER, "sexe"),
    (rule("tipes[total] = 1"), 4, messages.UNKNOWN_TABLE, "types"),
    (rule("types.jeune[total] = 1"), 4, messages.UNKNOWN_COLUMN, "jeunes"),
    (rule("types[total] = 1"), 4, messages.NO_COLUMN, "contrats"),
    (rule("types.jeunes[CDDI] = 1"), 4, messages.UNKNOWN_ROW, "CDI"),
    (rule("types.jeunes[Contrat indéterminé] = 1"), 4, messages.UNKNOWN_ROW, "Contrat à durée indéterminée"),
    (rule("types.jeunes = 1"), 4, messages.NO_ROW, "type"),
    (rule("types.jeunes = 1", "per = 'sexe'"), 4, messages.UNKNOWN_ROW, None),
    (rule("types.jeunes[CDD | CDI] = 1"), 4, messages.TOO_MANY_LABELS, None),
    (rule("sexes[Femmes | type] = 1", "per = 'type'"), 4, messages.PER_IN_COLUMNS, None),
    (rule("types.jeunes[CDD] = types.jeunes[CDD]"), 4, messages.NOTHING_COMPARED, None),
    (rule("types.jeunes[CDD] = 1", "per = 'type'"), 4, messages.NOTHING_COMPARED, None),
    (rule("types.jeunes[CDD] == 1"), 4, messages.NO_COMPARISON, None),
    ("[tables.types]\nsection = 'emploi'", 1, messages.WRITTEN_TWICE, None),
    ("[tables.x]\nsection = 'emploi'\nsection = 'emploi'", 3, messages.WRITTEN_TWICE, None),
    ("[tables.x]\nsection = emploi", 2, messages.NOT_TOML, None),
    ("[tables.x]\nsection = 'emploi", 2, messages.NOT_TOML, None),
    ("[tables.x]\nsection = '''a", 2, messages.NOT_TOML, None),
]


@pytest.mark.parametrize(
    ("added", "line", "template", "nearest"), ADDED, ids=[str(n) for n in range(len(ADDED))]
)
def test_an_error_names_its_line_and_the_nearest_name(tmp_path, added, line, template, nearest):
    caught = error(tmp_path, BASE + added + "\n")
    assert caught.template == template
    assert caught.values["line"] == AFTER + line - 1
    assert f"agence.toml:{AFTER + line - 1}: " in str(caught)
    if nearest:
        assert caught.values["nearest"] == nearest


def test_every_template_can_be_filled_and_is_one_sentence_or_more():
    templates = {
        name: text for name, text in vars(messages).items() if name.isupper() and isinstance(text, str)
    }
    assert len(set(templates.values())) == len(templates)
    for text in templates.values():
        assert "{file}" in text or text == messages.NO_PROFILE
        assert text.endswith((".", "{shown}"))


def test_a_file_that_is_too_large_or_not_text_is_refused(tmp_path):
    assert error(tmp_path, "#" * 2_000_001).template == messages.TOO_LARGE
    (tmp_path / "agence.toml").write_bytes(b"# a\n# \xe9t\xe9\n")
    with pytest.raises(MlcheckError, match=r"agence\.toml:2: this line is not in UTF-8"):
        load("agence", folder=tmp_path)
    assert error(tmp_path, "a = " + "[" * 5000).template == messages.TOO_NESTED
    assert error(tmp_path, "a = " + "9" * 5000).template == messages.UNREADABLE


def test_a_file_saved_by_notepad_is_read(tmp_path):
    (tmp_path / "agence.toml").write_bytes(b"\xef\xbb\xbf" + BASE.replace("\n", "\r\n").encode())
    assert load("agence", folder=tmp_path).tables[0].line == 16


def test_a_name_is_looked_for_in_schemas_then_beside_then_among_the_shipped(tmp_path):
    assert load("mission-locale", folder=tmp_path).files[-1].endswith("mission-locale.toml")
    written(tmp_path, BASE + "# beside", "mission-locale")
    assert len(load("mission-locale", folder=tmp_path).tables) == 2
    (tmp_path / "schemas").mkdir()
    written(tmp_path / "schemas", "language = 'en'", "mission-locale")
    assert load("mission-locale", folder=tmp_path).language == "en"


def test_an_unknown_profile_lists_those_that_exist(tmp_path):
    written(tmp_path, BASE)
    with pytest.raises(MlcheckError) as caught:
        load("mision-local", folder=tmp_path)
    assert caught.value.values["nearest"] == "mission-locale"
    assert caught.value.values["known"] == "agence, metropole-nord-ouest, mission-locale"
    with pytest.raises(MlcheckError):
        load("schemas/nowhere.toml", folder=tmp_path)


def test_references_are_resolved_to_canonical_names(tmp_path):
    added = (
        rule("types.jeunes[contrat a duree indeterminee] + sexes[femme | CDD] >= 0.5 * sexes[Homme]")
        + "[rules.s]\nwhat = 'a'\nper = 'type'\nseverity = 'warning'\n"
        + "relation = 'types.contrats[type] >= sexes'\n"
        + "[rules.t]\nwhat = 'a'\nrelation = 'types.contrats[Contrats durables] + 2 <= sexes[TOTAL]'\n"
    )
    first, second, third = loaded(tmp_path, added).rules
    assert first.terms == (
        (Decimal(1), Reference("types", "jeunes", "CDI")),
        (Decimal(1), Reference("sexes", "CDD", "Femmes")),
        (Decimal("-0.5"), Reference("sexes", None, "Hommes")),
    )
    assert second.terms == (
        (Decimal(1), Reference("types", "contrats", None)),
        (Decimal(-1), Reference("sexes", None, None)),
    )
    assert (second.per, second.operator, second.severity, second.line) == ("type", ">=", "warning", AFTER + 4)
    assert third.terms == (
        (Decimal(1), Reference("types", "contrats", "CDI")),
        (Decimal(-1), Reference("sexes", None, "total")),
    )
    assert third.constant == 2


def test_the_order_of_what_is_written_is_kept(tmp_path):
    profile = loaded(tmp_path)
    assert [table.name for table in profile.tables] == ["types", "sexes"]
    assert [column.name for column in profile.tables[0].columns] == ["contrats", "jeunes"]
    assert profile.tables[0].columns[1].part_of == "contrats"
    assert (profile.name, profile.non_negative, profile.integral) == ("agence", True, True)


def test_loading_a_profile_needs_no_heavy_library():
    program = (
        "import sys, mlcheck.model.profile; known = set(sys.modules)\n"
        "from mlcheck.profile import load; load('metropole-nord-ouest')\n"
        "heavy = {'polars', 'pandera', 'openpyxl', 'rich', 'typer', 'difflib', 'json'} - known\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
