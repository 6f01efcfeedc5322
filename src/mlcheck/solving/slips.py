"""How a figure is likely to have been mistyped."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SlipKind = Literal[
    "blank", "swapped", "dropped", "doubled", "factor", "sign", "changed", "one off", "added", "exchanged"
]

# A slip that could have made the printed figure out of one other, or a few, says more than one that could
# have made it out of many: two neighbouring digits swap in one way, a digit changes in nine. A first digit
# left out adds a round number, which would explain every figure as short.
RANKS: dict[SlipKind, int] = {
    "blank": 0,
    "swapped": 1,
    "dropped": 1,
    "doubled": 1,
    "factor": 1,
    "sign": 3,
    "changed": 3,
    "one off": 3,
    "added": 4,
    "exchanged": 4,
}  # fmt: skip
FIRST_DROPPED = 2
ZEROS_DROPPED = 4  # with the zeros after it: 1 024 printed 24
NO_SLIP = 9
FACTORS = (10, 100, 1000)


class Slip(Struct, frozen=True):
    """What was typed wrong, and its rank: 0 is the likeliest."""

    kind: SlipKind
    rank: int


def slip(old: int, new: int) -> Slip | None:
    """Return the slip of a person who meant `new` and printed `old`, or None.

    Both count steps of the last printed digit: 13,3 % is 133. "dropped" is a digit left out of the
    printed figure, "doubled" and "added" one too many, "exchanged" two digits apart that changed places.
    """
    kind = _kind(old, new)
    if kind is None:
        return None
    return Slip(kind, _dropped_rank(str(abs(old)), str(abs(new))) if kind == "dropped" else RANKS[kind])


def _dropped_rank(old: str, new: str) -> int:
    if old in _shortened(new)[1:]:
        return RANKS["dropped"]
    return FIRST_DROPPED if new[1:] == old else ZEROS_DROPPED


def _kind(old: int, new: int) -> SlipKind | None:
    if old == new:
        return None
    if old == -new:
        return "sign"
    if (old < 0) != (new < 0):
        return "one off" if abs(old - new) == 1 else None
    old, new = abs(old), abs(new)
    if old and new and max(old, new) in (min(old, new) * factor for factor in FACTORS):
        return "factor"
    return _digit_kind(str(old), str(new)) or ("one off" if _is_power(abs(old - new)) else None)


def _digit_kind(old: str, new: str) -> SlipKind | None:
    if len(old) == len(new):
        return _same_length(old, new)
    if int(old) and any(int(shorter) == int(old) for shorter in _shortened(new)):
        return "dropped"
    for at, shorter in enumerate(_shortened(old)):
        if shorter == new:
            neighbours = old[max(at - 1, 0) : at] + old[at + 1 : at + 2]
            return "doubled" if old[at] in neighbours else "added"
    return None


def _same_length(old: str, new: str) -> SlipKind | None:
    differing = [at for at, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if len(differing) == 1:
        return "changed"
    if len(differing) != 2:
        return None
    first, second = differing
    if (old[first], old[second]) != (new[second], new[first]):
        return None
    return "swapped" if second == first + 1 else "exchanged"


def _shortened(digits: str) -> list[str]:
    """Return the digits with one of them left out, in each place."""
    return [digits[:at] + digits[at + 1 :] for at in range(len(digits))] if len(digits) > 1 else []


def _is_power(number: int) -> bool:
    return number > 0 and str(number).strip("0") == "1"


def origins(old: int) -> set[int]:
    """Return the figures that a person may have meant by `old`: all those for which `slip` has a kind."""
    size, digits = abs(old), str(abs(old))
    places = range(len(digits))
    texts = {digits[:at] + d + digits[at + 1 :] for at in places for d in "0123456789"}
    texts |= {digits[:at] + d + digits[at:] for at in (*places, len(digits)) for d in "0123456789"}
    texts |= {_exchange(digits, a, b) for a in places for b in places if a < b}
    found = {int(text) for text in (*texts, *_shortened(digits))}
    found |= {size * factor for factor in FACTORS} | {size // f for f in FACTORS if size % f == 0}
    found |= {size + sign * 10**at for at in places for sign in (1, -1)}
    meant = {number if old >= 0 else -number for number in found} | {-old}
    return {number for number in meant if slip(old, number)}


def _exchange(digits: str, a: int, b: int) -> str:
    return digits[:a] + digits[b] + digits[a + 1 : b] + digits[a] + digits[b + 1 :]
