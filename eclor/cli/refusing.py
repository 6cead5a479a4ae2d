"""How a command that judges says no: each refusal on stderr, the verdict on stdout, exit 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import errorcode
from typing import Final

import typer

from eclor.durable import is_full
from eclor.errors import EclorError, PolicyRefusals, SettingsRefused

REFUSED: Final = "Refusé."


@contextmanager
def refusing() -> Iterator[None]:
    """Say a refusal of the block inside, and exit 1; a file that the machine does not give is one too."""
    try:
        yield
    except PolicyRefusals as several:
        raise refused_with(*(refusal.located() for refusal in several.refusals)) from several
    except EclorError as refusal:
        raise refused_with(refusal.located(), *filter(None, getattr(refusal, "__notes__", ()))) from refusal
    except OSError as failure:
        raise refused_with(of_the_machine(failure).located()) from failure


def of_the_machine(failure: OSError) -> SettingsRefused:
    """Return what a person reads of a full disk, or of a path that the machine does not give."""
    if is_full(failure):
        return SettingsRefused("command.no-room")
    what, said = failure.filename or type(failure).__name__, errorcode.get(failure.errno or 0, type(failure).__name__)
    return SettingsRefused("command.no-access", what=what, said=said)


def refused_with(*messages: str) -> typer.Exit:
    """Say refusals on stderr and the verdict on stdout; return the exit to raise."""
    for message in messages:
        typer.echo(message, err=True)
    typer.echo(REFUSED)
    return typer.Exit(1)
