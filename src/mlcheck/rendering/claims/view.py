"""What is said of a claim in words: how strong its evidence is, what bound it, why it is not verified."""

from __future__ import annotations

import re
from collections import Counter

from mlcheck.language.words import fold
from mlcheck.model.finding import CheckedClaim, Report
from mlcheck.rendering.numbers import number, plain_spaces, with_unit
from mlcheck.rendering.wording import Wording
from mlcheck.translation import N_

MARKS = {"consistent": "✓", "inconsistent": "✗", "unverifiable": "?"}
VERDICTS = {
    "consistent": N_("verified"),
    "inconsistent": N_("false"),
    "unverifiable": N_("without a base"),
}
KINDS = {
    "count": N_("count"),
    "share": N_("share"),
    "duration": N_("duration"),
    "variation": N_("variation"),
    "points": N_("points"),
    "mean": N_("mean"),
    "ratio": N_("ratio"),
    "multiple": N_("multiple"),
    "part": N_("part"),
    "sum": N_("sum"),
}
ONE_NUMBER = N_("{stated} of {base} accepts only {low}")
NUMBERS = N_("{stated} of {base} accepts {low} to {high}: {passing} of {possible} whole numbers")
ONE_VALUE = N_("only one of the {possible} values that could stand here fits")
VALUES = N_("{passing} of the {possible} values that could stand here fit: {low} to {high}")
WEAK = N_("a weak check: {low} to {high} would fit")
_WORD = re.compile(r"[^\W_]+(?:[+%€‰])?")
LONGEST = 400  # characters of a sentence that are shown


def evidence(checked: CheckedClaim, wording: Wording) -> str:
    """Return how strong the evidence of a verified claim is, empty where it is not said."""
    proof = checked.evidence
    if proof is None:
        return ""
    unit = "count" if proof.over == "numerators" else checked.claim.quantity.unit
    low, high = (
        with_unit(number(end, wording.language), unit, wording.language) for end in (proof.low, proof.high)
    )
    values = {
        "stated": checked.claim.quantity.printed, "base": proof.possible - 1, "low": low, "high": high,
        "passing": proof.passing, "possible": proof.possible,
    }  # fmt: skip
    alone = proof.passing == 1
    if proof.over == "numerators":
        return wording.say(ONE_NUMBER if alone else NUMBERS, values)
    weak = 2 * proof.passing > proof.possible
    return wording.say(ONE_VALUE if alone else WEAK if weak else VALUES, values)


def reason(checked: CheckedClaim, wording: Wording) -> str:
    """Return why a claim is not verified, empty where its formula says it."""
    return "" if checked.reason is None else wording.say(checked.reason, checked.values)


def bound(checked: CheckedClaim, wording: Wording) -> str:
    """Return what bound a claim to its figures: the place of its pin, else its words."""
    if checked.pin:
        return wording.say("pinned: {place}", {"place": checked.pin})
    if not checked.words:
        return ""
    return wording.say("words: {words}", {"words": printed_words(checked)})


def printed_words(checked: CheckedClaim) -> tuple[str, ...]:
    """Return the words that bound a claim as its sentence prints them, each once."""
    printed = {fold(word): word for word in reversed(_WORD.findall(checked.claim.text))}
    return tuple(dict.fromkeys(printed.get(word, word) for word in checked.words))


def quoted(checked: CheckedClaim, open_mark: str = "[", close_mark: str = "]") -> str:
    """Return the sentence of a claim with its number marked, cut around it where it is long."""
    claim = checked.claim
    before, after = claim.text[: claim.start], claim.text[claim.end :]
    room = LONGEST // 2
    if len(claim.text) > LONGEST:
        before = f"… {before[-room:].partition(' ')[2]}" if len(before) > room else before
        after = f"{after[:room].rpartition(' ')[0]} …" if len(after) > room else after
    marked = f"{open_mark}{plain_spaces(claim.text[claim.start : claim.end])}{close_mark}"
    return plain_spaces(f"{before}{marked}{after}")


def counts(report: Report, wording: Wording) -> list[str]:
    """Return how many claims have each verdict, those pinned by hand counted apart, and why others have no base."""
    free, pinned = verdicts(report)
    lines = [_line(wording.plural("{n} claim:", "{n} claims:", len(report.claims)), free, pinned, wording)]
    reasons = Counter(_kind_of_reason(c) for c in report.claims if c.verdict == "unverifiable" and not c.pin)
    for template, count in reasons.most_common():
        lines.append(f"  {number(count, wording.language)} : {wording.say(template)}")
    return lines


def verdicts(report: Report) -> tuple[Counter[str], Counter[str]]:
    """Return how many claims have each verdict: those that sentences and words decide, and those pinned by hand."""
    free: Counter[str] = Counter(c.verdict for c in report.claims if not c.pin)
    return free, Counter(c.verdict for c in report.claims if c.pin)


def _line(head: str, free: Counter[str], pinned: Counter[str], wording: Wording) -> str:
    parts = [
        wording.plural("{n} verified", "{n} verified", free["consistent"]),
        wording.plural("{n} false", "{n} false", free["inconsistent"]),
        wording.plural("{n} without a base", "{n} without a base", free["unverifiable"]),
    ]
    text = f"{head} {', '.join(parts)}"
    if not pinned:
        return text
    values = {name: pinned[name] for name in VERDICTS}
    apart = wording.say(
        "pinned by hand: {consistent} verified, {inconsistent} false, {unverifiable} not to be checked",
        values,
    )
    return f"{text} ; {apart}"


def _kind_of_reason(checked: CheckedClaim) -> str:
    """Return the reason as it is counted: what a growth rate implies is reported claim by claim, not here."""
    reason = checked.reason or ""
    return NEEDS_PRIOR if "{" in reason and "--prior" not in reason else reason


NEEDS_PRIOR = N_("needs last year's report (--prior)")
