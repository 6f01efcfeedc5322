"""Characters of the symbol fonts that Word names by their place in the font."""

from __future__ import annotations

PRIVATE = range(0xF000, 0xF100)  # where symbol fonts keep the characters 0 to 255
PRINTABLE = range(0x20, 0xD800)  # what a font not known is taken to print as it is stored


def _places(listed: str) -> dict[int, str]:
    """Return places and characters from words such as "A3≤"."""
    return {int(word[:2], 16): word[2:] for word in listed.split()}


FONTS = {
    "symbol": {ord(same): same for same in " !#%&()+,./0123456789:;<=>?[]"}
    | _places("2D− A0€ A3≤ B0° B1± B3≥ B4× B7• B8÷ AC← AD↑ AE→ AF↓ B9≠ BB≈ BC… C6∅ 44Δ 53Σ E5Σ"),
    "wingdings": _places(
        "6C● 6E■ 71❑ 75◆ 76❖ 9F• A7▪ A8◻ D8➢ DF← E0→ E1↑ E2↓ E3↖ E4↗ E5↙ E6↘ E7← E8➔ E9↑ EA↓ F0⇨ FB✗ FC✓ FD☒ FE☑"
    ),
}


def symbol(code: str, font: str) -> str:
    """Return the character that a font prints at a hexadecimal code; as it is stored in a font not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    place = number - PRIVATE.start if number in PRIVATE else number
    known = FONTS.get(font.strip().lower(), {}).get(place)
    return known or (chr(number) if number in PRINTABLE or number in PRIVATE else "")
