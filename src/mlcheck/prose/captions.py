"""Tell the titles of tables that count what the table lists: "Composition du bureau (51 membres)"."""

from __future__ import annotations

from collections.abc import Iterable

from mlcheck.prose.grammar_level import readings
from mlcheck.prose.passage import noun_after
from mlcheck.prose.sentence import Parse, parse
from mlcheck.prose.sentences import stretches
from mlcheck.prose.tokens import key_of, root, words


def counts_of_them(title: str, measured: Iterable[str], year: int | None) -> bool:
    """Tell whether the one number of a title counts what a label of its table names and nothing else; `year` is the report's."""
    found = [parse(stretch.text, year) for stretch in stretches(title)]
    laid_out = found[0] if len(found) == 1 else None
    if laid_out is None or len(laid_out.mentions) != 1:
        return False
    mention, reading = laid_out.mentions[0], readings(laid_out)[0]
    if reading.kind not in ("count", "ratio") or mention.quantity.unit != "count" or mention.hedge:
        return False
    noun = noun_after(laid_out, 0)
    named = noun is not None and any(_stems(label) == {noun} for label in measured)
    return named and (_fills_parenthesis(laid_out) or _opens(laid_out))


def _stems(label: str) -> set[str]:
    """Return the stems of a label without what says that it counts: "Nombre d'adhérents"."""
    plain = (word for word in key_of(label).split("-") if len(word) > 1)
    return {root(w) for w in plain if w not in words().measures and "of" not in words().tags(w)}


def _fills_parenthesis(title: Parse) -> bool:
    """Tell whether a number and its noun stand alone in a parenthesis: "(51 membres)"."""
    opened = title.enclosure(0)
    return opened == title.mentions[0].lead - 1 >= 0 and title.token(title.after(0) + 1).key == ")"


def _opens(title: Parse) -> bool:
    """Tell whether a title is of all of them: "Les 214 élèves", "Les 214 élèves par niveau"."""
    following = title.after(0) + 1
    closes = following == len(title.tokens) or "per" in title.token(following).tags
    return title.mentions[0].lead == 1 and "definite" in title.token(0).tags and closes
