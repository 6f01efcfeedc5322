"""Date and time formats, printed in French."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from mlcheck.reading.spreadsheet.number_format.code import Token, round_to

OUT_OF_RANGE = "########"  # what Excel shows for a date before 1900 or after 9999
LAST_SERIAL = 2_958_466


def show_date(serial: Decimal, tokens: tuple[Token, ...]) -> str:
    """Return the text of a date serial (days since 30 December 1899) in the format of the tokens."""
    if not 0 <= serial < LAST_SERIAL:
        return OUT_OF_RANGE
    decimals = _second_decimals(tokens)
    ticks = int(round_to(serial * 86_400, decimals).scaleb(decimals))
    seconds, fraction = divmod(ticks, 10**decimals)
    # Excel's calendar has a 29 February 1900: before it, serials count from one day later.
    origin = datetime(1899, 12, 30) if serial >= 60 else datetime(1899, 12, 31)
    moment = origin + timedelta(seconds=seconds)
    noon = any(token == ("date", word) for token in tokens for word in ("am/pm", "a/p"))
    parts = []
    for at, (kind, text) in enumerate(tokens):
        if kind == "date":
            parts.append(_part(text, _is_minute(tokens, at), moment, seconds, noon))
        elif kind == "point" and decimals and _second_before(tokens, at):
            parts.append(f",{fraction:0{decimals}d}")
        elif kind != "digit" or not decimals:
            parts.append(text)
    return "".join(parts).strip()


def _part(name: str, minute: bool, moment: datetime, seconds: int, noon: bool) -> str:
    if name.startswith("["):
        unit = {"h": 3600, "m": 60, "s": 1}[name[1]]
        return f"{seconds // unit:0{len(name) - 2}d}"
    if name in ("am/pm", "a/p"):
        return "AM" if moment.hour < 12 else "PM"
    letter, width = name[0], min(len(name), 4)
    if letter == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if letter == "m" and not minute:
        return _named(moment.month, width, "months", moment.month - 1)
    if letter == "d":
        return _named(moment.day, width, "days", moment.weekday())
    hour = (moment.hour + 11) % 12 + 1 if noon else moment.hour
    number = {"h": hour, "m": moment.minute, "s": moment.second}[letter]
    return f"{number:0{min(width, 2)}d}"


def _named(number: int, width: int, names: str, index: int) -> str:
    """Return a month or a day as a number (d, dd) or by its name (ddd, dddd)."""
    if width <= 2:
        return f"{number:0{width}d}"
    return str(_french()[names if width > 3 else f"short_{names}"][index])


def _is_minute(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether an m means minutes: after an hour, or before a second."""
    if tokens[at][1][0] != "m":
        return False
    before = [text.strip("[")[0] for kind, text in tokens[:at] if kind == "date"]
    after = [text.strip("[")[0] for kind, text in tokens[at + 1 :] if kind == "date"]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _second_decimals(tokens: tuple[Token, ...]) -> int:
    """Return the number of decimals printed after the seconds (ss.00 has two)."""
    for at, (kind, _) in enumerate(tokens):
        if kind == "point" and _second_before(tokens, at):
            end = at + 1
            while end < len(tokens) and tokens[end] == ("digit", "0"):
                end += 1
            return min(end - at - 1, 3)
    return 0


def _second_before(tokens: tuple[Token, ...], at: int) -> bool:
    return at > 0 and tokens[at - 1][0] == "date" and "s" in tokens[at - 1][1]


# The French words that a spreadsheet program displays (french.toml).


@cache
def _french() -> dict[str, Any]:
    """Return the names of months and days, the booleans and the errors as displayed in French."""
    import tomli

    return tomli.loads(Path(__file__).with_name("french.toml").read_text("utf-8"))


def shown_boolean(value: bool) -> str:
    """Return VRAI or FAUX."""
    return str(_french()["booleans"][value])


def shown_error(code: str) -> str:
    """Return the displayed name of a cell error: "#NAME?" is "#NOM?"."""
    return str(_french()["errors"].get(code, code))
