"""A profile joins what it extends."""

from __future__ import annotations

from pathlib import Path

import pytest

from mlcheck.model.errors import MlcheckError
from mlcheck.model.profile import Profile
from mlcheck.profile import load, messages

PARENT = """\
total_labels = ["Total"]
language = "fr"

[sections]
emploi = { titles = ["L'emploi"] }

[dimensions.commune]
geographic = true

[dimensions.type.members]
"CDD" = []
"CDI" = []

[dimensions.type.derived]
"durables" = ["CDI"]

[tables.types]
section = "emploi"
titles = ["Types"]
dimension = "type"
rows = ["CDD", "CDI"]
columns.contrats = { labels = ["Contrats"], counts = "contrats" }

[rules.un]
what = "a"
relation = "types[CDD] <= types[total]"

[synonyms]
"embauches" = ["contrats"]
"""
CHILD = """\
extends = "commun"
total_labels = ["Total MNO"]

[dimensions.commune]
complete = true

[dimensions.commune.members]
"Lompret" = []

[dimensions.type.members]
"CDI" = ["Durée indéterminée"]

[dimensions.type.derived]
"durables" = ["CDI", "CDD"]

[tables.types]
required = true
titles = ["Les types"]
rows = ["CDI"]
columns.contrats = { labels = ["Signés"] }
columns.jeunes = {}

[tables.communes]
section = "emploi"
dimension = "commune"

[rules.un]
relation = "types.contrats[CDI] <= types.contrats[total]"

[rules.deux]
what = "b"
relation = "communes[Lompret] <= types.contrats[total]"

[synonyms]
"embauches" = ["signés"]
"recrutements" = ["contrats"]
"""


def profile(folder: Path, child: str = CHILD, parent: str = PARENT) -> Profile:
    (folder / "commun.toml").write_text(parent, "utf-8")
    (folder / "agence.toml").write_text(child, "utf-8")
    return load("agence", folder=folder)


def test_words_are_added_and_other_values_replaced(tmp_path):
    merged = profile(tmp_path)
    types = merged.tables[0]
    assert merged.total_labels == ("Total", "Total MNO")
    assert merged.synonyms == {"embauches": ("contrats", "signés"), "recrutements": ("contrats",)}
    assert (types.titles, types.rows, types.required) == (("Types", "Les types"), ("CDI",), True)
    assert types.columns[0].labels == ("Contrats", "Signés")
    assert types.columns[0].counts == "contrats"
    assert [column.name for column in types.columns] == ["contrats", "jeunes"]
    assert [table.name for table in merged.tables] == ["types", "communes"]


def test_dimensions_gain_members_and_keep_what_the_parent_says(tmp_path):
    commune, kind = profile(tmp_path).dimensions
    assert (commune.geographic, commune.complete, list(commune.members)) == (True, True, ["Lompret"])
    assert kind.members == {"CDD": (), "CDI": ("Durée indéterminée",)}
    assert kind.derived == {"durables": ("CDI", "CDD")}


def test_a_rule_keeps_its_words_and_takes_the_new_relation(tmp_path):
    first, second = profile(tmp_path).rules
    assert (first.name, first.what, first.relation) == (
        "un",
        "a",
        "types.contrats[CDI] <= types.contrats[total]",
    )
    assert second.name == "deux"
    assert first.file.endswith("agence.toml")
    assert first.line == CHILD.splitlines().index("[rules.un]") + 1


def test_a_shared_rule_can_be_put_out_of_use(tmp_path):
    merged = profile(tmp_path, 'extends = "commun"\n[rules.un]\nactive = false\n')
    assert merged.rules == ()
    assert merged.files[0].endswith("commun.toml")
    assert merged.files[1].endswith("agence.toml")


def test_an_error_in_a_parent_names_the_parent(tmp_path):
    with pytest.raises(MlcheckError, match=r"commun\.toml:1: unknown key \"totals\""):
        profile(tmp_path, parent="totals = []\n" + PARENT)


def test_what_the_child_breaks_is_told_where_it_was_written(tmp_path):
    """A second column makes the parent's rule, which names none, undecided."""
    with pytest.raises(MlcheckError, match=r"commun\.toml:26: .* which column of “types” it means"):
        profile(tmp_path, 'extends = "commun"\n[tables.types]\ncolumns.jeunes = {}\n')


def test_a_spelling_that_the_child_gives_to_a_second_member_is_told_in_the_child(tmp_path):
    with pytest.raises(MlcheckError, match=r'agence\.toml:3: "CDI" is a spelling of “CDD” and of “CDI”'):
        profile(tmp_path, 'extends = "commun"\n[dimensions.type.members]\n"CDD" = ["CDI"]\n')


def test_a_missing_parent_is_an_error_of_the_child(tmp_path):
    with pytest.raises(MlcheckError) as caught:
        profile(tmp_path, 'language = "fr"\nextends = "comun"\n')
    assert caught.value.template == messages.NO_PARENT
    assert (caught.value.values["line"], caught.value.values["nearest"]) == (2, "commun")
    assert "agence.toml:2: " in str(caught.value)


def test_profiles_may_not_extend_one_another_in_a_circle(tmp_path):
    with pytest.raises(MlcheckError, match="agence → commun → agence"):
        profile(tmp_path, parent='extends = "agence"\n')
    with pytest.raises(MlcheckError, match="commun → commun"):
        (tmp_path / "commun.toml").write_text('extends = "commun"\n')
        load("commun", folder=tmp_path)


def test_a_profile_may_extend_the_shipped_one_of_its_own_name(tmp_path):
    (tmp_path / "mission-locale.toml").write_text('extends = "mission-locale"\ntotal_labels = ["Somme"]\n')
    merged = load("mission-locale", folder=tmp_path)
    assert merged.total_labels[-1] == "Somme"
    assert len(merged.files) == 2


def test_three_generations_are_joined(tmp_path):
    (tmp_path / "site.toml").write_text('extends = "agence"\nlanguage = "en"\n')
    profile(tmp_path)
    merged = load("site", folder=tmp_path)
    assert (merged.name, merged.language, len(merged.files)) == ("site", "en", 3)
