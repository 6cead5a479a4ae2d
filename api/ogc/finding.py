"""Pages of rows as the records API finds them: by key, by index, or by a scan of the version's Parquet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from api.asking import count_of, rows_of
from api.ogc.asking import Page
from api.parts import Parts
from api.rows import After, And, Expression, Question
from catalog.views import VersionView
from eclor.errors import RequestRefused

_SLOW: Final = frozenset({"api.too-slow", "rows.too-busy"})


@dataclass(frozen=True, slots=True)
class Plain:
    """A page: the columns wanted, the conditions that must all hold, the place that it begins behind, its size."""

    columns: tuple[str, ...]
    conditions: tuple[Expression, ...]
    after: int | None
    limit: int


async def plain_page(parts: Parts, version: VersionView, asked: Plain, known_count: int | None, client: str) -> Page:
    """Return a page; it does not say how many fit where counting them takes too long. Refuses as `rows_of` does."""
    behind = None if asked.after is None else After((), asked.after)
    question = Question(asked.columns, asked.limit, where=And((*_flat(asked.conditions),)), after=behind)
    rows = await rows_of(parts, version, question, beyond=1, client=client)
    more = len(rows) > asked.limit
    matched = known_count
    if matched is None and behind is None and not more:
        matched = len(rows)
    if matched is None:
        matched = await _counted(parts, version, question, client)
    return Page(rows[: asked.limit], more, matched)


def _flat(conditions: Iterable[Expression]) -> Iterator[Expression]:
    """Give conditions without an And around them: an index is looked for each."""
    for one in conditions:
        if isinstance(one, And):
            yield from _flat(one.parts)
        else:
            yield one


async def _counted(parts: Parts, version: VersionView, question: Question, client: str) -> int | None:
    try:
        return await count_of(parts, version, question, client=client)
    except RequestRefused as refusal:
        if refusal.code not in _SLOW:
            raise
        return None
