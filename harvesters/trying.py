"""A public endpoint is asked once, as its source would be, when a person says so; nothing of what comes is kept."""

from contextlib import closing
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Final

from eclor.errors import EclorError, SourceUnavailable
from harvesters import protocols
from harvesters.cursors import Memory
from harvesters.declaration import source_of_point
from harvesters.declared import DeclaredPoint
from harvesters.parsing import PayloadWarning, RefusedRow
from harvesters.public_points import PointState, Try
from harvesters.reach import MIB, Patience, Reach
from harvesters.source import Source
from harvesters.transport.http import TRANSPORT, fetch

_PATIENCE: Final = Patience(attempts=1, read_s=15, whole_s=60, most_bytes=128 * MIB, pause_s=1)
_ENOUGH: Final = 1_000
"""Rows after which a point is known to speak its protocol."""
_STATES: Final = MappingProxyType(
    dict.fromkeys(("source.no-credential", "source.secrets-file"), PointState.NOT_TRIED)
    | dict.fromkeys(
        ("source.html", "source.not-allowed", "source.not-found", "source.status", "pages.no-list"),
        PointState.OTHERWISE,
    )
)
"""Refusals of a source before anything is asked, and those of an answer: all others are silence, or no answer whole."""


def try_point(point: DeclaredPoint, reach: Reach) -> Try:
    """Ask a point once and read the first page of what it answers: whatever it does is a state, never a refusal."""
    now = reach.clock.now()
    try:
        answers = _has_rows(source_of_point(point, access=TRANSPORT.name), replace(reach, patience=_PATIENCE))
    except SourceUnavailable as refusal:
        return Try(_STATES.get(refusal.code, PointState.UNREACHABLE), now, refusal.code)
    except EclorError as refusal:
        return Try(PointState.OTHERWISE, now, refusal.code)
    return Try(PointState.ANSWERS, now) if answers else Try(PointState.OTHERWISE, now, "point.no-row")


def _has_rows(source: Source, reach: Reach) -> bool:
    """Say whether the first delivery has rows, read up to enough. Raises what the transport or the parser refuses."""
    protocol = protocols.load(source.protocol)
    fetched = fetch(source, wanted=frozenset(), memory=Memory({}, same_terms=False), reach=reach)
    with closing(fetched):
        for payload in fetched:
            events = protocol.parse(payload.stream, name=payload.name, options=source.options)
            read = list(islice((not isinstance(event, RefusedRow | PayloadWarning) for event in events), _ENOUGH))
            return any(read)
    return False
