"""The home page's picture: a corner of a real heat table, time across."""

from dataclasses import dataclass
from typing import Final

from api.pages.heat import Heat
from catalog.views import DatasetView

MOST_ACROSS: Final = 9
MOST_DOWN: Final = 7
_STEP: Final = 10
_EDGE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Squares by their place and their class, and the dataset that they come from."""

    slug: str
    title: str
    width: int
    height: int
    squares: tuple[tuple[float, float, str], ...]


def mosaic(view: DatasetView, heat: Heat) -> Mosaic:
    """Return the last lines of a heat table as columns of squares."""
    lines, height = heat.lines[-MOST_ACROSS:], min(len(heat.columns), MOST_DOWN)
    squares = tuple(
        (x * _STEP + _EDGE, y * _STEP + _EDGE, line.cells[y].style)
        for x, line in enumerate(lines)
        for y in range(height)
    )
    return Mosaic(view.slug, view.title, len(lines), height, squares)
