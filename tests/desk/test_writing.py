"""A waiver is written at the end of what is there, which stays byte for byte; the file is read before it takes its place."""

from __future__ import annotations

import codecs

import pytest
from msgspec.structs import replace

from mlcheck.cli.output import whole
from mlcheck.configuration import Configuration, find
from mlcheck.configuration.writing import add_waiver, take_out, waiver_text
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import Waiver

WAIVER = Waiver("TOT101", "0123456789abcdef", "Printed so.", "the office", file="report.xlsx")
OTHER = '[[waiver]]\nrule = "TOT102"\nplace = "A1"\nreason = "so"\nauthor = "me"\n'


@pytest.mark.parametrize(
    "text",
    [
        'Said "so"; C:\\temp\\x',
        "l’été – « 49 % » 🙂",
        "two\nlines\r\nand\ttab",
        "\x00\x01\x1f\x7f",
        "\ud800 alone",
        "'''\"\"\"",
        "]\n[[waiver]]\nrule = 'X'",
        "\\u0041 \\",
        "#",
    ],
)
def test_whatever_she_writes_is_read_back(tmp_path, text):
    waiver = Waiver("TOT101", "0123456789abcdef", f"a{text}b", f"c{text}d", file="r.xlsx")
    add_waiver(Configuration(tmp_path), tmp_path, waiver, f"note {text}", whole)
    [found] = find(tmp_path).waivers
    seen = text.replace("\ud800", "\ufffd")
    assert (found.reason, found.author, found.place) == (f"a{seen}b", f"c{seen}d", waiver.place)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b'language = "fr"\n',
        b'language = "fr"',
        b'language = "fr"\r\n[severity]\r\nORP = "info"\r\n',
        OTHER.encode(),
        codecs.BOM_UTF8 + b'language = "fr"\n',
        codecs.BOM_UTF8,
        "# été\n[tolerance]\nTOT = 1\n\n\n".encode(),
    ],
)
def test_what_is_there_stays(tmp_path, before):
    file = tmp_path / "mlcheck.toml"
    file.write_bytes(before)
    count = len(find(tmp_path).waivers)
    assert add_waiver(find(tmp_path), tmp_path, WAIVER, "A1: is wrong", whole).file == file
    after = file.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\r\n") == (after.count(b"\n") if b"\r\n" in before else 0)
    waivers = find(tmp_path).waivers
    assert len(waivers) == count + 1
    assert (waivers[-1].rule, waivers[-1].place, waivers[-1].file) == ("TOT101", WAIVER.place, "report.xlsx")


def test_a_new_file_holds_the_waiver_alone(tmp_path):
    add_waiver(Configuration(tmp_path), tmp_path, WAIVER, "Aides!G84: 10 029 € printed", whole)
    assert (tmp_path / "mlcheck.toml").read_text("utf-8") == waiver_text(
        WAIVER, "Aides!G84: 10 029 € printed"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["mlcheck.toml"]


def test_in_pyproject_it_is_written_under_the_tool(tmp_path):
    file = tmp_path / "pyproject.toml"
    file.write_text('[tool.mlcheck]\nlanguage = "fr"\n[tool.other]\nx = 1\n')
    add_waiver(find(tmp_path), tmp_path, WAIVER, "note", whole)
    found = find(tmp_path)
    assert (len(found.waivers), found.language) == (1, "fr")
    assert not (tmp_path / "mlcheck.toml").exists()


@pytest.mark.parametrize(
    "before", ["waiver = []\n", 'waiver = [{rule = "TOT101"}]\n', "reprot = 1\n", "x = [\n", "\xff"]
)
def test_what_cannot_take_it_is_left_as_it_is(tmp_path, before):
    file = tmp_path / "mlcheck.toml"
    file.write_bytes(before.encode("latin-1"))
    with pytest.raises(MlcheckError, match=r"mlcheck\.toml"):
        add_waiver(Configuration(tmp_path, file), tmp_path, WAIVER, "note", whole)
    assert file.read_bytes() == before.encode("latin-1")


@pytest.mark.parametrize(
    "before",
    [None, b"", b'language = "fr"', b"x = 1\r\n".replace(b"x = 1", b'language = "fr"'), OTHER.encode()],
)
def test_what_was_written_is_taken_out_and_the_rest_stays(tmp_path, before):
    file = tmp_path / "mlcheck.toml"
    if before is not None:
        file.write_bytes(before)
    first = add_waiver(find(tmp_path), tmp_path, WAIVER, "A1: is wrong", whole)
    second = add_waiver(find(tmp_path), tmp_path, replace(WAIVER, place="f" * 16), "B1: is wrong", whole)
    take_out(second, whole)
    assert [one.place for one in find(tmp_path).waivers][-1] == WAIVER.place
    take_out(first, whole)
    assert (file.read_bytes() if file.exists() else None) == before


def test_what_was_changed_since_is_left_as_it_is(tmp_path):
    file = tmp_path / "mlcheck.toml"
    added = add_waiver(Configuration(tmp_path), tmp_path, WAIVER, "A1: is wrong", whole)
    for changed in (
        file.read_bytes().replace(b"Printed so.", b"Agreed."),
        file.read_bytes() * 2,
        file.read_bytes() + b"expires = 2030-01-01\n",  # which would belong to nothing
        b"",
    ):
        file.write_bytes(changed)
        with pytest.raises(MlcheckError, match="was changed since"):
            take_out(added, whole)
        assert file.read_bytes() == changed
    file.unlink()
    with pytest.raises(MlcheckError, match="was changed since"):
        take_out(added, whole)


def test_a_folder_that_takes_nothing_is_a_sentence(tmp_path):
    def full(file):
        raise OSError(30, "Read-only file system")

    with pytest.raises(MlcheckError, match="Read-only file system"):
        add_waiver(Configuration(tmp_path), tmp_path, WAIVER, "note", full)
