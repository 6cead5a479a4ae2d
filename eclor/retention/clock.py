"""Whether the clock may be believed before anything is destroyed by it.

A mark keeps the last instant that was believed and the machine's uptime then. Within one boot the clock must have
advanced as the uptime did; over a reboot it must not have gone back, nor leapt further than a night and a day. What
else wrote an instant down (walks, journal) is no evidence for a leap: it may have been written by the leapt clock.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from eclor.durable import write_whole
from eclor.errors import EclorError
from eclor.world import Uptime, World

LEAP: Final = timedelta(hours=36)
"""The longest silence that a reboot explains by itself."""
_DRIFT: Final = timedelta(minutes=5)
_DRIFT_SHARE: Final = 0.001
_FILE: Final = "clock.json"


@dataclass(frozen=True, slots=True)
class _Mark:
    """The last instant believed, and the uptime then."""

    instant: datetime
    uptime: Uptime


def believed_now(folder: Path, world: World, *, known: datetime | None) -> datetime:
    """Return the present instant, if the clock may be believed, and remember it.

    `known` is the last instant of the journal, none before the first entry. Refuses (`EclorError`) a clock that went
    back or leapt ahead: a person must then look at it (`confirm`).
    """
    now, uptime = world.clock.now(), world.uptime()
    if known is not None and now < known - _DRIFT:
        raise EclorError("retention.clock-went-back", now=_said(now), last=_said(known))
    mark = _read(folder) or (_Mark(known, Uptime("", 0.0)) if known else None)
    if mark is not None:
        _compare(mark, now, uptime)
    _write(folder, now, uptime)
    return now


def confirm(folder: Path, world: World, *, known: datetime | None) -> datetime:
    """Believe the clock because a person looked at it. Refuses one that is behind the journal."""
    now = world.clock.now()
    if known is not None and now < known - _DRIFT:
        raise EclorError("retention.clock-went-back", now=_said(now), last=_said(known))
    _write(folder, now, world.uptime())
    return now


def refuse_leapt(folder: Path, world: World) -> None:
    """Refuse (`EclorError`) to walk by a clock that leapt ahead within one boot, further than a night and a day.

    Periods that are open would come out, and the journal would take nothing until that date comes. Over a reboot it is
    not known from a long stop: walks go on, and nothing is destroyed.
    """
    try:
        mark = _read(folder)
    except EclorError:  # lost: no evidence
        return
    now, uptime = world.clock.now(), world.uptime()
    if mark is None or not uptime.boot or uptime.boot != mark.uptime.boot:
        return
    expected = mark.instant + _lasted(mark, uptime)
    if now - expected > LEAP + _DRIFT:
        raise EclorError("run.clock-leapt", now=_said(now), expected=_said(expected))


def _lasted(mark: _Mark, uptime: Uptime) -> timedelta:
    return timedelta(seconds=max(0.0, uptime.seconds - mark.uptime.seconds))


def _compare(mark: _Mark, now: datetime, uptime: Uptime) -> None:
    if uptime.boot and uptime.boot == mark.uptime.boot:
        earliest = latest = _lasted(mark, uptime)
    else:
        earliest, latest = timedelta(), LEAP
    drift = _DRIFT + latest * _DRIFT_SHARE
    if now - mark.instant < earliest - drift:
        raise EclorError("retention.clock-went-back", now=_said(now), last=_said(mark.instant + earliest))
    if now - mark.instant > latest + drift:
        raise EclorError("retention.clock-leapt", now=_said(now), last=_said(mark.instant))


def _read(folder: Path) -> _Mark | None:
    with suppress(FileNotFoundError):
        try:
            plain = json.loads((folder / _FILE).read_bytes())
            instant = datetime.fromisoformat(plain["instant"])
            return _Mark(instant, Uptime(str(plain["boot"]), float(plain["seconds"])))
        except (ValueError, LookupError, TypeError) as error:
            raise EclorError("retention.clock-unreadable", file=_FILE) from error
    return None


def _write(folder: Path, now: datetime, uptime: Uptime) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = {"instant": now.isoformat(), "boot": uptime.boot, "seconds": uptime.seconds}
    write_whole(folder / _FILE, json.dumps(plain).encode(), mode=0o600)


def _said(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
