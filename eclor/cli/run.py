"""eclor run: the main job, once or for as long as it is left on."""

import gc
import json
import signal
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from shutil import rmtree
from threading import Event
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from catalog.locks import alone
from eclor.children import announced, child
from eclor.cli.refusing import of_the_machine
from eclor.cli.report import one_line, report
from eclor.cli.serving import counter_of
from eclor.durable import write_whole
from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House, gates_of, machine_world, open_house
from eclor.logging import log_to_file
from eclor.names import Slug
from eclor.opening import open_home
from eclor.pipeline import Walk, new_run_id, walk
from eclor.readiness import free, wait_until_ready
from eclor.retention.running import HEARTBEAT, heartbeat, run_retention
from eclor.schedule import every, keep_walking, nightly, order
from eclor.serving import Counter, settle_all
from eclor.settings import ENDPOINTS, Settings, environment_for_children

FIRST_ROUND: Final = 3
"""Walks at once until all were walked: one is harvested, one is judged, one waits for its source or for the disk."""
SETTLE: Final = timedelta(seconds=30)
"""How often it is asked again what may leave: an act on a copy of the home, a clock, a file restored."""


def run(
    once: Annotated[bool, typer.Option("--once", help="One round, without serving.")] = False,  # noqa: FBT002 - a flag of the command line
    territory: Annotated[Path | None, typer.Option(help="The territory's folder.")] = None,
) -> None:
    """Harvest, apply the charter, validate, publish; then serve, and go on harvesting."""
    settings = Settings() if territory is None else Settings(territory=territory)
    console = Console()
    try:
        log_to_file(settings.home / "logs" / "run.log")
        refused = _once(settings, console) if once else _on(settings, console)
    except PolicyRefusals as several:
        console.print("\n".join(refusal.located() for refusal in several.refusals), style="red", markup=False)
        raise typer.Exit(1) from several
    except EclorError as refusal:
        console.print(_both(refusal), style="red", markup=False)
        raise typer.Exit(1) from refusal
    except BrokenPipeError:  # who reads what we say left
        raise
    except OSError as failure:
        console.print(_both(of_the_machine(failure)), style="red", markup=False)
        raise typer.Exit(1) from failure
    raise typer.Exit(1 if refused else 0)


def _both(refusal: EclorError) -> str:
    return f"{refusal.located()}\n{refusal.english()}"


def _once(settings: Settings, console: Console) -> bool:
    """Walk every dataset once; tell whether one failed that was expected to publish."""
    with _at_work(settings) as (house, counter, _):
        _forget(house, console)
        walks = _round([dataset for wave in order(house) for dataset in wave], house, counter, console)
    console.print(report(walks, house))
    return any(done.failed for done in walks)


def _on(settings: Settings, console: Console) -> bool:
    """Serve and keep walking until a signal; everything that was started is stopped."""
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    if not free(settings.port):
        raise EclorError("run.port-taken", port=settings.port)
    with _at_work(settings) as (house, counter, environment), ExitStack() as started:
        logs = settings.home / "logs"
        server, _ = (
            started.enter_context(
                child(["-m", "eclor.cli", name, *leash], log=logs / f"{name}.log", environment=environment)
            )
            for name, leash in (("serve", ["--leashed"]), ("intake", []))
        )
        _forget(house, console)
        first, fed = order(house)
        walks = _round(first, house, counter, console, until=stopping)
        if (status := wait_until_ready(settings.port, until=stopping, ended=server.poll)) is not None:
            raise EclorError("run.server-ended", status=status, log=str(logs / "serve.log"))
        if not stopping.is_set():
            console.print(f"ready: {settings.origin}", style="bold green", highlight=False)
            console.print(report(walks, house))
            console.print("Harvesting goes on; Ctrl-C stops everything that was started.", style="dim")
        chores = (
            nightly(partial(_forget, house, console)),
            every(HEARTBEAT, partial(heartbeat, house)),
            every(SETTLE, partial(_settle, counter)),
        )
        again = partial(_again, house=house, counter=counter, console=console)
        keep_walking(house, again, chores=chores, at_once=fed, until=stopping)
    return False


@contextmanager
def _at_work(settings: Settings) -> Iterator[tuple[House, Counter, Mapping[str, str]]]:
    """Hold the home, start the simulated sources if the territory has some, open the house."""
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    world = machine_world(home)
    environment = environment_for_children(settings)
    with alone(home / "run.lock", world=world, patience_s=0), ExitStack() as started:
        rmtree(home / "work", ignore_errors=True)
        gates = started.enter_context(gates_of(settings))
        gates.start()  # what takes longest to be ready, on a core of its own
        endpoints: dict[str, str] = {}
        if (settings.territory / "simulateurs").is_dir():
            log = home / "logs" / "simulators.log"
            command = ["-m", "harvesters.simulators", "--territory", str(settings.territory)]
            command += ["--home", str(home / "simulateurs")]
            endpoints = announced(started.enter_context(child(command, log=log, environment=environment)), log=log)
        write_whole(home / ENDPOINTS, json.dumps(endpoints).encode(), mode=0o600)
        house = started.enter_context(open_house(settings, endpoints=endpoints, world=world, gates=gates))
        open_home(house)
        counter = counter_of(house)
        settle_all(counter)
        gc.collect()
        gc.freeze()  # what was read stays: looking through it again and again would stop walks for a fifth of a second
        yield house, counter, environment


def _round(
    datasets: list[Slug], house: House, counter: Counter, console: Console, *, until: Event | None = None
) -> list[Walk]:
    """Walk these datasets, three at a time, showing at which door each is; give the walks in their order."""
    run_id = new_run_id(house)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:

        def walk_one(dataset: Slug) -> Walk | None:
            if until is not None and until.is_set():
                return None
            task = progress.add_task(dataset, total=None)
            done = walk(dataset, house, run_id=run_id, at_door=partial(_show_door, progress, task, dataset))
            settle_all(counter, only=dataset)
            progress.remove_task(task)
            progress.console.print(one_line(done), markup=False, highlight=False, soft_wrap=True)
            return done

        with ThreadPoolExecutor(FIRST_ROUND) as pool:
            return [done for done in pool.map(walk_one, datasets) if done is not None]


def _settle(counter: Counter) -> None:
    """Tell the servers what may leave; what cannot be told is in the log, and tried again soon."""
    settle_all(counter)


def _show_door(progress: Progress, task: TaskID, dataset: Slug, door: str) -> None:
    progress.update(task, description=f"{dataset}  [dim]{door}[/dim]")


def _forget(house: House, console: Console) -> None:
    """Destroy what is due; say what could not be, which stops its dataset alone."""
    try:
        outcome = run_retention(house, who="eclor run", clock_confirmed=False)
    except (EclorError, OSError) as refusal:
        told = refusal if isinstance(refusal, EclorError) else of_the_machine(refusal)
        console.print(_both(told), style="yellow", markup=False, highlight=False)
        return
    for dataset, code in sorted(outcome.failed.items()):
        console.print(f"{dataset}: retention refused [{code}], its releases stop", style="red", markup=False)


def _again(dataset: Slug, house: House, counter: Counter, console: Console) -> None:
    done = walk(dataset, house, run_id=new_run_id(house), at_door=lambda _: None)
    settle_all(counter, only=dataset)
    if done.outcome not in {"unchanged", "waiting", "paused"}:
        console.print(one_line(done), markup=False, highlight=False, soft_wrap=True)
