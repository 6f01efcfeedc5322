"""The author's view: where, what, how much, and what was not checked."""

from msgspec.structs import replace

from mlcheck.model.document import Locator
from mlcheck.model.finding import Related
from mlcheck.rendering import render
from mlcheck.rendering.view import View
from tests.rendering import cases


def written(*reports, width=100, color=False, language="en", seconds=None):
    return "".join(render("terminal", reports, View(language, width, color, seconds)))


def test_a_finding_shows_place_printed_expected_gap_and_suspect():
    lines = written(cases.report()).splitlines()
    assert (
        lines[0] == "report.xlsx · report of 2023 · profile mission-locale · compared with report-2022.xlsx"
    )
    assert "10) Aides financières" in lines
    at = next(i for i, line in enumerate(lines) if line.startswith("  ✗ TOT101"))
    assert lines[at].startswith("  ✗ TOT101  Aides directes, “Montant”")
    assert lines[at].endswith(" Aides!C15")
    assert len(lines[at]) == 100
    assert [line.strip() for line in lines[at + 1 : at + 5]] == [
        "the 10 lines make 10,024 €, and 10 029 € is printed",
        "printed 10 029   expected 10 024   gap 5",
        "to review: Aides!C15 “Total” 10 029 → 10 024 (also Aides!A20), mends 2 contradictions — one",
        "digit differs",
    ]
    assert "      compared figures: La Madeleine 1 410" in lines


def test_the_last_lines_say_what_was_proven_and_what_was_not():
    assert written(cases.report(), seconds=lambda: 0.42).splitlines()[-9:] == [
        "4 figures: 1 proven, 1 bounded, 1 contradicted, 1 without any check",
        "    proven: a sum or another place gives the same ; bounded: held between two values ; without any",
        "    check: nothing to compare it with",
        "1 claim: 1 verified, 0 false, 0 without a base",
        "210 constraints: 208 hold, 1 broken, 1 unverifiable",
        "    broken: the figures that it ties do not agree ; unverifiable: one of its figures is not known",
        "1 block not understood:",
        "    Aides!A40  no boxhead above 3 lines",
        "✗ 1 error in 0.4 s",
    ]


def test_the_legend_says_only_words_that_are_counted():
    assert "prouvé : une somme ou un autre endroit le confirme" in written(cases.report(), language="fr")
    figures = cases.report().figures
    proven = cases.report(figures=figures.filter(figures["coverage"] == "proven"))
    shown = written(proven, language="fr")
    assert "prouvé :" in shown
    assert "encadré :" not in shown
    assert "sans contrôle :" not in shown
    assert "rompue : les chiffres" in shown and "sans base :" not in shown
    held = cases.report(constraints={"consistent": 3})
    assert "rompue :" not in written(held, language="fr")
    unbased = cases.report(
        claims=(replace(cases.report().claims[0], verdict="unverifiable", reason="no reason"),)
    )
    assert "sans base : rien dans le rapport" in written(unbased, language="fr")
    bare = written(cases.report(figures=figures.clear()), language="fr")
    assert "prouvé :" not in bare


def test_in_french():
    text = written(cases.report(), language=None, seconds=lambda: 0.42)
    assert "report.xlsx · rapport 2023 · profil mission-locale · comparé à report-2022.xlsx" in text
    assert "imprimé 10 029   attendu 10 024   écart 5" in text
    assert "à revoir : Aides!C15 « Total » 10 029 → 10 024" in text
    assert text.endswith("✗ 1 erreur en 0,4 s\n")


def test_zero_is_singular_in_french():
    assert "0 fausse" in written(cases.report(), language="fr")


def test_findings_stand_in_the_order_of_the_document():
    first = cases.finding(rule="AGR103", section=cases.TRAINING, location=cases.at("A12"))
    second = cases.finding(rule="TOT101", location=cases.at("C5"))
    third = cases.finding(rule="STR101", location=cases.at("C15"))
    text = written(cases.report(findings=(third, second, first)))
    assert text.index("3) Formation") < text.index("AGR103") < text.index("10) Aides") < text.index("TOT101")
    assert text.index("TOT101") < text.index("STR101")
    assert text.count("10) Aides financières") == 1


def test_a_finding_without_a_table_is_its_message():
    bare = cases.finding(
        table="", label="", stated=None, expected=None, difference=None, suspects=(), related=()
    )
    text = written(cases.report(findings=(bare,)))
    assert "  ✗ TOT101  the 10 lines make 10,024 €, and 10 029 € is printed " in text
    assert "printed 10" not in text.replace("is printed", "")


def test_many_related_figures_are_counted_after_the_first():
    related = tuple(Related(cases.at(f"C{n}"), f"Commune {n}", str(n)) for n in range(1, 13))
    text = written(cases.report(findings=(cases.finding(related=related),)))
    assert "Commune 8 8" in text
    assert "Commune 9" not in text
    assert "… and 4 others" in text


def test_a_consistent_report_and_one_where_nothing_was_checked():
    fine = written(cases.report(findings=(), constraints={"consistent": 208}))
    assert fine.splitlines()[-1] == "✓ consistent"
    idle = written(cases.report(findings=(), constraints={"unverifiable": 3}))
    assert idle.splitlines()[-1] == "? nothing could be checked"


def test_a_crash_never_looks_like_success():
    last = written(cases.report(findings=(), crashes=(cases.CRASH,))).splitlines()[-2:]
    assert last[0] == "✗ rule TOT101 failed, by a fault of mlcheck: ZeroDivisionError: division by zero"
    assert last[1].startswith("✗")


def test_an_unusable_report_is_told_in_its_place():
    assert "✗ report.xlsx is empty; save the workbook again." in written(cases.unusable(), cases.report())


def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut():
    long = cases.finding(message="the ten lines that are printed above make {sum} € in all, " * 4)
    lines = written(cases.report(findings=(long,)), width=60).splitlines()
    body = [line for line in lines[1:] if "figures:" not in line]
    assert max(map(len, body)) <= 60
    assert " ".join(line.strip() for line in lines).count("10,024") == 4


def test_brackets_stay_and_control_characters_go():
    odd = cases.finding(table="Tableau [emploi]", label="\x1b[31mrouge\nligne")
    text = written(cases.report(findings=(odd,)))
    assert "Tableau [emploi], “ [31mrouge ligne”" in text
    assert "\x1b" not in text


def test_colours_only_where_the_terminal_has_them():
    assert "\x1b[1;31m✗" in written(cases.report(), color=True)
    assert "\x1b" not in written(cases.report())


def test_places_of_other_formats():
    pdf = cases.finding(location=Locator("r.pdf", page=3))
    slide = cases.finding(location=Locator("r.pptx", slide=2, shape="Tableau 4"))
    line = cases.finding(location=Locator("r.md", line=12))
    text = written(cases.report(findings=(pdf, slide, line)))
    assert " page 3\n" in text
    assert " slide 2, Tableau 4\n" in text
    assert " line 12\n" in text
