"""How a command that judges says no: each refusal on stderr, the verdict on stdout, exit 1."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final, NoReturn

import typer

from eclor.errors import EclorError, PolicyRefusals

REFUSED: Final = "Refusé."


@contextmanager
def refusing() -> Iterator[None]:
    """Say a refusal of the block inside, and exit 1; a file that the machine does not give is one too."""
    try:
        yield
    except PolicyRefusals as several:
        _refuse([refusal.located() for refusal in several.refusals], several)
    except EclorError as refusal:
        _refuse([refusal.located()], refusal)
    except OSError as failure:
        _refuse([f"{failure.filename} : {failure.strerror}"], failure)


def _refuse(lines: Sequence[str], cause: Exception) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    typer.echo(REFUSED)
    raise typer.Exit(1) from cause
