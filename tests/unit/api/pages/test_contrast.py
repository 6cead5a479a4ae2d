"""The colours as the stylesheet has them, held against WCAG 2 (1.4.3 and 1.4.11), in both themes."""

import re
from pathlib import Path

import pytest

STYLE = Path("web/src/style.css").read_text()
LIGHT, DARK = (
    dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6});", block))
    for block in re.findall(r":root \{(.*?)\n\s*\}", STYLE, re.DOTALL)
)
TEXTS = [(text, ground) for text in ("encre", "encre2", "action", "minette") for ground in ("fond", "surface", "creux")]
TINTS = [(name, f"{name}-p") for name in ("ok", "att", "info", "voile")]
RAMP = [(f"kt{rank}", f"k{rank}") for rank in range(6)]
EDGES = [("bord", "fond"), ("bord", "surface"), ("bord", "creux"), ("hach", "voile-p")]


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 defines it."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(theme: dict[str, str], one: str, other: str) -> float:
    """The ratio of two tokens of a theme."""
    high, low = sorted((luminance(theme[one]), luminance(theme[other])), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_read_on_every_ground(theme: dict[str, str]) -> None:
    pairs = [*TEXTS, *TINTS, *RAMP, ("sur-action", "action"), ("sur-action", "action-f"), ("fond", "err")]
    assert [pair for pair in pairs if contrast(theme, *pair) < 4.5] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_edges_and_hatches_are_seen(theme: dict[str, str]) -> None:
    assert [pair for pair in EDGES if contrast(theme, *pair) < 3] == []


def test_the_ratio_is_that_of_the_standard() -> None:
    assert contrast({"a": "#000", "b": "#ffffff"}, "a", "b") == pytest.approx(21)
    assert contrast({"a": "#777777", "b": "#fff"}, "a", "b") == pytest.approx(4.48, abs=0.01)
