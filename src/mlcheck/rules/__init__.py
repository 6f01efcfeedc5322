"""Figures and claims → constraints: pure functions of the facts, in one explicit tuple."""

from __future__ import annotations

from typing import Final

from mlcheck.model.constraints import Rule
from mlcheck.rules import (
    agreement,
    cells,
    changes,
    claims,
    communes,
    cross,
    formulas,
    granularity,
    last_year,
    last_years_figures,
    means,
    orphans,
    parts,
    percentages,
    pins,
    plausibility,
    repeats,
    running,
    sentences,
    shares,
    structure,
    totals,
    typed_numbers,
    waivers,
    whole_growth,
)
from mlcheck.rules import agreement as charts
from mlcheck.translation import N_

FIGURES: Final = "figures"  # named, since the fifth literal of a rule is taken for its message
CONSTRAINTS: Final = "constraints"
WAIVERS: Final = "waivers"
SUM = N_("Printed {stated}; the {count} parts make {sum}.")
SHARE = N_("Printed {stated}; {part} of {base} is {expected}.")
GROWTH = N_("Printed {stated}; from {former} to {present} is {expected}.")
SAME = N_("Printed {stated} here and {expected} there.")
HUNDRED = N_("The {count} percentages make {sum} and not 100.")

RULES: tuple[Rule, ...] = (
    Rule("STR101", "table-missing", "error", structure.table_is_missing),
    Rule("STR102", "row-missing", "error", structure.row_is_missing),
    Rule("STR103", "negative-count", "error", cells.cell_is_not_admissible, reads=FIGURES),
    Rule("STR104", "fractional-count", "error", cells.cell_is_not_admissible, reads=FIGURES),
    Rule("STR105", "row-twice", "error", structure.member_stands_twice),
    Rule("STR106", "cell-error", "error", cells.cell_is_not_admissible, reads=FIGURES),
    Rule("STR107", "total-missing", "error", structure.total_is_missing),
    Rule("STR108", "unknown-member", "error", structure.label_is_no_member),
    Rule("TOT101", "total-differs-from-parts", "error", totals.total_differs_from_parts, SUM),
    Rule("TOT102", "margin-differs-from-parts", "error", totals.margin_differs_from_parts, SUM),
    Rule("TOT103", "distribution-not-100", "error", shares.distribution_is_not_100, HUNDRED),
    Rule("TOT104", "difference-wrong", "error", changes.difference_is_wrong, "Printed {stated}; the difference is {expected}."),
    Rule("TOT105", "running-total-wrong", "error", running.running_total_is_wrong, N_("Printed {stated}; the running total is {expected}.")),
    Rule("TOT106", "stock-not-carried", "error", running.stock_is_not_carried, N_("Printed {stated}; what it starts from and what came and left make {expected}.")),
    Rule("TOT107", "formula-leaves-out-a-line", "error", formulas.formula_leaves_out_a_line),
    Rule("TOT108", "typed-number-among-formulas", "warning", typed_numbers.number_is_typed_among_formulas),
    Rule("TOT201", "prose-sum-wrong", "error", sentences.prose_sum_is_wrong, SUM),
    Rule("TOT202", "prose-distribution-not-100", "error", sentences.prose_distribution_is_not_100, HUNDRED),
    Rule("TOT203", "list-of-another-length", "warning", agreement.list_has_another_length, "Printed {stated}; the sentence lists {expected}."),
    Rule("PRT101", "part-exceeds-whole", "error", parts.part_exceeds_whole, "A part of {part} in a whole of {whole}."),
    Rule("PRT201", "prose-part-exceeds-whole", "error", sentences.prose_part_exceeds_whole, "A part of {part} in a whole of {whole}."),
    Rule("SHR101", "table-share-wrong", "error", shares.table_share_is_wrong, SHARE),
    Rule("SHR201", "prose-share-wrong", "error", claims.prose_share_is_wrong, SHARE),
    Rule("SHR202", "prose-share-differs", "error", claims.prose_share_differs, SAME),
    Rule("SHR203", "prose-share-of-its-numbers-wrong", "error", sentences.prose_share_of_its_own_numbers, SHARE),
    Rule("SHR204", "share-contradicts-its-words", "warning", sentences.share_contradicts_its_words, N_("The words of the sentence and its percentage exclude each other: {arithmetic}.")),
    Rule("SHR301", "no-number-gives-the-share", "error", granularity.no_number_gives_the_share),
    Rule("SHR302", "no-numbers-make-the-whole", "error", granularity.no_numbers_make_the_whole),
    Rule("SHR303", "percent-sign-missing", "warning", percentages.percent_sign_is_missing),
    Rule("SHR304", "share-above-100", "warning", percentages.share_is_above_100),
    Rule("VAR101", "table-growth-wrong", "error", changes.table_growth_is_wrong, GROWTH),
    Rule("VAR102", "last-year-column-differs", "warning", last_years_figures.column_of_last_year_differs, N_("Printed {stated} for last year; its report gives {expected}: revised since, or wrong.")),
    Rule("VAR201", "prose-growth-wrong", "error", claims.prose_growth_is_wrong, GROWTH),
    Rule("VAR202", "former-share-wrong", "error", claims.former_share_is_wrong, "Printed {stated} for last year; its report gives {expected}: revised since, or wrong."),
    Rule("VAR203", "prose-growth-of-its-numbers-wrong", "error", sentences.prose_growth_of_its_own_numbers, GROWTH),
    Rule("VAR204", "prose-difference-wrong", "error", sentences.prose_difference_is_wrong, "Printed {stated}; from {former} to {present} is {expected}."),
    Rule("VAR205", "order-contradicts-words", "error", sentences.order_contradicts_words, N_("By its words the sentence wants {part} to be at most {whole}.")),
    Rule("VAR206", "prose-multiple-wrong", "error", sentences.prose_multiple_is_wrong, N_("Printed {stated}; {total} / {number} is {expected}.")),
    Rule("VAR207", "former-count-differs", "error", last_year.former_count_differs, N_("Printed {stated} for last year; its report gives {expected}: revised since, or wrong.")),
    Rule("VAR208", "changes-exclude-each-other", "error", last_year.changes_exclude_each_other),
    Rule("VAR209", "points-from-last-year-wrong", "error", last_year.points_differ_from_last_year, N_("Printed {stated}; from {former} to {present} is {expected}.")),
    Rule("VAR210", "difference-from-last-year-wrong", "error", last_year.difference_from_last_year_is_wrong, N_("Printed {stated}; from {former} to {present} is {expected}.")),
    Rule("VAR211", "multiple-of-last-year-wrong", "error", last_year.multiple_of_last_year_is_wrong, N_("Printed {stated}; {total} / {number} is {expected}.")),
    Rule("VAR212", "no-number-gives-the-growth", "warning", whole_growth.no_number_gives_the_growth),
    Rule("AGR101", "prose-figure-differs", "error", claims.prose_figure_differs, N_("The sentence says {stated}, the table {expected}.")),
    Rule("AGR102", "prose-repeats-differently", "error", repeats.prose_repeats_differently, SAME),
    Rule("AGR103", "head-contradicts-count", "warning", agreement.head_contradicts_count),
    Rule("AGR104", "spelling-varies", "info", agreement.label_is_spelled_differently),
    Rule("AGR105", "prose-says-twice", "error", sentences.prose_says_twice, SAME),
    Rule("AGR106", "chart-differs-from-its-workbook", "warning", charts.chart_differs_from_its_workbook),
    Rule("MEA101", "mean-wrong", "error", claims.prose_mean_is_wrong, "Printed {stated}; {total} / {number} is {expected}."),
    Rule("MEA102", "table-mean-wrong", "error", means.table_mean_is_wrong, N_("Printed {stated}; {total} / {number} is {expected}.")),
    Rule("MEA103", "prose-mean-of-its-numbers-wrong", "error", sentences.prose_mean_of_its_own_numbers, N_("Printed {stated}; {total} / {number} is {expected}.")),
    Rule("MEA104", "mean-outside-parts", "error", means.mean_is_outside_its_parts, N_("{part} should be at most {whole}: a mean lies between its least and its greatest part.")),
    Rule("MEA105", "average-wrong", "error", means.average_is_wrong, N_("Printed {stated}; the mean of the {count} figures is {expected}.")),
    Rule("MEA106", "order-broken", "error", means.order_is_broken, N_("{part} should be at most {whole}.")),
    Rule("MEA107", "prose-whole-outside-parts", "warning", sentences.prose_whole_outside_its_parts, N_("{part} should be at most {whole}: a rate of a whole lies between those of its parts.")),
    Rule("XTB101", "cross-table-relation-fails", "error", cross.cross_table_relation_fails, "{what} Found: {arithmetic}."),
    Rule("PLA101", "off-by-a-factor", "warning", plausibility.figure_is_off_by_a_factor),
    Rule("PLA102", "change-like-no-other", "warning", plausibility.change_is_like_no_other),
    Rule("PLA103", "commune-unknown", "warning", communes.label_is_no_commune),
    Rule("RUL101", "relation-not-checked", "info", cross.relation_cannot_be_checked),
    Rule("RUL102", "pin-without-sentence", "info", pins.pin_has_no_sentence),
    Rule("ORP101", "table-stands-alone", "warning", orphans.table_stands_alone, reads=CONSTRAINTS),
    Rule("WAI101", "waiver-expired", "warning", waivers.waiver_has_expired, reads=WAIVERS),
    Rule("WAI102", "waiver-without-finding", "warning", waivers.waiver_matches_nothing, reads=WAIVERS),
)  # fmt: skip
"""Every rule, in the order of the families; a rule with an empty message writes its own remarks."""
