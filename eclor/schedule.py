"""When each dataset walks: at its source's pace, two walks at a time at most, for as long as the run lasts."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Final

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from catalog.database import reading
from catalog.flow_orders import orders_of
from catalog.flows import SHORTEST
from catalog.reading import last_walk
from eclor.errors import EclorError
from eclor.house import House
from eclor.names import Slug
from eclor.resting import Rest
from harvesters.source import Source

log = structlog.get_logger()

SIDE_BY_SIDE: Final = 2
"""Walks at once: while the gates judge one, the other is harvested."""
_LOOK_S: Final = 0.05
"""How often it is looked whether a person asked for a run now, or a broker told something."""
_NEVER: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something that the house does besides walking, and when."""

    do: Callable[[], None]
    trigger: IntervalTrigger | CronTrigger


def nightly(do: Callable[[], None]) -> Chore:
    """Return a chore of each night, at ten past three in Paris: an hour that no change of clocks skips."""
    return Chore(do, CronTrigger(hour=3, minute=10, timezone="Europe/Paris"))


def every(pause: timedelta, do: Callable[[], None]) -> Chore:
    """Return a chore of all day long."""
    return Chore(do, IntervalTrigger(seconds=int(pause.total_seconds())))


def keep_walking(
    house: House,
    walk_one: Callable[[Slug], None],
    *,
    chores: Collection[Chore],
    at_once: Collection[Slug],
    until: Event,
) -> None:
    """Walk every dataset again at the pace that its quickest flow declares, until the event is set; and do the chores.

    Those of `at_once` begin now. A walk that is late is done once, not caught up; a dataset never walks twice at the
    same time, and a long walk does not hold up a live one.
    """
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(SIDE_BY_SIDE)}, timezone="UTC")
    reruns = _Reruns(house, scheduler, _begun(house))
    told = _Told(reruns, tuple(flow for flow in house.sources if flow.tells_a_state))

    def begin(dataset: Slug) -> None:
        reruns.began[dataset] = house.world.clock.now()
        with told.walking(dataset):
            walk_one(dataset)

    for dataset in house.policies:
        now = {"next_run_time": house.world.clock.now()} if dataset in at_once else {}
        scheduler.add_job(
            begin,
            "interval",
            id=dataset,
            args=[dataset],
            seconds=int(_pace(house, dataset).total_seconds()),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            **now,
        )
    for chore in chores:
        scheduler.add_job(chore.do, chore.trigger, coalesce=True, max_instances=1, misfire_grace_time=None)
    scheduler.start()
    try:
        while not until.wait(_LOOK_S):
            reruns.look()
            told.look()
    finally:
        scheduler.shutdown(wait=False)


@dataclass(frozen=True, slots=True)
class _Reruns:
    """Brings forward the next walk of each dataset of which a person asked for a run now, until it has begun."""

    house: House
    scheduler: BackgroundScheduler
    began: dict[Slug, datetime]

    def look(self) -> None:
        """Look at what was ordered: the date of one file, while nothing is. A damaged file is said by each walk."""
        now = self.house.world.clock.now()
        try:
            orders = orders_of(self.house.settings.home)
        except EclorError as damaged:
            log.warning("flows.orders_unreadable", code=damaged.code)
            return
        for flow, stands in orders.items():
            dataset = Slug(flow.partition("/")[2])
            asked = stands.rerun.at if stands.rerun else None
            if asked and dataset in self.began and asked > self.began[dataset]:
                self.scheduler.modify_job(dataset, next_run_time=now)


@dataclass(frozen=True, slots=True)
class _Told:
    """Brings forward the next walk of each dataset of which a broker told a new state since the last one."""

    reruns: _Reruns
    flows: tuple[Source, ...]
    walked: dict[Slug, tuple[str, ...]] = field(default_factory=dict)
    rests: dict[Slug, Rest] = field(default_factory=lambda: defaultdict(Rest))

    @contextmanager
    def walking(self, dataset: Slug) -> Iterator[None]:
        """Note that a walk begins now and what it will see, then that it ended."""
        rest = self.rests[dataset]
        self.walked[dataset] = self._told(dataset)
        rest.begin(self.reruns.house.world.clock.now())
        try:
            yield
        finally:
            rest.end()

    def look(self) -> None:
        """Look at the folders of what is told."""
        now = self.reruns.house.world.clock.now()
        for dataset in {flow.dataset for flow in self.flows}:
            told = self._told(dataset)
            if any(told) and told != self.walked.get(dataset) and self.rests[dataset].is_over(now):
                self.reruns.scheduler.modify_job(dataset, next_run_time=now)

    def _told(self, dataset: Slug) -> tuple[str, ...]:
        return tuple(self.reruns.house.store.told(flow) for flow in self.flows if flow.dataset == dataset)


def _begun(house: House) -> dict[Slug, datetime]:
    """Return when the last walk of each dataset began."""
    with reading(house.catalog.engine) as session:
        last = {dataset: last_walk(session, dataset) for dataset in house.policies}
    return {dataset: walked.started_at if walked else _NEVER for dataset, walked in last.items()}


def order(house: House) -> tuple[list[Slug], list[Slug]]:
    """Return the datasets in two waves: those asked of a source, then those that a broker feeds."""
    fed = {source.dataset for source in house.sources if source.is_told}
    first = [dataset for dataset in house.policies if dataset not in fed]
    return first, [dataset for dataset in house.policies if dataset in fed]


def _pace(house: House, dataset: Slug) -> timedelta:
    flows = [source.every for source in house.sources if source.dataset == dataset]
    return max(min(flows, default=timedelta(hours=1)), SHORTEST)
