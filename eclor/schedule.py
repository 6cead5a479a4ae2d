"""When each dataset walks: at its source's pace, one walk at a time, for as long as the run lasts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Final

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from eclor.house import House
from eclor.names import Slug

log = structlog.get_logger()

_SIDE_BY_SIDE: Final = 2


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
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(_SIDE_BY_SIDE)}, timezone="UTC")
    for dataset in house.policies:
        now = {"next_run_time": house.world.clock.now()} if dataset in at_once else {}
        scheduler.add_job(
            walk_one,
            "interval",
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
        until.wait()
    finally:
        scheduler.shutdown(wait=False)


def order(house: House) -> tuple[list[Slug], list[Slug]]:
    """Return the datasets in two waves: those asked of a source, then those that a message broker feeds."""
    fed = {source.dataset for source in house.sources if source.access == "mqtt"}
    first = [dataset for dataset in house.policies if dataset not in fed]
    return first, [dataset for dataset in house.policies if dataset in fed]


def _pace(house: House, dataset: Slug) -> timedelta:
    flows = [source.every for source in house.sources if source.dataset == dataset]
    return max(min(flows, default=timedelta(hours=1)), timedelta(seconds=10))
