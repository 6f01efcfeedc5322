"""What must hold of a range, "de 4 à 9 %", and of what is said beside it."""

from __future__ import annotations

from collections.abc import Sequence

from mlcheck.language.lexicon import lexicon
from mlcheck.prose.items import Number
from mlcheck.prose.matching import Match
from mlcheck.prose.tokens import root, words


def of_a_range(match: Match) -> bool:
    """Tell whether a number is one end of a range, which is no number of anything: "de 15 à 20 bénévoles"."""
    for n in (n for numbers in match.slots.values() for n in numbers):
        sentence, k = n.statement.sentence, n.k
        for first in (k - 1, k):
            if first >= 0 and first + 1 < len(sentence.mentions) and k < len(sentence.mentions):
                opened = sentence.token(sentence.before(first)).tags.keys() & {"of", "between"}
                gap = sentence.gap(first, first + 1)
                if opened and len(gap) == 1 and "range" in gap[0].tags:
                    return True
    return False


def taken_up(match: Match) -> bool:
    """The value is of what varies: a pronoun, a mean or its noun stands before it."""
    one, high = match.slots["ONE"][0], match.slots["HIGH"][0]
    if one.index < high.index:
        return True
    if is_placed_range((match.slots["LOW"][0], high)):
        return False
    tokens = one.statement.sentence.tokens
    lead = {root(t.key) for t in tokens[: match.slots["LOW"][0].lead] if t.form == "word" and not t.tags}
    between = tokens[high.lead : one.lead]
    pointing = words().measures | frozenset(lexicon().sentences.standing_for)
    return any(
        "mean" in t.tags or (t.key in pointing and "definite" not in t.tags) or root(t.key) in lead
        for t in between
    )


def is_placed_range(some: Sequence[Number]) -> bool:
    """Tell whether words after a range say of what part of all it is: "entre 2 et 5 % au guichet, et 30 % en tout"."""
    sentence, (first, *_, last) = some[0].statement.sentence, some
    opened = sentence.token(first.lead - 1).tags.keys() & {"between", "of"}
    between, after = (sentence.token(n.last + 1).tags for n in (first, last))
    return bool(opened) and ("range" in between or "joint" in between) and "to" in after
