"""A command that ends before its answer: stopped by Ctrl-C (exit 130), or asking where nobody can reply (exit 1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

from eclor.cli.typed import Typed
from eclor.errors import EclorError

_INTERRUPTED: Final = 130  # 128 and the signal's number, as shells say it


@contextmanager
def cut_short_said(typed: Typed) -> Iterator[None]:
    """Say why the block ended early. A question that is asked raises `Abort` for both causes, and keeps its own."""
    try:
        yield
    except KeyboardInterrupt as stopped:
        raise _interrupted(typed) from stopped
    except typer.Abort as aborted:
        if isinstance(aborted.__context__, KeyboardInterrupt):
            raise _interrupted(typed) from aborted
        raise typed.refuse(EclorError("command.no-reply", help=f"{typed.words} --help"), 1) from aborted


def _interrupted(typed: Typed) -> typer.Exit:
    return typed.refuse(EclorError("command.interrupted"), _INTERRUPTED)
