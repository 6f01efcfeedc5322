"""Which words beside a number are its own, and which speak of the next: "Lens en a reçu 220 et l'antenne d'Avion 179"."""

from __future__ import annotations

from mlcheck.language.words import stop_words
from mlcheck.prose.sentence import Parse

_NAMING = 3  # tokens after a separator among which an article opens the name of another thing


def end_of_own(sentence: Parse, k: int) -> int:
    """Return the token at which the words after mention `k` end: at the next mention, or where what names that begins."""
    tail = sentence.tail(k)
    if k + 1 >= len(sentence.mentions) or tail.stop != sentence.mentions[k + 1].lead:
        return tail.stop
    end = tail.stop
    if end > tail.start and sentence.tokens[end - 1].key == ",":
        end -= 1  # "et le service civique, 45 fois"
    at = _last_separator(sentence, k, end)
    return at if at is not None and _names_another(sentence, at, end) else tail.stop


def _last_separator(sentence: Parse, k: int, end: int) -> int | None:
    """Return the last token between two mentions, before `end`, that parts what is said of each."""
    apart = sentence.enclosure(k) >= 0
    inside = sentence.enclosure(k + 1) >= 0 and sentence.enclosure(k + 1) != sentence.enclosure(k)
    for at in reversed(range(sentence.tail(k).start, end)):
        token = sentence.tokens[at]
        if token.key in (",", ";") or "beside" in token.tags:
            return at
        if token.key == ")" and inside and apart:
            return at
        if "joint" in token.tags and (apart or not inside):
            return at
    return None


def _names_another(sentence: Parse, at: int, end: int) -> bool:
    """Tell whether an article or a capital opens a name between a separator and the next mention, and nothing says of whom."""
    between = sentence.tokens[at + 1 : end]
    if any(token.tags.keys() & {"part", "that-is", "against", "since"} for token in between):
        return False
    named = any(
        token.form == "word" and not token.tags and token.key not in stop_words() for token in between
    )
    opening = between[:_NAMING]
    return named and any(
        "definite" in token.tags or sentence.text[token.start : token.start + 1].isupper()
        for token in opening
    )
