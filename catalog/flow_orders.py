"""What people ordered of the flows: pause, resume, rerun; told in the journal first, then kept for whoever asks.

A flow is one source's rows for one dataset, `SOURCE/JEU`, however many addresses they come from. `flows.json` of the
home says what stands; it is read again by whoever is about to ask a source, so that an order holds within seconds and
after a restart. A kill between the journal and the file leaves an order told and not given: giving it again is right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import orjson

from catalog.locks import alone
from charter.chain import Kind
from charter.journal import Journal
from eclor.durable import write_whole
from eclor.errors import SettingsRefused
from eclor.failpoints import failpoint
from eclor.names import PersonId
from eclor.world import World

FILE: Final = "flows.json"
_PATIENCE_S: Final = 10


class Order(StrEnum):
    """What a person may order of a flow."""

    PAUSE = "pause"
    RESUME = "resume"
    RERUN = "rerun"


@dataclass(frozen=True, slots=True)
class Given:
    """One order: who gave it and when."""

    person: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands for one flow: who paused it, who last asked for a run now."""

    paused: Given | None = None
    rerun: Given | None = None


@dataclass(frozen=True, slots=True)
class OrderBook:
    """Where orders are given: the home, its journal, its world."""

    home: Path
    journal: Journal
    world: World


def flow_name(source: str, dataset: str) -> str:
    """Return the name of a flow."""
    return f"{source}/{dataset}"


def orders_of(home: Path) -> Mapping[str, Stands]:
    """Return what stands for each flow of which anything was ever ordered. Costs a look at the file's date."""
    path = home / FILE
    try:
        stat = path.stat()
    except FileNotFoundError:
        return MappingProxyType({})
    return _read(path, (stat.st_mtime_ns, stat.st_ino))


def is_paused(source: str, dataset: str, home: Path) -> bool:
    """Say whether a person paused a flow. Refuses (`SettingsRefused`) a file that is damaged."""
    stands = orders_of(home).get(flow_name(source, dataset))
    return stands is not None and stands.paused is not None


def give(order: Order, flow: str, person: PersonId, book: OrderBook) -> Stands:
    """Tell an order in the journal, then let it stand; return what stands now.

    Refuses (`SettingsRefused`) to pause what is paused, to resume what is not, to run now what is paused.
    """
    with alone(book.home / ".flows.lock", world=book.world, patience_s=_PATIENCE_S):
        before = orders_of(book.home)
        _check(order, flow, before.get(flow, Stands()))
        source, _, dataset = flow.partition("/")
        book.journal.append(Kind.FLOW, source=source, dataset=dataset, order=order.value, person=person)
        failpoint("flows.journaled")
        after = _after(order, before.get(flow, Stands()), Given(person, book.world.clock.now()))
        plain = {"format": 1, "flows": {name: _plain(one) for name, one in {**before, flow: after}.items()}}
        write_whole(book.home / FILE, orjson.dumps(plain, option=orjson.OPT_INDENT_2), mode=0o600)
    return after


def _check(order: Order, flow: str, stands: Stands) -> None:
    if order is Order.RESUME and stands.paused is None:
        raise SettingsRefused("flow.not-paused", flow=flow)
    if order is not Order.RESUME and stands.paused is not None:
        since = f"{stands.paused.at:%Y-%m-%d %H:%M} UTC"
        raise SettingsRefused("flow.paused", flow=flow, person=stands.paused.person, since=since)


def _after(order: Order, stands: Stands, given: Given) -> Stands:
    match order:
        case Order.PAUSE:
            return replace(stands, paused=given)
        case Order.RESUME:
            return Stands(paused=None, rerun=given)
        case Order.RERUN:
            return replace(stands, rerun=given)


def _plain(stands: Stands) -> dict[str, object]:
    return {
        name: one and {"person": one.person, "at": one.at.astimezone(UTC).isoformat()}
        for name, one in {"paused": stands.paused, "rerun": stands.rerun}.items()
    }


@lru_cache(maxsize=8)
def _read(path: Path, _changed: tuple[int, int]) -> Mapping[str, Stands]:
    """Read the file. Refuses (`SettingsRefused`) one that is damaged: nobody asks a source that may be paused."""
    try:
        plain = orjson.loads(path.read_bytes())
        found = {str(name): Stands(_given(one["paused"]), _given(one["rerun"])) for name, one in plain["flows"].items()}
    except (ValueError, LookupError, TypeError, AttributeError) as damaged:
        raise SettingsRefused("flow.file-damaged", file=path.name) from damaged
    return MappingProxyType(found)


def _given(plain: Mapping[str, str] | None) -> Given | None:
    return None if plain is None else Given(PersonId(plain["person"]), datetime.fromisoformat(plain["at"]))
