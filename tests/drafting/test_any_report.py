"""Whatever a report prints, its profile can be written, read back and proved."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from mlcheck.drafting import page, prove
from mlcheck.profile import load
from tests.drafting.reports import ENGLISH, drafted, written

LABELS = st.sampled_from(
    [
        *(
            "Femmes",
            "Hommes",
            "Femme",
            "Total",
            "Ensemble",
            "dont CDI",
            "CDI",
            "2022",
            "2023",
            "Au 31/12/2023",
        ),
        *(
            "Commune",
            "Lambersart",
            "Nombre de jeunes",
            "Montant",
            "Taux (%)",
            "BAC",
            "BAC et plus",
            "26 et +",
        ),
        *("1) Titre", "I. Partie", "a. Sous-partie", 'é"x', "[b]", "x|y", "'''", "\\n", "統計", "a\x07b", ""),
    ]
)
PRINTED = st.sampled_from(["", "12", "14", "26", "5 %", "7 €", "1 234", "0", "-4", "2,5", "/", "nd"])
TABLE = st.tuples(
    st.lists(st.tuples(LABELS), max_size=2),
    st.lists(st.lists(LABELS, min_size=3, max_size=3), max_size=1),
    st.lists(st.tuples(LABELS, PRINTED, PRINTED), min_size=1, max_size=5),
).map(lambda parts: [list(row) for part in parts for row in part] + [[""]])
SHEET = st.lists(TABLE, min_size=1, max_size=4).map(lambda tables: [row for table in tables for row in table])
REPORT = st.dictionaries(st.sampled_from(["Emploi", "2023", None]), SHEET, min_size=1, max_size=2)


@settings(max_examples=80, deadline=None)
@given(REPORT)
def test_the_profile_of_any_report_says_what_was_drafted(sheets):
    written(drafted(sheets))


@settings(max_examples=40, deadline=None)
@given(REPORT, REPORT)
def test_so_does_one_that_extends_the_profile_of_another_report(sheets, others):
    with TemporaryDirectory() as folder:
        parent, child = Path(folder) / "parent.toml", Path(folder) / "child.toml"
        parent.write_text(page(drafted(others), ENGLISH), "utf-8")
        draft = drafted(sheets, load(str(parent)), "parent")
        child.write_text(page(draft, ENGLISH), "utf-8")
        prove(load(str(child)), draft)
