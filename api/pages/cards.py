"""A dataset in a list: its title, a line, what it covers, how much of it is masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from api.pages import words
from api.pages.standing import Standing, standing_of
from catalog.declaration import Theme
from catalog.freshness import Tried, freshness_of
from catalog.views import DatasetView


@dataclass(frozen=True, slots=True)
class Card:
    """One dataset of a list; `age_of` is the instant whose age is shown."""

    slug: str
    title: str
    line: str
    service: str
    theme: str
    icon: str
    standing: Standing
    covers: str
    live: bool
    simulated: bool
    version: int | None
    age_of: datetime
    masked: int
    formats: tuple[str, ...]


def card(view: DatasetView, tried: Tried, now: datetime) -> Card:
    """Return a dataset's card."""
    fresh = freshness_of(view, tried, now)
    current = view.current if view.served else None
    theme, icon = words.THEMES[Theme(view.theme)]
    return Card(
        slug=view.slug,
        title=view.title,
        line=first_sentence(view.description),
        service=view.service,
        theme=theme,
        icon=icon,
        standing=standing_of(view, fresh),
        covers=words.covers(current.periods) if current else "",
        live=view.kind == "live",
        simulated=view.simulated,
        version=current.number if current else None,
        age_of=(fresh.confirmed or view.updated_at) if current else view.updated_at,
        masked=current.masked if current else 0,
        formats=tuple(name for file, (name, _) in words.FORMATS.items() if current and current.file(file)),
    )


def first_sentence(text: str) -> str:
    """Return a text's first sentence."""
    head, mark, _ = text.partition(". ")
    return f"{head}." if mark else head


@dataclass(frozen=True, slots=True)
class ThemeTile:
    """One theme: its name, its icon, how many datasets it has."""

    theme: str
    name: str
    icon: str
    count: int


def theme_tiles(counts: Mapping[str, int]) -> tuple[ThemeTile, ...]:
    """Return the fourteen themes in their order."""
    return tuple(
        ThemeTile(theme.value, name, icon, counts.get(theme.value, 0)) for theme, (name, icon) in words.THEMES.items()
    )
