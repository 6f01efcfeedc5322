"""The annotated copy: the author's own workbook, with what is wrong coloured, commented and listed."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook
from typer.testing import CliRunner

from mlcheck.cli.output import whole
from mlcheck.model.claim import Claim
from mlcheck.model.document import Locator
from mlcheck.model.errors import MlcheckError
from mlcheck.model.finding import CheckedClaim, Finding, Report, Suspect
from mlcheck.model.frames import COVERAGE, FIGURES, frame
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from mlcheck.rendering.annotation import annotate, suffix_for
from mlcheck.rendering.annotation.marks import COLORS, STRONG
from mlcheck.rendering.annotation.markup import UneditableError, elements, escaped, escaped_attribute
from mlcheck.rendering.annotation.package import Package
from mlcheck.rendering.annotation.spreadsheet.styles import Styles
from mlcheck.rendering.view import View
from mlcheck.rendering.wording import Wording

pytestmark = pytest.mark.filterwarnings("ignore:Sparkline Group")  # openpyxl says what it cannot read

FIXTURES = Path(__file__).parents[2] / "fixtures"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202"/>'
    '<v:shape id="_x0000_s1025" type="#_x0000_t202"><v:textbox><div>old<br></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>'
)
SPARKLINES = (
    '<extLst><ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:sparklineGroups/></ext></extLst>'
)
CELLS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>Commune</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>Jeunes</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>Lompret</t></is></c><c r="B2"><v>3</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>Total</t></is></c><c r="B3" s="1"><f>B2*2</f><v>7</v></c></row>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="2"><font><sz val="11"/></font><font><b/><color theme="0"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    "</fills><borders count='1'><border/></borders><cellXfs count='2'><xf numFmtId='0' fontId='0' fillId='0' borderId='0'/>"
    "<xf numFmtId='3' fontId='1' fillId='0' borderId='0'><alignment horizontal='right'/></xf></cellXfs>"
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def related(*targets):
    """A relationships part; each target is (id, kind, name)."""
    links = "".join(f'<Relationship Id="{i}" Type="{DOCUMENT}/{k}" Target="{t}"/>' for i, k, t in targets)
    return f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'


def sheet(cells=CELLS, head="", tail=""):
    """A sheet part of the given rows."""
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{head}<sheetData>{cells}</sheetData>{tail}</worksheet>'


def parts(name="Aides", kind="sheet.main", **changed):
    """The parts of a workbook of one small table, some of them changed; a part that is None is left out."""
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.{kind}+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>'
        f'<Override PartName="/xl/comments1.xml" ContentType="{TYPE}.comments+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": related(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><bookViews><workbookView activeTab="0"/>'
        f'</bookViews><sheets><sheet name="{escaped_attribute(name)}" sheetId="4" r:id="rId1"/></sheets><definedNames>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">Aides!$A$1:$B$3</definedName></definedNames></workbook>',
        "xl/_rels/workbook.xml.rels": related(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "styles", "styles.xml")
        ),
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet(),
        "xl/media/image1.png": "not an image, and kept as it is",
    }
    return made | changed


def commented(author="Someone", text="<t>mine</t>"):
    """The parts of a workbook whose B3 has a comment already."""
    return parts() | {
        "xl/worksheets/sheet1.xml": sheet(tail='<legacyDrawing r:id="rId1"/>' + SPARKLINES),
        "xl/worksheets/_rels/sheet1.xml.rels": related(
            ("rId1", "vmlDrawing", "../drawings/vmlDrawing1.vml"), ("rId2", "comments", "../comments1.xml")
        ),
        "xl/drawings/vmlDrawing1.vml": VML,
        "xl/comments1.xml": f'<comments xmlns="{MAIN}"><authors><author>{author}</author></authors><commentList>'
        f'<comment ref="B3" authorId="0"><text>{text}</text></comment></commentList></comments>',
    }


def written(folder, made, name="report.xlsx"):
    """Write a workbook of parts and return its path."""
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        for part, text in made.items():
            if text is not None:
                archive.writestr(part, text if isinstance(text, bytes) else text.encode())
    return path


def at(path, cell, name="Aides"):
    return Locator(path.as_posix(), sheet=name, cell=cell)


def report(path, cell="B3", name="Aides", **changes):
    """A report with one wrong total, its part as the suspect, and one proven figure beside it."""
    row = dict.fromkeys(FIGURES | COVERAGE) | {
        "figure": 1,
        "report": 0,
        "state": "number",
        "coverage": "proven",
    }
    row |= {"sheet": name, "cell": "B2", "printed": "3", "hidden": False, "constraints": 1}
    total = {
        "rule": "TOT101",
        "name": "total-differs-from-parts",
        "severity": "error",
        "message": "Printed {stated}; the {count} parts make {sum}.",
        "values": {"stated": "7", "count": 1, "sum": 3},
        "location": at(path, cell, name),
        "label": "Total",
        "stated": "7",
        "expected": "3",
        "difference": "4",
        "suspects": (Suspect(at(path, "B2", name), "Lompret", "3", "7", 1, "one digit changed"),),
    }
    finding = Finding(**(total | changes))
    return Report(
        path.as_posix(), 2023, None, "en", frame([row], FIGURES | COVERAGE), {"inconsistent": 1}, (finding,)
    )


def annotated(told, output, tint=False, read=None):
    """Annotate in English and return the sentences on what is not kept."""
    return annotate(told, output, View("en"), tint=tint, read=read, whole=whole)


def color(cell):
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else None


# The report with planted errors, from the command line


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The report with planted errors: what the check tells, and the copy that the command line writes."""
    from mlcheck.checking import check
    from mlcheck.cli.main import app

    folder = tmp_path_factory.mktemp("planted")
    source = folder / "report.xlsx"
    shutil.copy(FIXTURES / "report-2023-errors.xlsx", source)
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    copy = folder / "copy.xlsx"
    with contextlib.chdir(folder):  # away from the profile of this repository
        result = CliRunner().invoke(app, ["validate", str(source), "--annotate", str(copy), "--tint"])
    assert result.exit_code == 1, result.output
    assert hashlib.sha256(source.read_bytes()).hexdigest() == before
    return next(iter(check([source]))), source, copy


def test_each_wrong_cell_is_coloured_and_told(planted):
    told, source, copy = planted
    before, book = openpyxl.load_workbook(source), openpyxl.load_workbook(copy)
    places = [f for f in told.findings if f.location.cell]
    assert len(places) > 10
    for finding in places:
        cell = book[finding.location.sheet][finding.location.cell]
        own = color(before[finding.location.sheet][finding.location.cell])
        shown = f"FF{STRONG[finding.severity]}" if own else COLORS[finding.severity]
        assert (cell.border.left.color.rgb if own else color(cell)) == shown
        assert own in (None, color(cell))
        assert finding.rule in cell.comment.text
        assert cell.comment.author == "mlcheck"
        for suspect in (s for s in finding.suspects if s.location.file == told.source):
            doubted = book[suspect.location.sheet][suspect.location.cell]
            own = color(before[suspect.location.sheet][suspect.location.cell])
            assert color(doubted) in {own or COLORS[kind] for kind in ("suspect", "error", "warning", "info")}
            assert Wording("fr").value(suspect.suggested) in doubted.comment.text


def test_the_first_sheet_lists_the_findings_with_links_to_their_cells(planted):
    told, _, copy = planted
    book = openpyxl.load_workbook(copy)
    first = book.worksheets[0]
    assert (first.title, book.active.title) == ("mlcheck", "mlcheck")
    links = {
        (row[1].value, row[2].hyperlink.location)
        for row in first.iter_rows(min_row=1, max_col=3)
        if row[2].hyperlink
    }
    for finding in told.findings:
        if finding.location.cell:
            assert (finding.rule, f"'{finding.location.sheet}'!{finding.location.cell}") in links
    assert first.freeze_panes == "A4"


def test_nothing_of_the_cells_is_lost(planted):
    _, source, copy = planted
    before, after = load_workbook(source), load_workbook(copy)
    assert after.sheet_names == ["mlcheck", *before.sheet_names]
    for name in before.sheet_names:
        values = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for book in (before, after)]
        assert values[0] == values[1]


def test_parts_that_bear_no_mark_are_the_same_bytes(planted):
    _, source, copy = planted
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(copy) as after:
        assert before.namelist() == after.namelist()[: len(before.namelist())]
        for part in ("docProps/core.xml", "docProps/app.xml", "xl/theme/theme1.xml", "_rels/.rels"):
            assert before.read(part) == after.read(part)


def test_a_copy_is_the_same_each_time(planted, tmp_path):
    told, _, _ = planted
    for name in ("one.xlsx", "two.xlsx"):
        annotated(told, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_opens_the_copy(planted, tmp_path):
    _, _, copy = planted
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/office",
        "--headless",
        "--convert-to",
        "csv",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(copy)], check=True, capture_output=True, timeout=120
    )
    assert "TOT101" in (tmp_path / "copy.csv").read_text(encoding="utf-8", errors="replace")


# What a copy keeps


def test_formulas_keep_their_values_and_marked_cells_their_format(tmp_path):
    path = written(tmp_path, parts())
    assert annotated(report(path), tmp_path / "copy.xlsx") == ()
    values = openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=True)["Aides"]
    formulas = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]
    assert (values["B3"].value, formulas["B3"].value) == (7, "=B2*2")
    assert (formulas["B3"].number_format, formulas["B3"].alignment.horizontal) == ("#,##0", "right")


def test_a_white_text_stays_legible_on_the_colour_of_a_mark(tmp_path):
    path = written(tmp_path, parts())
    annotated(report(path), tmp_path / "copy.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]["B3"]
    assert (cell.font.color.rgb, cell.font.b) == ("FF000000", True)


def test_sparklines_images_and_untouched_text_are_kept_byte_for_byte(tmp_path):
    path = written(tmp_path, parts() | {"xl/worksheets/sheet1.xml": sheet(tail=SPARKLINES)})
    annotated(report(path), tmp_path / "copy.xlsx")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(tmp_path / "copy.xlsx") as after:
        assert before.read("xl/media/image1.png") == after.read("xl/media/image1.png")
        own, new = (archive.read("xl/worksheets/sheet1.xml") for archive in (before, after))
    assert new.endswith(f'r:id="mlcheck1"/>{SPARKLINES}</worksheet>'.encode())
    unmarked = re.sub(rb' s="\d+"', b"", re.sub(rb"<legacyDrawing[^>]*>", b"", new))
    assert unmarked == re.sub(rb' s="\d+"', b"", own)


def test_names_of_one_sheet_follow_it_and_one_sheet_alone_is_selected(tmp_path):
    selected = '<sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews>'
    path = written(tmp_path, parts() | {"xl/worksheets/sheet1.xml": sheet(head=selected)})
    annotated(report(path), tmp_path / "copy.xlsx")
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert book["Aides"].print_area == "'Aides'!$A$1:$B$3"
    assert [s.title for s in book.worksheets if s.sheet_view.tabSelected] == ["mlcheck"]


def test_a_sheet_named_mlcheck_keeps_its_name(tmp_path):
    path = written(tmp_path, parts(name="MLcheck"))
    annotated(report(path, name="MLcheck"), tmp_path / "copy.xlsx")
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx").sheetnames == ["mlcheck 2", "MLcheck"]


@pytest.mark.parametrize("cell", ["C2", "B9", "A2"])
def test_a_cell_that_the_sheet_leaves_out_is_added_in_its_place(tmp_path, cell):
    rows = '<row r="2"><c r="B2"><v>3</v></c><c r="D2"><v>4</v></c></row><row r="12"><c r="A12"><v>1</v></c></row>'
    path = written(tmp_path, parts() | {"xl/worksheets/sheet1.xml": sheet(rows)})
    annotated(report(path, cell), tmp_path / "copy.xlsx")
    assert color(openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"][cell]) == COLORS["error"]
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        data = archive.read("xl/worksheets/sheet1.xml")
    addresses = [e.attributes["r"] for e in elements(data, lambda name, _: name in ("row", "c"))]
    order = [(int(re.sub(r"\D", "", a)), "" if a.isdigit() else re.sub(r"\d", "", a)) for a in addresses]
    assert order == sorted(order)


def test_rows_and_cells_without_an_address_are_counted(tmp_path):
    rows = "<row><c><v>1</v></c></row><row><c><v>1</v></c><c><v>3</v></c></row><row><c/><c><v>7</v></c></row>"
    path = written(tmp_path, parts() | {"xl/worksheets/sheet1.xml": sheet(rows)})
    annotated(report(path), tmp_path / "copy.xlsx")
    made = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]
    assert [color(made[cell]) for cell in ("B2", "B3", "A3")] == [COLORS["suspect"], COLORS["error"], None]


def test_a_workbook_that_prefixes_its_elements_is_marked_with_its_prefix(tmp_path):
    def with_prefix(text):
        return re.sub(r"<(/?)(?=\w)", r"<\1x:", text.replace("xmlns=", "xmlns:x="))

    made = parts()
    for part in ("xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml"):
        made[part] = with_prefix(made[part])
    path = written(tmp_path, made)
    annotated(report(path), tmp_path / "copy.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]["B3"]
    assert (cell.value, color(cell), cell.comment.author) == ("=B2*2", COLORS["error"], "mlcheck")


def test_a_sheet_in_utf_16_and_a_book_without_styles_are_marked_too(tmp_path):
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + sheet().replace(' s="1"', "")).encode("utf-16")
    made = parts() | {"xl/worksheets/sheet1.xml": wide, "xl/styles.xml": None}
    path = written(tmp_path, made)
    annotated(report(path), tmp_path / "copy.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]["B3"]
    assert (cell.value, color(cell)) == ("=B2*2", COLORS["error"])


FILLED = STYLES.replace('<fills count="2">', '<fills count="4">').replace(
    "</fills>",
    '<fill><patternFill patternType="solid"><fgColor rgb="FF00B050"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill></fills>',
)


def filled(tmp_path, number):
    """A workbook whose B2 and B3 have a fill of the author's, and a report of both."""
    styles = FILLED.replace(
        "numFmtId='3' fontId='1' fillId='0'", f"numFmtId='3' fontId='1' fillId='{number}'"
    )
    rows = CELLS.replace('<c r="B2">', '<c r="B2" s="1">')
    path = written(tmp_path, parts() | {"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet(rows)})
    return report(path, suspects=())


def test_a_fill_of_the_author_is_kept_and_its_cell_outlined(tmp_path):
    annotated(filled(tmp_path, 2), tmp_path / "copy.xlsx", tint=True)
    made = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]
    edges = {getattr(made["B3"].border, side).color.rgb for side in ("left", "right", "top", "bottom")}
    assert (color(made["B3"]), edges) == ("FF00B050", {f"FF{STRONG['error']}"})
    assert (color(made["B2"]), made["B2"].border.left) == ("FF00B050", None)  # a tint takes nothing away
    assert made["B3"].font.color.theme == 0


def test_white_is_no_fill(tmp_path):
    annotated(filled(tmp_path, 3), tmp_path / "copy.xlsx", tint=True)
    made = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]
    assert [color(made[cell]) for cell in ("B2", "B3")] == [COLORS["proven"], COLORS["error"]]


# Comments that are there already


@pytest.mark.parametrize("text", ["<t>mine</t>", "<r><t>mine</t></r>"])
def test_a_comment_of_the_author_is_kept_and_followed(tmp_path, text):
    path = written(tmp_path, commented(text=text))
    assert annotated(report(path), tmp_path / "copy.xlsx") == ()
    made = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]
    assert made["B3"].comment.text.startswith("mine\n\n✗ TOT101")
    assert (made["B3"].comment.author, made["B2"].comment.author) == ("Someone", "mlcheck")
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        drawing = archive.read("xl/drawings/vmlDrawing1.vml").decode()
    assert drawing.startswith(VML.removesuffix("</xml>"))
    assert drawing.count("<v:shape ") == 2


def test_a_drawing_with_prefixes_of_its_own_takes_more_boxes(tmp_path):
    own = (
        VML.replace("xmlns:v", "xmlns:ns1")
        .replace("<v:", "<ns1:")
        .replace("</v:", "</ns1:")
        .replace("<br>", "")
    )
    path = written(tmp_path, commented() | {"xl/drawings/vmlDrawing1.vml": own})
    assert annotated(report(path), tmp_path / "copy.xlsx") == ()
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        data = archive.read("xl/drawings/vmlDrawing1.vml")
    shapes = elements(data, lambda name, depth: (name, depth) == ("shape", 1))
    assert [e.prefix for e in shapes] == ["ns1:", "v:"]
    assert shapes[1].attributes["xmlns:v"] == "urn:schemas-microsoft-com:vml"


def test_a_discussion_is_left_alone_and_that_is_said(tmp_path):
    path = written(tmp_path, commented(author="tc={1}", text="<t>thread</t>"))
    assert annotated(report(path), tmp_path / "copy.xlsx") == (
        "A discussion stands in Aides!B3: mlcheck left no comment there.",
    )
    made = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]
    assert (made["B3"].comment.text, color(made["B3"])) == ("thread", COLORS["error"])


def test_a_drawing_that_takes_no_boxes_leaves_the_colours_and_that_is_said(tmp_path):
    path = written(tmp_path, commented() | {"xl/drawings/vmlDrawing1.vml": "<xml>"})
    lost = annotated(report(path), tmp_path / "copy.xlsx")
    assert lost == ("The sheet Aides could take no comments: its cells are coloured only.",)
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert color(book["Aides"]["B2"]) == COLORS["suspect"]
    assert lost[0] in book.worksheets[0]["A3"].value


def test_a_signature_that_no_longer_holds_is_told(tmp_path):
    path = written(tmp_path, parts() | {"_xmlsignatures/origin.sigs": ""})
    assert annotated(report(path), tmp_path / "copy.xlsx") == (
        "The digital signature of the file does not hold for this copy.",
    )


# What the marks say


def test_a_figure_is_tinted_only_where_that_is_asked(tmp_path):
    path = written(tmp_path, parts())
    colors = []
    for tint in (False, True):
        annotated(report(path, suspects=()), tmp_path / "copy.xlsx", tint=tint)
        colors.append(color(openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]["B2"]))
    assert colors == [None, COLORS["proven"]]


def test_ties_are_told_as_ties(tmp_path):
    path = written(tmp_path, parts())
    tied = tuple(Suspect(at(path, cell), cell, "3", "7", 1, "", tied=True) for cell in ("B2", "B3"))
    annotated(report(path, suspects=tied), tmp_path / "copy.xlsx")
    made = openpyxl.load_workbook(tmp_path / "copy.xlsx")["Aides"]
    assert "to review, 2 tied:\nB2 “B2” 3 → 7\nB3 “B3” 3 → 7" in made["B3"].comment.text
    assert "3 → 7 — tied with 1 other" in made["B2"].comment.text


def test_a_figure_of_last_years_report_marks_nothing_here(tmp_path):
    path = written(tmp_path, parts())
    former = Suspect(Locator("former.xlsx", sheet="Aides", cell="A2"), "Lompret", "3", "7", 1, "")
    annotated(report(path, suspects=(former,)), tmp_path / "copy.xlsx")
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert color(book["Aides"]["A2"]) is None
    assert "former.xlsx, Aides!A2" in book["Aides"]["B3"].comment.text


def test_false_claims_are_listed_with_their_arithmetic(tmp_path):
    path = written(tmp_path, parts())
    said = Claim(Sentence(0, "7 jeunes", (), at(path, "A1")), 0, 1, "count", Quantity("7", 7, 0, 0))
    told = report(path)
    claims = (CheckedClaim(said, "inconsistent", "3 ≠ 7"),)
    told = Report(told.source, 2023, None, "en", told.figures, told.constraints, told.findings, claims=claims)
    annotated(told, tmp_path / "copy.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets[0].iter_rows())
    (row,) = [row for row in rows if row[4].value == "7 jeunes"]
    assert (row[2].hyperlink.location, row[9].value) == ("'Aides'!A1", "3 ≠ 7")


HOSTILE = [
    "=HYPERLINK(A1)",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "a\x00\x07b\u202ec",
    "]]>&<t>'\"",
    "_x0041_",
    "é" * 40_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_does_nothing(tmp_path, text):
    name = 'L\'an & <x> "1"'
    path = written(tmp_path, parts(name=name))
    told = report(
        path,
        name=name,
        label=text,
        stated=text,
        section=text,
        table=text,
        message="{stated}",
        values={"stated": text},
    )
    annotated(told, tmp_path / "copy.xlsx")
    first = openpyxl.load_workbook(tmp_path / "copy.xlsx").worksheets[0]
    (row,) = [row for row in first.iter_rows() if row[1].value == "TOT101"]
    printed = re.sub("[\x00\x07\u202e]", "", text)
    said = re.sub("[\x00\x07]", "", text).replace("\u202e", "[U+202E]")
    for cell, expected in ((row[4], said), (row[5], printed)):
        assert cell.data_type == "s"
        assert cell.value.replace("_x005F_", "_")[:50] == expected[:50]
        assert len(cell.value) < 32_767
    assert row[2].hyperlink.location == "'L''an & <x> \"1\"'!B3"
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as archive:
        assert b"<f" not in archive.read("xl/worksheets/sheet2.xml")


@given(st.text(max_size=60))
def test_every_text_is_well_formed_once_escaped(text):
    made = f'<a b="{escaped_attribute(text)}">{escaped(text)}</a>'.encode()
    (element,) = elements(made, lambda *_: True)
    assert element.end == len(made)


# Other formats, and refusals


@pytest.mark.parametrize("suffix", [".docx", ".pptx", ".pdf", ".xlsx"])
def test_a_document_is_annotated_in_its_own_format_or_as_a_plain_workbook(tmp_path, monkeypatch, suffix):
    from mlcheck.cli.main import app

    monkeypatch.chdir(tmp_path)
    source = Path(f"report{suffix}")
    source.write_bytes((FIXTURES / f"two-years-errors{suffix}").read_bytes())
    for output, other in ((f"copy{suffix}", False), ("plain.xlsx", suffix != ".xlsx")):
        result = CliRunner().invoke(app, ["validate", str(source), "--annotate", output])
        assert result.exit_code == 1, result.output
        assert Path(output).is_file()
        assert ("ne sont pas" in result.stderr) == other
    wrong = ".docx" if suffix != ".docx" else ".pptx"
    result = CliRunner().invoke(app, ["validate", str(source), "--annotate", f"wrong{wrong}"])
    assert (result.exit_code, Path(f"wrong{wrong}").exists()) == (2, False)
    assert len(result.stderr.strip().splitlines()) < 4


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("suffix", [".docx", ".pptx"])
def test_libreoffice_prints_an_annotated_document(tmp_path, monkeypatch, suffix):
    from mlcheck.cli.main import app

    monkeypatch.chdir(tmp_path)
    Path(f"report{suffix}").write_bytes((FIXTURES / f"two-years-errors{suffix}").read_bytes())
    CliRunner().invoke(app, ["validate", f"report{suffix}", "--annotate", f"copy{suffix}"])
    own = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", own, "--headless", "--convert-to", "pdf", f"copy{suffix}"],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with pypdfium2.PdfDocument("copy.pdf") as printed:
        texts = [page.get_textpage().get_text_bounded() for page in printed]
    assert all(rule in texts[0] for rule in ("TOT101", "SHR201", "MEA102"))
    assert any("259,20" in text for text in texts[1:])


def test_a_copy_of_no_kind_that_can_be_marked_is_refused_before_anything_is_checked(tmp_path, monkeypatch):
    from mlcheck.cli.main import app

    monkeypatch.chdir(tmp_path)
    Path("report.csv").write_text("Commune;Jeunes\nLompret;3\nTotal;7\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["validate", "report.csv", "--annotate", "copy.csv"])
    assert (result.exit_code, Path("copy.csv").exists()) == (2, False)
    assert "copy.csv" in result.stderr
    assert suffix_for(Path("report.csv")) == ".xlsx"
    assert suffix_for(Path("Rapport.DOCX")) == ".docx"


def test_a_csv_becomes_a_plain_workbook_and_that_is_said(tmp_path):
    from mlcheck.reading import read

    path = tmp_path / "aides.csv"
    path.write_text("Commune;Jeunes\n=A1;3\nTotal;7\n", encoding="utf-8")
    (lost,) = annotated(report(path, name="aides"), tmp_path / "copy.xlsx", read=read)
    assert "formats, formulas, charts and images are not kept" in lost
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert (book["aides"]["A2"].value, book["aides"]["A2"].data_type) == ("=A1", "s")
    assert (color(book["aides"]["B3"]), color(book["aides"]["B2"])) == (COLORS["error"], COLORS["suspect"])
    assert lost in book.worksheets[0]["A3"].value


def test_a_text_without_tables_has_no_cells_to_mark(tmp_path):
    from mlcheck.reading import read

    path = tmp_path / "report.txt"
    path.write_text("7 jeunes", encoding="utf-8")
    with pytest.raises(MlcheckError, match="no cells to mark"):
        annotated(report(path), tmp_path / "copy.xlsx", read=read)


def test_a_workbook_with_macros_keeps_them_and_its_ending(tmp_path):
    made = parts(kind="sheet.macroEnabled.main") | {"xl/vbaProject.bin": b"\x00macros"}
    path = written(tmp_path, made, "report.xlsm")
    with pytest.raises(MlcheckError, match=r"must end in \.xlsm"):
        annotated(report(path), tmp_path / "copy.xlsx")
    annotated(report(path), tmp_path / "copy.xlsm")
    with zipfile.ZipFile(tmp_path / "copy.xlsm") as archive:
        assert archive.read("xl/vbaProject.bin") == b"\x00macros"


@pytest.mark.parametrize("spelling", ["report.xlsx", "folder/../report.xlsx", "link.xlsx", "hard.xlsx"])
def test_the_original_is_never_the_output(tmp_path, monkeypatch, spelling):
    from mlcheck.cli.main import app

    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, parts())
    before = path.read_bytes()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.xlsx").symlink_to(path)
    (tmp_path / "hard.xlsx").hardlink_to(path)
    result = CliRunner().invoke(app, ["validate", "report.xlsx", "--annotate", spelling])
    assert (result.exit_code, path.read_bytes()) == (2, before)


def test_a_copy_that_fails_leaves_the_former_file_and_nothing_else(tmp_path, monkeypatch):
    def fail(self, stream):
        stream.write(b"half")
        raise OSError(28, "No space left on device")

    path = written(tmp_path, parts())
    (tmp_path / "copy.xlsx").write_text("former")
    monkeypatch.setattr(Package, "copy", fail)
    with pytest.raises(MlcheckError, match="No space left"):
        annotated(report(path), tmp_path / "copy.xlsx")
    assert (tmp_path / "copy.xlsx").read_text() == "former"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["copy.xlsx", "report.xlsx"]


def test_a_part_that_declares_entities_is_refused(tmp_path):
    entity = '<!DOCTYPE x [<!ENTITY a "b">]>'
    path = written(tmp_path, parts() | {"xl/styles.xml": entity + STYLES})
    with pytest.raises(MlcheckError, match="cannot be copied with its marks"):
        annotated(report(path), tmp_path / "copy.xlsx")
    assert not (tmp_path / "copy.xlsx").exists()


def test_styles_keep_their_numbers():
    styles = Styles(STYLES.encode())
    numbers = [
        styles.marked(0, "error"),
        styles.marked(1, "error"),
        styles.marked(0, "error"),
        styles.look("text"),
    ]
    assert numbers == [2, 3, 2, 4]
    made = styles.written()
    assert made.startswith(STYLES[: STYLES.index("<font>")].replace('"2"', '"4"', 1).encode()[:60])
    with pytest.raises(UneditableError):
        Styles(b"<styleSheet>")
