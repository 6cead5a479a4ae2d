"""All that the page of one dataset shows, gathered: its state, its main answer, its table, what protects it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.pages import words
from api.pages.bars import Bars, bars
from api.pages.heat import Heat, heat
from api.pages.live import Alert, Tile, alerts, tiles
from api.pages.maps import Drawing, Zone, drawing
from api.pages.names import Names, Row
from api.row_files import Record
from api.rows import Question, Sort
from catalog.declaration import ViewKind
from catalog.notes import PARIS
from catalog.views import VersionView
from charter.durations import Duration

MOST_ROWS: Final = 2000
"""Rows that a chart reads; beyond, the table and the files show the rest."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The main answer of a page, under its question: one of these is there, or none."""

    heat: Heat | None = None
    bars: Bars | None = None
    drawing: Drawing | None = None
    tiles: tuple[Tile, ...] = ()
    alerts: tuple[Alert, ...] | None = None

    @property
    def live(self) -> bool:
        """Say whether it is a state that a stream renews."""
        return bool(self.tiles) or self.alerts is not None


def chart_question(version: VersionView, names: Names) -> Question:
    """Return what the chart asks of the rows: the last lines of a heat table, the greatest bars, else the first."""
    view = names.declaration.view
    columns = tuple(column.name for column in version.columns)
    sort = {ViewKind.HEAT_MAP: view.rows, ViewKind.BARS: view.value}.get(view.kind)
    sorts = (Sort(sort, descending=True),) if sort is not None and names.has(sort) else ()
    return Question(columns, MOST_ROWS, sorts=sorts)


def answer_of(records: Sequence[Record], names: Names, *, zones: Sequence[Zone], now: datetime) -> Answer:
    """Return the main answer from the chart's rows."""
    rows: list[Row] = [dict(zip(names.columns, record, strict=False)) for record in records]
    match names.declaration.view.kind:
        case ViewKind.HEAT_MAP:
            return Answer(heat=heat(rows, names))
        case ViewKind.BARS:
            return Answer(bars=bars(rows, names))
        case ViewKind.MAP:
            return Answer(drawing=drawing(rows, names, zones))
        case ViewKind.WAITING:
            return Answer(tiles=tiles(rows, names, limit_s=limit_s(names, now), now=now))
        case ViewKind.LIST:
            return Answer(alerts=alerts(rows, names, now))
        case ViewKind.NONE:
            return Answer()


def limit_s(names: Names, now: datetime) -> float:
    """Return the age in seconds past which a live value is unknown."""
    local = now.astimezone(PARIS)
    return (Duration.parse(names.declaration.freshness).after(local) - local).total_seconds()


@dataclass(frozen=True, slots=True)
class Download:
    """One file to download: its name, its format, whom it is for, its size."""

    file: str
    name: str
    use: str
    size: str


def downloads(version: VersionView) -> tuple[Download, ...]:
    """Return the data files of a version, the main one first."""
    found = ((file, version.file(file)) for file in words.FORMATS)
    return tuple(Download(file, *words.FORMATS[file], words.size(held.size_bytes)) for file, held in found if held)


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """One column, described."""

    name: str
    title: str
    description: str
    unit: str
    type: str


def columns_of(names: Names) -> tuple[ColumnWords, ...]:
    """Return the columns of a version, described."""
    return tuple(
        ColumnWords(name, names.title(name), names.description(name), names.unit(name), column.type)
        for name, column in names.columns.items()
    )


def refusal_words(reason: str) -> tuple[str, str]:
    """Part a refusal into its code and its sentence."""
    if reason.startswith("[") and "] " in reason:
        code, _, sentence = reason[1:].partition("] ")
        return code, sentence
    return "", reason
