"""A store: what it holds is what was read, a report replaces its own rows, and nobody sees half of them."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import duckdb
import polars as pl
import pytest
from typer.testing import CliRunner

from mlcheck.cli.main import app
from mlcheck.rendering.origin import Origin, agency_of, origin
from mlcheck.rendering.store.folder import OWN, Store
from mlcheck.rendering.store.rows import columns, types

HELPS = "Commune;Contrats;Montant\nLambersart;12;1 200 €\nLompret;5;400,50 €\nTotal;17;1 600,50 €\n"
WRONG = HELPS.replace("Total;17", "Total;71")
TABLES = ("reports", "figures", "claims", "relations", "findings")


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Run `mlcheck extract` in an empty folder, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")

    def call(*arguments: str):
        return CliRunner().invoke(app, ["extract", *arguments])

    return call


def report(path: str, text: str = HELPS) -> str:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return path


def network() -> list[str]:
    return [report(f"{agency}/{year}/helps.csv") for agency in ("lille", "roubaix") for year in (2022, 2023)]


def read(table: str, store: str = "store") -> pl.DataFrame:
    return pl.read_parquet(f"{store}/{table}/", hive_partitioning=True)


def asked(query: str) -> list[tuple]:
    return duckdb.sql(query).fetchall()


def test_a_store_has_each_table_by_agency_and_year(run):
    done = run(*network(), "-o", "store/", "--format", "parquet")
    assert (done.exit_code, done.stdout) == (0, "4 reports → store/\n")
    for table in TABLES:
        folders = sorted(
            path.relative_to("store", table).parent.as_posix()
            for path in Path("store", table).rglob("*.parquet")
        )
        assert folders == [f"agency={a}/year={y}" for a in ("lille", "roubaix") for y in (2022, 2023)]


def test_what_is_read_back_is_what_is_printed(run):
    run(report("lille/2023/helps.csv"), "-o", "store/", "--format", "parquet")
    rows = (
        read("figures")
        .sort("figure")
        .select("row", "column", "printed", "mantissa", "scale", "value", "unit")
    )
    assert rows.row(1) == ("Lambersart", "Montant", "1 200 €", 1200, 0, 1200.0, "€")
    exact = {row[2]: row[3] / 10 ** row[4] for row in rows.rows()}
    assert exact["400,50 €"] == 400.5
    assert read("figures").height == 6


def test_polars_and_duckdb_read_the_same_total(run):
    run(*network(), "-o", "store/", "--format", "parquet")
    wanted = (pl.col("column") == "Montant") & (pl.col("row_role") == "total")
    ours = (
        pl.scan_parquet("store/figures/").filter(wanted).group_by("year")
        .agg(pl.col("value").sum()).sort("year").collect().rows()
    )  # fmt: skip
    theirs = asked(
        "select year, sum(mantissa / 10**scale) from 'store/figures/**/*.parquet' "
        "where \"column\" = 'Montant' and row_role = 'total' group by year order by year"
    )
    assert ours == theirs == [(2022, 3201.0), (2023, 3201.0)]


def test_findings_and_proofs_are_told_with_their_confidence_and_verdict(run):
    run(
        report("lille/2023/helps.csv"),
        report("roubaix/2023/helps.csv", WRONG),
        "-o",
        "store/",
        "--format",
        "parquet",
    )
    found = read("findings").filter(pl.col("rule") == "TOT101")
    assert found["agency"].to_list() == ["roubaix"]
    assert 0.5 <= found["confidence"][0] <= 1
    assert (found["stated"][0], found["expected"][0]) == ("71", "17")
    held = read("figures").filter(pl.col("figure") == found["figure"][0], pl.col("agency") == "roubaix")
    assert (held["printed"][0], held["coverage"][0]) == ("71", "contradicted")
    sums = read("relations").filter((pl.col("kind") == "sum") & (pl.col("agency") == "lille"))
    assert set(sums["verdict"]) == {"consistent"}
    assert sums["operands"].list.len().to_list() == sums["coefficients"].list.len().to_list()


def test_a_report_that_cannot_be_used_is_told_and_the_others_are_stored(run):
    done = run(
        report("lille/2023/a.csv"), report("roubaix/2023/b.csv", ""), "-o", "store/", "--format", "parquet"
    )
    assert done.exit_code == 2
    verdicts = dict(read("reports").select("agency", "verdict").rows())
    assert verdicts == {"lille": "consistent", "roubaix": "unusable"}
    assert set(read("figures")["agency"]) == {"lille"}


def test_a_finding_that_the_team_accepts_is_set_apart(run):
    report("roubaix/2023/helps.csv", WRONG)
    Path("mlcheck.toml").write_text(
        '[[waiver]]\nrule = "TOT101"\nplace = "helps!B4"\nreason = "known"\nauthor = "the team"\n',
        encoding="utf-8",
    )
    run("roubaix/2023/helps.csv", "-o", "store/", "--format", "parquet")
    assert read("findings").select("rule", "suppressed").rows() == [("TOT101", "waiver")]
    assert read("reports")["verdict"].to_list() == ["consistent-but-known"]


def test_one_report_in_one_file_is_no_store(run):
    run(report("lille/2023/helps.csv"), "-o", "all.parquet", "--format", "parquet")
    assert Path("all.parquet").is_file()


# A report replaces its own rows, and no others.


def test_a_report_corrected_since_replaces_its_rows(run):
    files = network()
    run(*files, "-o", "store/", "--format", "parquet")
    report(files[0], HELPS.replace("Lambersart;12", "Lambersart;13").replace("Total;17", "Total;18"))
    run(files[0], "-o", "store/")
    total = read("figures").filter((pl.col("row_role") == "total") & (pl.col("column") == "Contrats"))
    assert sorted(total.select("agency", "year", "value").rows()) == [
        ("lille", 2022, 18.0), ("lille", 2023, 17.0), ("roubaix", 2022, 17.0), ("roubaix", 2023, 17.0)
    ]  # fmt: skip


def test_a_report_of_another_year_since_leaves_nothing_in_the_old_one(run):
    report("lille/helps.csv")
    run("lille/helps.csv", "-o", "store/", "--format", "parquet", "--year", "2022")
    run("lille/helps.csv", "-o", "store/", "--year", "2023")
    assert read("figures")["year"].unique().to_list() == [2023]
    assert not list(Path("store").rglob("year=2022/*.parquet"))


def test_the_same_report_from_another_folder_is_the_same_report(run, monkeypatch):
    run(*network(), "-o", "store/", "--format", "parquet")
    assert read("reports").height == 4
    shutil.copytree("lille", "elsewhere/lille")
    monkeypatch.chdir("elsewhere")
    run("lille/2022/helps.csv", "-o", "../store/")
    assert read("reports", "../store").height == 4


def test_two_reports_of_one_agency_and_name_are_told(run):
    done = run(
        report("north/lille/r.csv"), report("south/lille/r.csv"), "-o", "store/", "--format", "parquet"
    )
    assert "south/lille/r.csv takes the place of north/lille/r.csv" in done.stderr
    assert read("reports").height == 1


def test_writing_twice_gives_the_same_bytes(run):
    run(*network(), "-o", "store/", "--format", "parquet")
    before = {path: path.read_bytes() for path in Path("store").rglob("*.parquet")}
    run(*network(), "-o", "store/", "--format", "parquet")
    assert before == {path: path.read_bytes() for path in Path("store").rglob("*.parquet")}


# Several writers, and readers meanwhile.


def table_of(value: int) -> bytes:
    from io import BytesIO

    stream = BytesIO()
    pl.DataFrame({"value": [value] * 1000}).write_parquet(stream)
    return stream.getvalue()


def test_two_writers_of_one_report_leave_it_once_and_a_reader_sees_it_whole(tmp_path):
    Store(tmp_path / "store").open()
    places = [Origin("lille", 2022, "k"), Origin("lille", 2023, "k")]
    contents = [{"figures": table_of(n), "findings": table_of(n)} for n in range(2)]
    broken, done = [], threading.Event()

    def writes(n):
        for _ in range(40):
            Store(tmp_path / "store").put(places[n], contents[n])

    def reads():
        while not done.is_set():
            for file in (tmp_path / "store" / "figures").rglob("*.parquet"):
                try:
                    held = pl.read_parquet(file, hive_partitioning=False)
                except FileNotFoundError:
                    continue
                if held.height != 1000 or held["value"].n_unique() != 1:
                    broken.append(file)

    writers = [threading.Thread(target=writes, args=(n,)) for n in range(2)]
    reader = threading.Thread(target=reads)
    for one in (reader, *writers):
        one.start()
    for one in writers:
        one.join()
    done.set()
    reader.join()
    assert broken == []
    left = {
        table: [p.parent.name for p in (tmp_path / "store" / table).rglob("*.parquet")]
        for table in contents[0]
    }
    assert len(left["figures"]) == 1
    assert left["figures"] == left["findings"]
    assert not list((tmp_path / "store" / OWN).glob("*.tmp"))


def test_a_writer_that_stops_halfway_is_made_good_by_the_next(tmp_path, monkeypatch):
    store = Store(tmp_path / "store")
    store.open()
    store.put(Origin("lille", 2022, "k"), {"figures": table_of(1)})
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", lambda *_, **__: None)
        store.put(Origin("lille", 2023, "k"), {"figures": table_of(2)})
    store.put(Origin("lille", 2023, "k"), {"figures": table_of(3)})
    assert pl.read_parquet(store._file("figures", "agency=lille/year=2023", "k"))["value"][0] == 3


# A folder that is somebody else's.


def test_a_folder_with_other_files_is_no_store(run):
    Path("mine").mkdir()
    Path("mine", "notes.txt").write_text("mine")
    done = run(report("lille/r.csv"), "-o", "mine/", "--format", "parquet")
    assert done.exit_code == 2
    assert "mine holds other files and is no store of mlcheck" in done.stderr
    assert [path.name for path in Path("mine").iterdir()] == ["notes.txt"]


def test_a_store_of_another_version_is_left_alone(run):
    run(report("lille/r.csv"), "-o", "store/", "--format", "parquet")
    mark = Path("store", OWN, "store.json")
    mark.write_text(mark.read_text().replace('"schema_version": 1', '"schema_version": 9'))
    before = {path: path.stat().st_mtime_ns for path in Path("store").rglob("*")}
    done = run("lille/r.csv", "-o", "store/")
    assert done.exit_code == 2
    assert "a store of another version" in done.stderr
    assert before == {path: path.stat().st_mtime_ns for path in Path("store").rglob("*")}


def test_files_of_others_in_a_store_are_left(run):
    run(report("lille/r.csv"), "-o", "store/", "--format", "parquet")
    Path("store", "figures", "README.md").write_text("ours")
    run("lille/r.csv", "-o", "store/")
    assert Path("store", "figures", "README.md").read_text() == "ours"


def test_a_store_in_the_folder_of_a_report_is_refused(run):
    report("report/2023/a.csv")
    report("report/2023/b.csv")
    done = run("report/2023", "-o", "report/2023/store/", "--format", "parquet")
    assert done.exit_code == 2
    assert "a folder that is an input" in done.stderr


def test_several_reports_need_a_store(run):
    done = run(*network(), "-o", "all.parquet")
    assert done.exit_code == 2
    assert "Several reports make a store" in done.stderr


# Whose report it is.


@pytest.mark.parametrize(
    ("path", "agency"),
    [
        ("lille/2023/report.xlsx", "lille"),
        ("agency-01/report.xlsx", "agency-01"),
        ("59/2023/report.xlsx", "59"),
        ("archives/Lille 2023/rapport.xlsx", "Lille"),
        ("rapport_lille_2023.xlsx", "lille"),
        ("data/2023/Rapport annuel Val de Marne 2023.pdf", "Val-Marne"),
        ("Mission locale du Nord/bilan 2023.docx", "Mission locale du Nord"),
        ("reports/2023/rapport.xlsx", None),
        ("rapport-2023.csv", None),
    ],
)
def test_an_agency_is_the_nearest_folder_that_names_one_else_the_file(path, agency):
    assert agency_of(Path(path).parts) == agency


def test_the_option_wins_then_the_profile_then_the_folder(run):
    report("lille/2023/r.csv")
    Path("known.toml").write_text('agency = "Métropole"\n', encoding="utf-8")
    run("lille/2023/r.csv", "-o", "folder/", "--format", "parquet")
    run("lille/2023/r.csv", "-o", "profile/", "--format", "parquet", "--profile", "known.toml")
    run(
        "lille/2023/r.csv",
        "-o",
        "option/",
        "--format",
        "parquet",
        "--profile",
        "known.toml",
        "--agency",
        "Nord",
    )
    assert [read("reports", store)["agency"][0] for store in ("folder", "profile", "option")] == [
        "lille",
        "Métropole",
        "Nord",
    ]


@pytest.mark.parametrize("agency", ["Val de Marne", "50 % d'Éméraude=1/2", "..", "a\\b", "Ω:*?", "100%25"])
def test_any_name_is_read_back_as_it_was_given(run, agency):
    run(report("x/2023/r.csv"), "-o", "store/", "--format", "parquet", "--agency", agency)
    assert {path.parent.parent.parent.name for path in Path("store").rglob("*.parquet")} == set(TABLES)
    assert read("figures")["agency"].unique().to_list() == [agency]
    assert asked(
        "select distinct agency from read_parquet('store/figures/**/*.parquet', hive_partitioning=true)"
    ) == [(agency,)]


def test_what_is_not_known_is_a_partition_of_its_own(run):
    run(report("rapport.csv"), report("lille/2023/r.csv"), "-o", "store/", "--format", "parquet")
    assert sorted(read("reports").select("agency", "year").rows(), key=str) == [("lille", 2023), (None, None)]
    told = asked(
        "select agency, year from read_parquet('store/reports/**/*.parquet', hive_partitioning=true)"
    )
    assert sorted(told, key=str) == [("lille", 2023), (None, None)]


# The schema is what the data file says, and what any reader of Parquet understands.


def test_every_file_has_the_columns_of_the_schema_and_no_type_that_others_lack(run):
    run(report("rapport.csv", ""), report("lille/2023/r.csv"), "-o", "store/", "--format", "parquet")
    told = json.loads(Path("store", OWN, "store.json").read_text("utf-8"))
    assert set(told["tables"]) == set(TABLES) == set(columns())
    plain = {pl.String, pl.Int64, pl.Float64, pl.Boolean}
    for table in TABLES:
        for file in Path("store", table).rglob("*.parquet"):
            held = pl.read_parquet_schema(file)
            assert dict(held) == types(table)
            assert {getattr(kind, "inner", None) or kind for kind in held.values()} <= plain


def test_a_report_without_a_name_or_a_year_is_known_by_its_file():
    from tests.rendering import cases

    one, other = (origin(cases.report(source=name), None) for name in ("a.xlsx", "b.xlsx"))
    assert one.key != other.key
    assert one.key == origin(cases.report(source="a.xlsx"), None).key


def test_the_page_tells_every_column():
    from tests.docs.running import ROOT

    told = (ROOT / "docs" / "store.md").read_text("utf-8")
    for table, known in columns().items():
        chapter = told.partition(f"### {table}\n")[2].partition("\n###")[0]
        assert [line.split("`")[1] for line in chapter.splitlines() if line.startswith("| `")] == list(known)
        assert all(what in chapter for _, what in known.values())


def test_the_queries_of_the_page_run(run):
    from tests.docs.running import ROOT

    told = (ROOT / "docs" / "store.md").read_text("utf-8")
    run(*network(), "-o", "store/", "--format", "parquet")
    assert asked(told.partition("```sql\n")[2].partition("```")[0].replace("identity = 'pacea'", "\"column\" = 'Montant'")
                 .replace("unit = 'count'", "unit = '€'")) == [(2022, 3201.0, 2), (2023, 3201.0, 2)]  # fmt: skip
    exec(told.partition("```python\n# polars")[2].partition("\n")[2].partition("```")[0], {})
