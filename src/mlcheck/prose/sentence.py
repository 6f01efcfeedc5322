"""A sentence laid out for the patterns: its tokens, its numbers, its parentheses and periods."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from mlcheck.language.characters import is_digits
from mlcheck.language.lexicon import lexicon
from mlcheck.model.claim import ClaimKind, Direction
from mlcheck.model.sentence import Token
from mlcheck.prose.numbers import Mention, in_digits, in_words, lengths_of_time, with_measure_of
from mlcheck.prose.periods import Period, ages_at, assign, dated, is_year, timed
from mlcheck.prose.tokens import is_plural, tokens

_OPENS_NUMBER = frozenset({"number", "definite", "fraction", "multiple"})
_NAMES_NUMBER = frozenset({"number", "fraction"})
_WORDED = frozenset(
    {"over", "fraction", "times"}
)  # of a fraction or a multiple of which a number is in digits
_NAME = 8  # tokens of a name before its number, or between a number and the clause after its own
_PRONOUN = 4  # tokens between "en" and the number that it stands for
_NOTES = 99  # a number after another in parentheses that calls a note
_FOOTNOTES = 9  # a number after a year in parentheses that calls a note
_MARKS = frozenset(",.;:!?()[]…'\"«»%‰€°/-+=×•")  # what a sentence is printed with
_STRAY = 2  # marks that may stand in a sentence by chance
_REFERRING = ("-", "/", ".")  # marks that part the numbers of a reference
_NOWHERE = Token("", 0, 0, "mark", {})


class Parse(Struct, frozen=True, gc=False):
    """A sentence laid out; `opened` gives for each token the innermost parenthesis it stands in (-1: none).

    `at` maps a token that belongs to a number to the index of that mention; `ages` are the tokens of ages, `year` is that of the report.
    `durations` are the ages and lengths of time, which are no mentions, `spans` their periods; `tags` are all that the
    lexicon says of any of its tokens.
    """

    text: str
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    periods: Sequence[Period]
    opened: Sequence[int]
    at: dict[int, int]
    ages: frozenset[int] = frozenset()
    year: int | None = None
    durations: Sequence[Mention] = ()
    spans: Sequence[Period] = ()
    tags: frozenset[str] = frozenset()

    def token(self, index: int) -> Token:
        """Return a token, or an empty one beyond the ends."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else _NOWHERE

    def before(self, k: int) -> int:
        """Return the token that introduces mention `k`: the one left of its hedge and adverbs."""
        index = self.mentions[k].lead - 1
        while index >= 0 and "adverb" in self.tokens[index].tags:
            index -= 1
        return index

    def after(self, k: int) -> int:
        """Return the token that follows mention `k`."""
        return self.mentions[k].last + 1

    def tail(self, k: int, limit: int = 40) -> range:
        """Return the tokens after mention `k` up to the next one."""
        end = self.mentions[k + 1].lead if k + 1 < len(self.mentions) else len(self.tokens)
        return range(self.mentions[k].last + 1, min(end, self.mentions[k].last + 1 + limit))

    def gap(self, j: int, k: int, limit: int = 40) -> Sequence[Token]:
        """Return the tokens between two mentions, the last `limit` of them."""
        start, end = self.mentions[j].last + 1, self.mentions[k].lead
        return self.tokens[max(start, end - limit) : end]

    def enclosure(self, k: int) -> int:
        """Return the parenthesis that mention `k` stands in, -1 if none."""
        return self.opened[self.mentions[k].first]


class Reading(Struct, frozen=True, gc=False):
    """The kind of claim a number makes; `cue` is the token that decided (a trend word, a mean), -1 if none."""

    kind: ClaimKind
    direction: Direction | None = None
    cue: int = -1


_INTRODUCING = {
    "of",
    "to",
    "against",
    "verb",
    "reach",
    "that-is",
    "joint",
    "since",
    "trend",
    "part",
    "among",
    "share-verb",
    "factor",
    "pass",
    "total",
    "mean",
    "with",
}


def parse(text: str, report: int | None) -> Parse | None:
    """Return a normalised sentence laid out, or None where it asserts no number; `report` is the report's year."""
    found = tokens(text)
    if _has_lost_its_letters(found):
        return None
    tags = frozenset[str]().union(*(token.tags for token in found if token.tags))
    raw = _numbers(text, found, "/" in text or not tags.isdisjoint(_WORDED))
    mentions = [m for m in _shared_measures(found, raw) if _asserts(text, found, m)] if raw else []
    at = {index: k for k, m in enumerate(mentions) for index in range(m.lead, m.last + 1)}
    durations = lengths_of_time(text, found, at)
    if not mentions and sum(not m.bare for m in durations) < (2 if len(durations) < 3 else 1):
        return None
    ages = frozenset(index for m in raw if m.bare for index in ages_at(found, m))
    return Parse(
        text,
        found,
        mentions,
        assign(found, mentions, report),
        _parentheses(found) if "(" in text else [-1] * len(found),
        at,
        ages,
        report,
        durations,
        _spans(found, durations, report),
        tags,
    )


def _has_lost_its_letters(found: Sequence[Token]) -> bool:
    """Tell whether other marks than print uses outnumber the words, as in a PDF whose fonts do not name their letters."""
    words = sum(token.form == "word" for token in found)
    if 2 * words >= len(found):
        return False
    return sum(token.form == "mark" and token.key not in _MARKS for token in found) > words + _STRAY


def _spans(found: Sequence[Token], durations: Sequence[Mention], report: int | None) -> list[Period]:
    """Return the periods of ages and durations; a year is of none."""
    if all(m.bare for m in durations):
        return [Period(None, None)] * len(durations)
    own = iter(assign(found, [m for m in durations if not m.bare], report))
    return [Period(None, None) if m.bare else next(own) for m in durations]


def _numbers(text: str, found: Sequence[Token], worded: bool) -> list[Mention]:
    """Return the numbers of a sentence; `worded` says that digits may be of a fraction or a multiple: "6 sur 10"."""
    mentions: list[Mention] = []
    at, count = 0, len(found)
    while at < count:
        token = found[at]
        if token.form == "number":
            mention = (in_words(text, found, at) if worded else None) or in_digits(text, found, at)
        elif token.tags and _opens_number(found, at):
            mention = in_words(text, found, at)
        else:
            mention = None
        if mention is None:
            at += 1
            continue
        mentions.append(mention)
        at = max(mention.last, at) + 1
    return mentions


def _opens_number(found: Sequence[Token], at: int) -> bool:
    """Tell whether a number in words may start at a token; after an article only one that names it."""
    tags = found[at].tags
    if _OPENS_NUMBER.isdisjoint(tags):
        return False
    return "definite" not in tags or (
        at + 1 < len(found) and not _NAMES_NUMBER.isdisjoint(found[at + 1].tags)
    )


def _shared_measures(found: Sequence[Token], mentions: list[Mention]) -> list[Mention]:
    """Return the mentions, each bare one of "120, 80 et 45 euros" with the unit that the last one prints."""
    for k in range(len(mentions) - 2, -1, -1):
        mention, following = mentions[k], mentions[k + 1]
        if (
            not mention.bare
            or following.bare
            or mention.notation != "digits"
            or following.notation != "digits"
        ):
            continue
        if is_year(found, mention.first) or (mention.sign and not following.sign):
            continue
        between = found[mention.last + 1 : following.first]
        joiner = [t for t in between if "adverb" not in t.tags and "hedge" not in t.tags]
        if len(joiner) != 1 or not (joiner[0].key in (",", "-") or joiner[0].tags.keys() & {"to", "joint"}):
            continue
        ranged = "to" in joiner[0].tags
        if following.quantity.unit in ("%", "points") and abs(mention.quantity.value) > 100:
            continue
        if ranged or following.quantity.unit != "count" or following.magnitude > 1:
            mentions[k] = with_measure_of(mention, following)
    return mentions


def _parentheses(found: Sequence[Token]) -> list[int]:
    opened: list[int] = []
    stack: list[int] = []
    for at, token in enumerate(found):
        if token.key == ")" and stack:
            stack.pop()
        opened.append(stack[-1] if stack else -1)
        if token.key == "(":
            stack.append(at)
    return opened


# Tell the numbers that count nothing: ages, dates, durations, references, addresses, list marks.


def _asserts(text: str, tokens: Sequence[Token], mention: Mention) -> bool:
    """Return whether a number asserts something of the world that a table could hold."""
    if mention.notation == "multiple" or (mention.notation == "fraction" and not timed(tokens, mention)):
        return True
    if not mention.bare and mention.quantity.unit in ("%", "‰", "points"):
        return not _unmeasured(tokens, mention)
    return not any(reject(tokens, mention) for reject in _REJECTIONS) and not _between_labels(
        text, tokens, mention
    )


def _numbered(tokens: Sequence[Token], mention: Mention) -> bool:
    """The number of a page, an article, a module, a list item, an address, a telephone, a postal code."""
    first, last = mention.first, mention.last
    before = tokens[first - 1] if first else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if before is not None and (
        "numbered" in before.tags
        or "number-sign" in before.tags
        or before.key == "°"
        or before.tags.get("cap")
    ):
        return mention.bare or bool(before.tags.get("cap"))
    if not mention.bare:
        return False
    if before is not None and before.key == "+" and first > 1 and "numbered" in tokens[first - 2].tags:
        return True
    if _goes_on_in_reference(tokens, first):
        return True
    if after is not None and "address" in after.tags:
        return True
    if (
        after is not None
        and "of" in after.tags
        and any("address" in t.tags for t in tokens[last + 2 : last + 4])
    ):
        return True  # "au 57 de la rue"
    if before is not None and before.form == "code" and before.end == tokens[first].start:
        return True  # "9h30"
    if before is None and after is not None and after.key in (")", ".", "-", "°", "/"):
        return True
    return _telephone(tokens, first) or _postal(tokens, first)


def _goes_on_in_reference(tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a number goes on in a reference without a space: "le décret n° 2019-385"."""
    opened = at
    while opened > 1 and tokens[opened - 1].key in _REFERRING and tokens[opened - 2].form == "number":
        if not tokens[opened - 2].end == tokens[opened - 1].start == tokens[opened].start - 1:
            return False
        opened -= 2
    before = tokens[opened - 1] if 0 < opened < at else None
    return before is not None and (
        before.key == "°" or bool(before.tags.keys() & {"numbered", "number-sign"})
    )


def _coded(tokens: Sequence[Token], mention: Mention) -> bool:
    """A code with a zero before it, and what is listed with one: "014, 042 et 67"."""
    if not mention.bare or mention.notation != "digits":
        return False
    at = mention.first
    while (
        at > 1
        and (tokens[at - 1].key == "," or "joint" in tokens[at - 1].tags)
        and tokens[at - 2].form == "number"
    ):
        at -= 2
    digits = tokens[at].key
    return len(digits) > 1 and digits[0] == "0" and is_digits(digits)


def _unmeasured(tokens: Sequence[Token], mention: Mention) -> bool:
    """Points that are no difference: "huit points principaux"."""
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    adjective = (
        after is not None and after.form == "word" and after.tags.keys() <= {"open"} and is_plural(after)
    )
    before = tokens[mention.lead - 1] if mention.lead else None
    led = before is not None and bool(before.tags.keys() & {"of", "trend", "that-is"})
    return mention.notation == "words" and mention.quantity.unit == "points" and adjective and not led


def _telephone(tokens: Sequence[Token], at: int) -> bool:
    pairs = 0
    for step in (1, -1):
        index = at
        while (
            0 <= index < len(tokens)
            and pairs < 6
            and len(tokens[index].key) == 2
            and tokens[index].form == "number"
        ):
            pairs += 1
            index += step
    return pairs - 1 >= 4


def _postal(tokens: Sequence[Token], at: int) -> bool:
    key = tokens[at].key
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    plain = len(key) == 5 and is_digits(key)
    return plain and after is not None and after.form == "word" and not after.tags and not is_plural(after)


def _adrift(tokens: Sequence[Token], mention: Mention) -> bool:
    """A bare number that nothing introduces: a page number, a line of a flattened table, a footnote call."""
    if not mention.bare:
        return False
    first, last = mention.first, mention.last
    lead = mention.lead
    while lead > 1 and "adverb" in tokens[lead - 1].tags:
        lead -= 1
    before = tokens[lead - 1] if lead else None
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if mention.sign or mention.hedge:
        return False
    if before is not None and before.form == "number" and is_year(tokens, lead - 1):
        return False  # "en 2023 1077 jeunes"
    if _listed(tokens, last):
        return False
    if before is not None and before.key == "(" and after is not None and after.key == ")":
        if first > 1 and is_year(tokens, first - 2) and mention.quantity.value > _FOOTNOTES:
            return False  # "qu'en 2017 (21 000)"
        after_number = first > 1 and tokens[first - 2].form == "number" and mention.quantity.value <= _NOTES
        return after_number or "unit" in tokens[first - 2].tags
    if after is not None and after.form == "word" and "to" not in after.tags:
        return before is not None and before.form == "number" and not before.tags
    if before is None and after is not None and "to" in after.tags:
        return (
            last + 2 < len(tokens) and tokens[last + 2].form == "number"
        )  # no range: an item, "107 à domicile"
    if before is None or before.tags.keys() & _INTRODUCING or before.key in (":", "(", "="):
        return before is None and (after is None or after.form != "mark")
    if before is not None and (_stands_for(tokens, lead) or _is_gapped(tokens, lead, after)):
        return False
    return not (before.key == "," or "joint" in before.tags or "to" in (after.tags if after else ()))


def _listed(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a number goes on with others, or is said again at once: "120, 80 et 45 jeunes", "; 120, soit 15 %"."""
    if last + 2 >= len(tokens):
        return False
    after, following = tokens[last + 1], tokens[last + 2]
    if after.key != "," and "joint" not in after.tags:
        return False
    short = following.form == "number" and following.end - following.start < 4
    return short or (after.key == "," and "that-is" in following.tags)


def _is_gapped(tokens: Sequence[Token], lead: int, after: Token | None) -> bool:
    """Tell whether a number ends a clause that leaves out the verb of the one before: "Lens en a reçu 220 et Avion 179"."""
    if after is not None and after.form != "mark":
        return False
    at = lead - 1
    while at > max(0, lead - _NAME) and tokens[at].form == "word" and not _parts(tokens[at]):
        at -= 1
    if at == lead - 1 or not _parts(tokens[at]):
        return False
    said = tokens[max(0, at - _NAME) : at]
    return any(t.form == "number" for t in said)


def _parts(token: Token) -> bool:
    return token.key == "," or "joint" in token.tags


def _stands_for(tokens: Sequence[Token], lead: int) -> bool:
    """Tell whether a pronoun before the verb stands for what is counted: "il en gère 1 380", "nous en avons reçu 410"."""
    for at in range(max(0, lead - _PRONOUN), lead - 1):
        words = tokens[at + 1 : lead]
        if tokens[at].key in lexicon().sentences.standing_for and all(t.form == "word" for t in words):
            return True
    return False


def _between_labels(text: str, tokens: Sequence[Token], mention: Mention) -> bool:
    """A bare number between two capitalised words: the cell of a table that lost its lines."""
    if not mention.bare or not mention.first or mention.last + 1 >= len(tokens):
        return False
    before, after = tokens[mention.first - 1], tokens[mention.last + 1]
    capital = (
        before.form == after.form == "word" and text[before.start].isupper() and text[after.start].isupper()
    )
    return capital and not before.tags.keys() & _INTRODUCING


_REJECTIONS = (timed, dated, _numbered, _coded, _adrift)
