"""The colours can be set apart from what they stand on, by day and by night, and the page can be printed."""

import re
from importlib.resources import files

import pytest

STYLE = (files("mlcheck.rendering.html") / "style.css").read_text(encoding="utf-8")
TEXT = [
    ("ink", "paper"), ("ink", "card"), ("ink", "faint"), ("soft", "paper"), ("soft", "card"), ("soft", "faint"),
    ("accent", "paper"), ("accent", "card"), ("error", "card"), ("error", "paper"), ("error", "error-soft"),
    ("error", "faint"), ("warning", "paper"), ("warning", "warning-soft"), ("info", "info-soft"), ("good", "paper"),
    ("good", "good-soft"), ("ink", "accent-soft"), ("ink", "warning-soft"), ("accent", "warning-soft"),
    ("accent", "error-soft"),
]  # fmt: skip
PRINTED = {"paper": "#fff", "ink": "#000"}


def colours(block):
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))


DAY = colours(STYLE.partition("@media")[0])
NIGHT = DAY | colours(STYLE.partition("prefers-color-scheme: dark")[2].partition("* {")[0])
PAPER = DAY | colours(STYLE.partition("@media print")[2])


def luminance(colour):
    """The relative luminance of WCAG 2.2."""
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [DAY, NIGHT, PAPER], ids=["day", "night", "paper"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_read_on_its_ground(scheme, text, ground):
    light, dark = sorted((luminance(scheme[text]), luminance(scheme[ground])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_night_has_colours_of_its_own_and_paper_is_black_on_white():
    assert NIGHT["paper"] != DAY["paper"]
    assert PAPER.items() >= PRINTED.items()


def test_nothing_moves_by_itself():
    """A page that scrolls smoothly to a place that is laid out only on the way ends elsewhere."""
    assert not {"scroll-behavior", "transition", "animation"} & set(re.findall(r"[a-z-]+(?=\s*:)", STYLE))
