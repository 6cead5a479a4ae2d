"""Local times of a series, given their offset back: the hour that comes twice in autumn is told by its order."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from harvesters.times import PARIS

_LOCAL: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.0+)?", re.ASCII)
_TWICE: Final = 2


def with_offsets(times: Sequence[str]) -> Iterator[str]:
    """Yield each local time of a series with its offset, in ISO 8601; whatever is no local time stays as it is.

    A time of the doubled hour that stands twice is first that of summer, then that of winter, or the other way round
    where the series goes backwards. One that stands once, or that the clocks skip, keeps no offset: nobody knows.
    """
    first, last = next(_moments(times), None), next(_moments(reversed(times)), None)
    backwards = first is not None and last is not None and first > last
    counts = Counter(moment for moment in _moments(times) if _is_doubled(moment))
    seen: set[datetime] = set()
    for text in times:
        moment = _moment(text)
        if moment is None:
            yield text
        elif _is_sure(moment):
            yield moment.replace(tzinfo=PARIS).isoformat()
        elif counts[moment] != _TWICE:
            yield moment.isoformat()
        else:
            yield moment.replace(tzinfo=PARIS, fold=(moment in seen) != backwards).isoformat()
            seen.add(moment)


def _moments(times: Iterable[str]) -> Iterator[datetime]:
    return (moment for text in times if (moment := _moment(text)) is not None)


def _moment(text: str) -> datetime | None:
    found = _LOCAL.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ':00'}")
    except ValueError:
        return None


def _offsets(moment: datetime) -> tuple[timedelta, timedelta]:
    """Return the offset of a local time as that of its first and of its second coming: one of them, usually."""
    first, second = (moment.replace(tzinfo=PARIS, fold=fold).utcoffset() for fold in (0, 1))
    assert first is not None, "Paris has an offset"
    assert second is not None, "Paris has an offset"
    return first, second


def _is_sure(moment: datetime) -> bool:
    first, second = _offsets(moment)
    return first == second


def _is_doubled(moment: datetime) -> bool:
    first, second = _offsets(moment)
    return first > second
