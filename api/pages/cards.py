"""A dataset in a list: its title, a line, what it covers, how much of it is masked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.pages import words
from api.pages.standing import Standing, standing_of
from catalog.declaration import Theme
from catalog.freshness import Freshness, Tried, freshness_of
from catalog.models import NOT_COLLECTED
from catalog.spans import window_of
from catalog.views import DatasetView

_CONFIRMED: Final = "confirmé"
_TRIED: Final = "dernière tentative"
_UNSERVED: Final = {"withdrawn": "retiré", "refused": "refusé", NOT_COLLECTED: ""}


@dataclass(frozen=True, slots=True)
class Card:
    """One dataset of a list; `event` is what happened last to it, if anything, and `age_of` when."""

    slug: str
    title: str
    line: str
    service: str
    theme: str
    icon: str
    standing: Standing
    covers: str
    simulated: bool
    version: int | None
    event: str
    age_of: datetime
    masked: int
    formats: tuple[str, ...]


def card(view: DatasetView, tried: Tried, now: datetime) -> Card:
    """Return a dataset's card."""
    fresh = freshness_of(view, tried, now)
    current = view.current if view.served else None
    theme, icon = words.THEMES[Theme(view.theme)]
    event, age_of = _event(view, fresh)
    return Card(
        slug=view.slug,
        title=view.title,
        line=first_sentence(view.description),
        service=view.service,
        theme=theme,
        icon=icon,
        standing=standing_of(view, fresh),
        covers=words.covers(current.periods, window_of(view)) if current else "",
        simulated=view.simulated,
        version=current.number if current else None,
        event=event,
        age_of=age_of,
        masked=current.masked if current else 0,
        formats=tuple(name for file, (name, _) in words.FORMATS.items() if current and current.file(file)),
    )


def newest(cards: Iterable[Card], most: int) -> list[Card]:
    """Return what happened last, the newest first; states that are confirmed every minute come after all else."""
    by_age = sorted((one for one in cards if one.event), key=lambda one: one.age_of, reverse=True)
    return sorted(by_age, key=lambda one: one.event == _CONFIRMED)[:most]


def _event(view: DatasetView, fresh: Freshness) -> tuple[str, datetime]:
    """Return what happened last to a dataset, in a word, and when; nothing ever happens to one not collected."""
    if not view.served or view.current is None:
        return _UNSERVED.get(view.state, _TRIED), view.withdrawn_since
    if view.kind == "live":
        return _CONFIRMED, fresh.confirmed or view.updated_at
    return "publié", view.current.published_at


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
