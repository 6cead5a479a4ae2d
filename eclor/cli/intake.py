"""eclor intake: listen to the brokers that feed a territory's datasets, for as long as it is left on."""

import gc
import signal
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final, Self

import structlog

from catalog.flow_orders import is_paused
from charter.periods import local_date
from eclor.children import when_stdin_ends
from eclor.cli.at_home import at_home
from eclor.cli.intake_ways import Brokered, Subscribed, Way
from eclor.errors import Busy, EclorError, PolicyRefusals
from eclor.house import House
from eclor.names import Slug
from eclor.standing import plan_in_force
from harvesters.notifications import opened
from harvesters.source import Source
from harvesters.subscription import end_left
from harvesters.subscription_register import Register

log = structlog.get_logger()
_LOOK_S: Final = 1.0
"""How often it is looked whether a person paused a flow, resumed it, or acted on its policy."""
_WAIT_S: Final = 30.0


def intake() -> None:
    """Listen to every broker of the territory whose dataset's policy is in force; store, then acknowledge."""
    stopping = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    when_stdin_ends(stopping.set)
    with at_home() as house, ExitStack() as doors:
        gc.collect()
        gc.freeze()  # what was read stays: a message would wait while it is looked through again
        keep_listening(ways_of(house, doors), house, stopping)


def keep_listening(ways: Sequence[Way], house: House, stopping: Event) -> None:
    """Listen to each flow until `stopping` is set, but for those that a person paused or whose policy ended."""
    watches = [Watch.of(way, house) for way in ways]
    listeners = [Thread(target=_keep, args=[watch, house, stopping]) for watch in watches]
    for watch in watches:
        watch.look(house)
    for listener in listeners:
        listener.start()
    while not stopping.wait(_LOOK_S):
        for watch in watches:
            watch.look(house)
    for watch in watches:
        watch.halt.set()
    for listener in listeners:
        listener.join()


def ways_of(house: House, doors: ExitStack) -> list[Way]:
    """Return how each flow that is told is listened to; no port is opened where nothing is subscribed to.

    Without the port those flows are polled.
    """
    register = Register(house.settings.home / "subscriptions")
    subscribed = [flow for flow in house.sources if flow.subscription is not None]
    Thread(target=end_left, args=[subscribed, register, house.reach], daemon=True).start()
    ways: list[Way] = [Brokered(flow, house) for flow in house.sources if flow.is_told and flow not in subscribed]
    if not subscribed:
        return ways
    try:
        door = doors.enter_context(opened(house.settings.notify_port, house.settings.notify_url))
    except OSError:
        log.warning("intake.no_port", port=house.settings.notify_port)
        return ways
    return [*ways, *(Subscribed.of(flow, house, door, register) for flow in subscribed)]


@dataclass(slots=True)
class Watch:
    """What ends the listening to a flow: a person who pauses it, an act on its policy, another day."""

    way: Way
    halt: Event
    acted: Event
    """Since the policy was last asked: whoever listens then asks again."""
    _seen: tuple[object, ...]

    @classmethod
    def of(cls, way: Way, house: House) -> Self:
        """Return the watch of a flow from now on."""
        return cls(way, Event(), Event(), _stamps(way.flow.dataset, house))

    def look(self, house: House) -> None:
        """Halt the flow if it has to, let it go on else; it halts if nobody can know whether it is paused."""
        seen = _stamps(self.way.flow.dataset, house)
        if seen != self._seen:
            self._seen = seen
            self.acted.set()
        if self.acted.is_set() or _is_paused(self.way.flow, house):
            self.halt.set()
        else:
            self.halt.clear()


def _stamps(dataset: Slug, house: House) -> tuple[object, ...]:
    """Return what changes when a policy may have: its file, that of its acts, the day, as it is valid by day."""
    files = (house.policies.get(dataset), house.acts(dataset))
    return (*map(_written_at, files), local_date(house.world.clock.now()))


def _written_at(file: Path | None) -> int:
    try:
        return file.stat().st_mtime_ns if file else 0
    except FileNotFoundError:
        return 0


def _is_paused(flow: Source, house: House) -> bool:
    try:
        return is_paused(flow.name, flow.dataset, house.settings.home)
    except EclorError:
        return True


def _keep(watch: Watch, house: House, stopping: Event) -> None:
    """Listen to one flow once its policy allows it and while nobody paused it: else nothing is asked for."""
    way = watch.way
    while not stopping.is_set():
        if watch.halt.is_set():
            way.leave()
            watch.acted.clear()
            stopping.wait(_LOOK_S)
            continue
        try:
            plan = plan_in_force(way.flow.dataset, house)
        except (EclorError, PolicyRefusals) as refusal:
            if not isinstance(refusal, Busy):
                way.leave()
            _wait(way, refusal, stopping)
            continue
        try:
            way.visit(plan, watch.halt)
        except (EclorError, PolicyRefusals) as refusal:
            _wait(way, refusal, stopping)
    way.close()


def _wait(way: Way, refusal: Exception, stopping: Event) -> None:
    code = getattr(refusal, "code", "")
    log.warning("intake.waiting", dataset=way.flow.dataset, kind=type(refusal).__name__, code=code)
    stopping.wait(_LOOK_S if isinstance(refusal, Busy) else _WAIT_S)
