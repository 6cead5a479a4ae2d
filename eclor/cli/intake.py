"""eclor intake: listen to the brokers that feed a territory's datasets, for as long as it is left on."""

import json
import signal
import sys
from collections.abc import Iterable
from threading import Event, Thread
from typing import Final

import structlog

from catalog.flow_orders import is_paused
from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House, machine_world, open_house
from eclor.settings import ENDPOINTS, Settings
from eclor.standing import allowed_fields, plan_in_force
from harvesters.declaration import Source
from harvesters.listening import StreamState, listen

log = structlog.get_logger()
_LOOK_S: Final = 1.0
"""How often it is looked whether a person paused a flow, or resumed it."""


def intake() -> None:
    """Listen to every message broker of the territory whose dataset's policy is in force; store, then acknowledge."""
    settings, stopping = Settings(), Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    Thread(target=_end_with_parent, args=[stopping], daemon=True).start()
    endpoints = json.loads((settings.home / ENDPOINTS).read_text())
    with open_house(settings, endpoints=endpoints, world=machine_world(settings.home)) as house:
        halts = [(flow, Event()) for flow in house.sources if flow.access == "mqtt"]
        listeners = [Thread(target=_listen, args=[flow, house, stopping, halt]) for flow, halt in halts]
        _heed(halts, house)
        for listener in listeners:
            listener.start()
        while not stopping.wait(_LOOK_S):
            _heed(halts, house)
        for _, halt in halts:
            halt.set()
        for listener in listeners:
            listener.join()


def _heed(halts: Iterable[tuple[Source, Event]], house: House) -> None:
    """Halt each flow that a person paused, let the others go on; all halt if nobody can know which are paused."""
    for flow, halt in halts:
        try:
            paused = is_paused(flow.name, flow.dataset, house.settings.home)
        except EclorError:
            paused = True
        if paused:
            halt.set()
        else:
            halt.clear()


def _listen(flow: Source, house: House, stopping: Event, halt: Event) -> None:
    """Listen to one flow once its policy allows it and while nobody paused it: else nothing is asked for."""
    while not stopping.is_set():
        if halt.is_set():
            stopping.wait(_LOOK_S)
            continue
        try:
            allowed = allowed_fields(plan_in_force(flow.dataset, house))
            listen(flow, allowed, store=house.store, reach=house.reach, stop=halt, on_state=_told)
        except (EclorError, PolicyRefusals) as refusal:
            log.warning("intake.waiting", dataset=flow.dataset, kind=type(refusal).__name__)
            stopping.wait(30)


def _told(state: StreamState, code: str) -> None:
    log.info("intake.state", state=state.value, code=code)


def _end_with_parent(stopping: Event) -> None:
    """Stop when the process that started us dies: our standard input closes then."""
    sys.stdin.buffer.read()
    stopping.set()
