"""A drafted profile as the text of its file: TOML, with comments for the person who reviews it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from mlcheck.drafting import toml, wording
from mlcheck.drafting.draft import Draft
from mlcheck.drafting.page_shape import dimensions, heading, left_out, sections, tables
from mlcheck.rendering.wording import Wording


def page(draft: Draft, say: Wording) -> str:
    """Return the text of a profile; it is the same for the same draft and language."""
    pieces = [_head, sections, dimensions, tables, left_out, _rules, _claims]
    blocks = ("\n".join(piece(draft, say)) for piece in pieces)
    return "\n\n".join(block.strip("\n") for block in blocks if block) + "\n"


def _head(draft: Draft, say: Wording) -> Iterator[str]:
    profile, parent = draft.profile, draft.parent
    file = PurePath(draft.facts.source).name
    template = wording.DRAFTED_UNDATED if draft.facts.year is None else wording.DRAFTED
    yield from toml.remark(say.say(template, {"file": file, "year": draft.facts.year}))
    yield "#"
    yield from toml.remark(say.say(wording.COMPARED))
    yield ""
    if draft.extends is not None and parent is not None:
        yield toml.pair("extends", draft.extends)
        yield from toml.remark(say.say(wording.EXTENDS, {"parent": parent.name}))
        yield ""
    if parent is None or profile.language != parent.language:
        yield toml.pair("language", profile.language)
    for key, comment in (("non_negative", wording.NON_NEGATIVE), ("integral", wording.INTEGRAL)):
        if parent is None or getattr(profile, key) != getattr(parent, key):
            yield from toml.remark(say.say(comment))
            yield toml.pair(key, getattr(profile, key))
    totals = profile.total_labels[len(parent.total_labels) if parent else 0 :]
    if totals:
        yield from ("", *toml.remark(say.say(wording.TOTALS)), toml.pair("total_labels", totals))


def _rules(draft: Draft, say: Wording) -> Iterator[str]:
    if not draft.rules:
        return
    yield from heading(say.say(wording.RULES))
    for drafted in draft.rules:
        rule = drafted.rule
        yield from toml.remark(drafted.numbers)
        yield toml.header("rules", rule.name)
        yield toml.pair("what", rule.what)
        if rule.severity != "error":
            yield toml.pair("severity", rule.severity)
        if rule.per:
            yield toml.pair("per", rule.per)
        yield toml.pair("relation", rule.relation)
        yield ""


def _claims(draft: Draft, say: Wording) -> Iterator[str]:
    if not draft.claims:
        return
    yield from heading(say.say(wording.CLAIMS))
    for claim in draft.claims:
        yield from toml.remark(claim.pattern)
        same = claim.figures.split() == claim.printed.split()
        stated = "" if same else "; " + say.say(wording.STATED, {"printed": claim.printed})
        yield from toml.remark(f"→ {claim.formula} ({claim.figures}{stated})", "  ")
