"""Local times of a series, given their offset back: the hour that comes twice in autumn is told by its order."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from harvesters.times import PARIS

_LOCAL: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.0+)?", re.ASCII)
_TWICE: Final = 2


def with_offsets(times: Sequence[str]) -> list[str]:
    """Return each local time of a series with its offset, in ISO 8601; whatever is no local time stays as it is.

    A time of the doubled hour that stands twice is first that of summer, then that of winter, or the other way round
    where the series goes backwards. One that stands once, or that the clocks skip, keeps no offset: nobody knows.
    """
    moments = [_moment(text) for text in times]
    known = [moment for moment in moments if moment is not None]
    backwards = bool(known) and known[0] > known[-1]
    counts = Counter(known)
    seen: Counter[datetime] = Counter()
    written = []
    for text, moment in zip(times, moments, strict=True):
        if moment is None:
            written.append(text)
            continue
        seen[moment] += 1
        written.append(_written(moment, times=counts[moment], rank=seen[moment], backwards=backwards))
    return written


def _moment(text: str) -> datetime | None:
    found = _LOCAL.fullmatch(text)
    if found is None:
        return None
    try:
        return datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ':00'}")
    except ValueError:
        return None


def _written(moment: datetime, *, times: int, rank: int, backwards: bool) -> str:
    first, second = (moment.replace(tzinfo=PARIS, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.isoformat()
    doubled = (first.utcoffset() or 0) > (second.utcoffset() or 0)  # type: ignore[operator]
    if not doubled or times != _TWICE:
        return moment.isoformat()
    return (first if (rank == 1) != backwards else second).isoformat()
