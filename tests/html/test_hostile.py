"""A report may hold anything: its page runs none of it, shows all of it, and stays sound."""

import pytest

from mlcheck.model.amount import Formula, Term
from mlcheck.model.claim import Claim
from mlcheck.model.document import NotUnderstood
from mlcheck.model.finding import CheckedClaim, Crash, Related, Suppressed, Suspect, Waiver
from mlcheck.model.quantity import Quantity
from mlcheck.model.sentence import Sentence
from tests.html import reports
from tests.html.reports import Nesting, page, text, written

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of style": "</style></script></title></textarea><h1>",
    "entity": "&quot;&lt;b&gt;&amp;",
    "quotes": "\"' onmouseover='alert(1)' x=\"",
    "javascript": "javascript:alert(1)",
    "template": "{{ 7 * 7 }}{% raw %}{# {n}",
    "comment": "<!-- --><![CDATA[",
    "svg": "<svg onload=alert(1)><desc></svg>",
    "override": "abc\u202edcba\u2066\u200f",
    "null": "a\x00b\x1b[31m\x08c",
    "no character": "x\ufffey\ufdd0",
    "long": "L" * 10_000,
    "long words": "mot " * 2_500,
    "newline": "one\ntwo\r\nthree\u2028",
}


@pytest.fixture(params=HOSTILE.values(), ids=HOSTILE.keys())
def label(request):
    return request.param


def hostile(label):
    """A report whose every text is `label`."""
    where = reports.at(label[:50], label)
    rows = [
        row | {"row": label, "column": label, "section": f"{label} / {label}", "table": label}
        for row in reports.helps()
    ]
    rows = [
        row | {"printed": label, "sheet": label, "cell": None, "shape": label, "unit": "count"}
        for row in rows
    ]
    finding = reports.total_finding(
        rule=label[:20], name=label, message=label, values={label[:20]: label}, location=where, section=label,
        table=label, label=label, stated=label, expected=label, difference=label,
        suspects=(Suspect(where, label, label, label, 2, label, (where,), True),) * 4,
        related=(Related(where, label, label, 1), Related(where, label, label, None)),
    )  # fmt: skip
    said = Claim(Sentence(0, label, (), where, (label, label)), 0, 3, "count", Quantity(label, 1, 0, 0))
    checked = CheckedClaim(
        said,
        "inconsistent",
        Formula("sum", (Term(label),), sign="≠"),
        (Related(where, label, label, 1),),
        label,
        {},
        label,
        (label,),
        pin=label,
    )
    return reports.report(
        source=label, profile=label, prior=label, figures=reports.frame(rows, reports.FIGURES | reports.COVERAGE),
        findings=(finding, reports.total_finding(section=label)), claims=(checked,), crashes=(Crash(label, label),),
        not_understood=(NotUnderstood(where, label),), titles={label: label},
        suppressed=(Suppressed(finding, "waiver", Waiver(label, label, label, label)),),
    )  # fmt: skip


def test_a_hostile_report_adds_no_element_and_no_attribute(label):
    tame, wild = page(hostile("tame")), page(hostile(label))
    for kind in ("script", "style", "h1", "title", "meta", "iframe", "textarea"):
        assert len(wild.xpath(f"//{kind}[not(ancestor::svg)]")) == len(
            tame.xpath(f"//{kind}[not(ancestor::svg)]")
        )
    assert {name for element in wild.iter("*") for name in element.attrib} == {
        name for element in tame.iter("*") for name in element.attrib
    }
    assert not [link for link in wild.xpath("//@href") if not link.startswith(("#", "data:image/svg+xml,"))]


def test_a_hostile_report_leaves_the_page_sound(label):
    nesting = Nesting()
    nesting.feed(written(hostile(label)))
    assert (nesting.wrong, nesting.open) == ([], [])
    written(hostile(label), hostile(label)).encode()


def test_what_a_report_says_is_seen_as_it_is():
    for name in ("script", "entity", "quotes", "template", "comment"):
        assert HOSTILE[name] in page(hostile(HOSTILE[name])).text_content()


def test_what_turns_the_direction_of_a_text_is_named():
    whole = page(hostile(HOSTILE["override"]))
    assert "abc[U+202E]dcba[U+2066][U+200F]" in text(whole)
    assert not set("\u202e\u2066\u200f") & set(written(hostile(HOSTILE["override"])))


def test_a_text_written_from_right_to_left_is_kept_apart_and_no_other():
    for label, apart in (
        ("تقرير 2023", True),
        ("דוח abc", True),
        ("Équilibre – 3 €", False),
        ("Ωmega Жук 統計", False),
    ):
        (title,) = page(hostile(label)).xpath("//h4/following::caption[1]//span[@class='title']")[:1]
        assert text(title) == label
        assert bool(title.xpath("bdi")) is apart


def test_no_control_character_reaches_the_page(label):
    assert not [
        c
        for c in written(hostile(label))
        if (ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000
    ]


def test_half_a_character_does_not_stop_the_page():
    finding = reports.total_finding(label="x\ud800y", message="x\ud800y")
    assert "x\ufffdy" in written(reports.report(findings=(finding,)))


def test_a_label_of_ten_thousand_characters_is_cut():
    whole = page(hostile(HOSTILE["long"]))
    assert max(len(cell.text_content()) for cell in whole.xpath("//th | //td | //option | //nav//a")) < 400
    assert HOSTILE["long"][:100] in text(whole)
