"""Start every source system of a territory, say where they are, and leave nothing behind."""

import asyncio
import fcntl
import json
import os
import signal
import socket
import stat
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
import uvicorn
from starlette.routing import Route

from harvesters.simulators.broker import BrokerPlan, keep_token, plan_broker
from harvesters.simulators.children import Command, kept, started
from harvesters.simulators.clock import started_at
from harvesters.simulators.history import Stopped
from harvesters.simulators.leash import when_stdin_ends
from harvesters.simulators.misbehaving_drop import MisbehavingDrop
from harvesters.simulators.misbehaving_notifications import MisbehavingNotifications
from harvesters.simulators.misbehaving_web import MisbehavingWeb
from harvesters.simulators.misbehaviour import APART, FILE, Orders, read_orders, system_of, write_orders
from harvesters.simulators.systems import Systems, prepare
from harvesters.simulators.web import Web, create_app, make_web

_log = structlog.get_logger()
_MINUTE_S = 60
_POLL_S = 0.02


@dataclass(frozen=True, slots=True)
class Options:
    """What one start is asked: the territory, where its state lives, the seed, the clock, the lamps' haste, orders."""

    territory: Path
    home: Path
    seed: int
    now: datetime
    fast_lamps_s: float | None
    misbehave: tuple[str, ...] = ()
    """How systems misbehave from the start on; the file that says it is written in `home`."""

    @property
    def orders(self) -> Path:
        """Return the file that orders how systems misbehave."""
        return self.home / FILE


class _Server(uvicorn.Server):
    """A server that leaves signals to us."""

    def capture_signals(self) -> "nullcontext[None]":  # type: ignore[override]
        """Capture none."""
        return nullcontext()


async def run(options: Options) -> None:
    """Run until SIGTERM, SIGINT or, when stdin is a pipe, its end.

    Refuses a home that another run holds, or that another seed filled.
    """
    with _alone(options.home):
        _keep_seed(options.home / "seed", options.seed)
        write_orders(options.orders, options.misbehave)
        stopping = _stopping()
        systems = prepare(options.territory, home=options.home, seed=options.seed, clock=started_at(options.now))
        orders = Orders(options.orders, options.seed)
        web = make_web(systems, MisbehavingNotifications(orders).tell)
        app = _app(web, options, orders)
        drop = MisbehavingDrop(systems.passages(), orders)
        drop.look(systems.due_passages())
        plan = plan_broker(systems.home / "courtier", systems.parameters.lighting.broker)
        keep_token(plan.secrets, systems.parameters.waste.filling.token)
        async with _children(options, systems, plan, stopping), _serving(app) as url:
            making = asyncio.create_task(_make_export(web))
            _announce(
                {
                    "simulateurs": url,
                    "courtier": f"mqtt://127.0.0.1:{plan.port}",
                    "depot": str(systems.drop),
                    "secrets": str(plan.secrets),
                }
            )
            await _each_minute(systems, web, drop, stopping)
            web.export.stopping.set()
            await making


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"another run of the simulators holds {home}"
            raise SystemExit(message) from None
        yield


def _keep_seed(file: Path, seed: int) -> None:
    kept = file.read_text("utf-8").strip() if file.exists() else str(seed)
    if kept != str(seed):
        message = f"{file.parent} was filled with seed {kept}: give that seed, or another home"
        raise SystemExit(message)
    file.write_text(f"{seed}\n", "utf-8")


def _stopping() -> asyncio.Event:
    """Return the event that is set when we must stop."""
    stopping, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    mode = os.fstat(0).st_mode
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        when_stdin_ends(partial(_set_from_thread, loop, stopping))
    return stopping


def _set_from_thread(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> None:
    loop.call_soon_threadsafe(event.set)


@asynccontextmanager
async def _children(
    options: Options, systems: Systems, plan: BrokerPlan, stopping: asyncio.Event
) -> AsyncIterator[None]:
    """Keep the broker and the lamps running; leaving stops them."""
    leash = (sys.executable, "-m", "harvesters.simulators.leash", *plan.command)
    broker = Command(leash, options.home / "courtier.log")
    keeping = [asyncio.create_task(kept(await started(broker), broker, stopping=stopping))]
    try:
        await _listening(plan.port, stopping)
        lamps = Command(_lamps_command(options, systems, plan), options.home / "luminaires.log")
        keeping.append(asyncio.create_task(kept(await started(lamps), lamps, stopping=stopping)))
        yield
    finally:
        stopping.set()
        await asyncio.gather(*keeping)


def _lamps_command(options: Options, systems: Systems, plan: BrokerPlan) -> tuple[str, ...]:
    command = [sys.executable, "-m", "harvesters.simulators.publisher", "--territory", str(options.territory)]
    command += ["--seed", str(options.seed), "--now", systems.started.isoformat()]
    command += ["--mark", str(systems.clock.mark), "--port", str(plan.port), "--secrets", str(plan.secrets)]
    command += ["--misbehave", str(options.orders)]
    return (*command, *(("--fast-lamps", str(options.fast_lamps_s)) if options.fast_lamps_s else ()))


async def _listening(port: int, stopping: asyncio.Event) -> None:
    """Wait until something listens on a port of loopback."""
    while not stopping.is_set():
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(_POLL_S)
        else:
            writer.close()
            return


def _app(web: Web, options: Options, orders: Orders) -> MisbehavingWeb:
    """Return the HTTP systems behind their orders; refuse an order to a system that there is not."""
    app = create_app(web)
    known = {*APART, *(system_of(route.path) for route in app.routes if isinstance(route, Route))}
    if strangers := sorted(set(read_orders(options.misbehave)) - known):
        message = f"no system is called {', '.join(strangers)}: there are {', '.join(sorted(known))}"
        raise SystemExit(message)
    return MisbehavingWeb(app, orders, web.systems.clock.now)


@asynccontextmanager
async def _serving(app: MisbehavingWeb) -> AsyncIterator[str]:
    """Serve on a port of the kernel's choice; give the address."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, date_header=False, lifespan="off", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # whoever calls before the server runs waits for it
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving


async def _make_export(web: Web) -> None:
    """Make the lighting export before somebody asks for it."""
    with suppress(Stopped):
        await web.export.made()


async def _each_minute(systems: Systems, web: Web, drop: MisbehavingDrop, stopping: asyncio.Event) -> None:
    """Each minute of the clock tell the subscribers and put right what was dropped wrong; each day show its files."""
    shown = systems.today()
    while not stopping.is_set():
        pause = _MINUTE_S - systems.clock.now().timestamp() % _MINUTE_S
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), pause)
            return
        for subscriptions in web.subscriptions:
            await subscriptions.notify_all()
        if drop.owed:
            drop.look(())
        if systems.today() != shown:
            shown = systems.today()
            drop.look(systems.due_passages())
            web.refresh()
            _log.info("simulator.day_turned", day=shown.isoformat())


def _announce(where: dict[str, str]) -> None:
    """Say on one line of stdout where everything is."""
    sys.stdout.write(json.dumps(where) + "\n")
    sys.stdout.flush()
