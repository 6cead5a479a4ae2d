"""eclor intake: listen to the brokers that feed a territory's datasets, for as long as it is left on."""

import json
import signal
import sys
from threading import Event, Thread

import structlog

from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House, machine_world, open_house
from eclor.settings import ENDPOINTS, Settings
from eclor.standing import allowed_fields, plan_in_force
from harvesters.declaration import Source
from harvesters.listening import StreamState, listen

log = structlog.get_logger()


def intake() -> None:
    """Listen to every message broker of the territory whose dataset's policy is in force; store, then acknowledge."""
    settings, stopping = Settings(), Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    Thread(target=_end_with_parent, args=[stopping], daemon=True).start()
    endpoints = json.loads((settings.home / ENDPOINTS).read_text())
    with open_house(settings, endpoints=endpoints, world=machine_world(settings.home)) as house:
        listeners = [
            Thread(target=_listen, args=[flow, house, stopping]) for flow in house.sources if flow.access == "mqtt"
        ]
        for listener in listeners:
            listener.start()
        for listener in listeners:
            listener.join()


def _listen(flow: Source, house: House, stopping: Event) -> None:
    """Listen to one flow once its policy allows it: before that nothing is asked for."""
    while not stopping.is_set():
        try:
            allowed = allowed_fields(plan_in_force(flow.dataset, house))
            listen(flow, allowed, store=house.store, reach=house.reach, stop=stopping, on_state=_told)
        except (EclorError, PolicyRefusals) as refusal:
            log.warning("intake.waiting", dataset=flow.dataset, kind=type(refusal).__name__)
            stopping.wait(30)


def _told(state: StreamState, code: str) -> None:
    log.info("intake.state", state=state.value, code=code)


def _end_with_parent(stopping: Event) -> None:
    """Stop when the process that started us dies: our standard input closes then."""
    sys.stdin.buffer.read()
    stopping.set()
