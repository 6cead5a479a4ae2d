"""A house opened by a person's command beside a run: it harvests nothing and serves nothing. Refusals are in French."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import typer
from rich.console import Console

from eclor.cli.refusing import of_the_machine, verdict_in_json
from eclor.errors import EclorError, PolicyRefusals
from eclor.house import House, machine_world, open_house
from eclor.settings import ENDPOINTS, Settings
from eclor.world import FixedClock


@contextmanager
def at_home(now: datetime | None = None, *, as_json: bool = False) -> Iterator[House]:
    """Open the house of the settings, at an instant or at the machine's; a refusal is said, and exits 1.

    `as_json`: a program asked, which reads the refusal on stdout.
    """
    settings = Settings()
    announced = settings.home / ENDPOINTS
    try:
        endpoints = json.loads(announced.read_text()) if announced.exists() else {}
        world = machine_world(settings.home)
        if now is not None:
            world = replace(world, clock=FixedClock(now))
        with open_house(settings, endpoints=endpoints, world=world) as house:
            yield house
    except PolicyRefusals as several:
        _say([refusal.located() for refusal in several.refusals])
        raise _exit(several.refusals, as_json=as_json) from several
    except EclorError as refusal:
        _say([refusal.located()])
        raise _exit([refusal], as_json=as_json) from refusal
    except BrokenPipeError:  # who reads what we say left
        raise
    except OSError as failure:
        told = of_the_machine(failure)
        _say([told.located()])
        raise _exit([told], as_json=as_json) from failure


def _exit(refusals: Sequence[EclorError], *, as_json: bool) -> typer.Exit:
    if as_json:
        typer.echo(verdict_in_json(refusals))
    return typer.Exit(1)


def _say(lines: list[str]) -> None:
    Console(stderr=True, soft_wrap=True, highlight=False).print("\n".join(lines), markup=False)
