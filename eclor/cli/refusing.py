"""How a command that judges says no, exit 1: each refusal on stderr, the verdict on stdout."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from errno import EROFS, errorcode
from pathlib import Path
from typing import Final

import typer

from eclor.durable import is_full
from eclor.errors import EclorError, Place, PolicyRefusals, SettingsRefused

REFUSED: Final = "Refusé."


def refusing() -> AbstractContextManager[None]:
    """Say a refusal of the block inside, and exit 1; a file that the machine does not give is one too."""
    return _saying(_refused)


def refusing_in_json(file: Path | None = None) -> AbstractContextManager[None]:
    """Do so with an object on stdout, as `eclor policy check --json` gives for `file`, in the place of the verdict.

    Each message says its file besides: it may be that of the rows, or of the charter.
    """
    return _saying(lambda refusals: _refused_in_json(file, refusals))


@contextmanager
def _saying(refused: Callable[[Sequence[EclorError]], typer.Exit]) -> Iterator[None]:
    try:
        yield
    except PolicyRefusals as several:
        raise refused(several.refusals) from several
    except EclorError as refusal:
        raise refused([refusal]) from refusal
    except BrokenPipeError:  # who reads what we say left: nothing is refused
        raise
    except OSError as failure:
        raise refused([of_the_machine(failure)]) from failure


def message_of(refusal: EclorError) -> Mapping[str, object]:
    """Return a refusal as programs read it: code, place in the file (from 1), what is wrong and the cure, in French."""
    place = refusal.place or Place("")
    return {
        "code": refusal.code,
        "line": place.line,
        "column": place.column,
        "message": refusal.sentence.fr.format(**refusal.facts).strip(),
        "cure": " ".join(filter(None, [refusal.sentence.cure_fr.format(**refusal.facts).strip(), *_notes(refusal)])),
    }


def verdict_in_json(refusals: Sequence[EclorError], file: Path | None = None) -> str:
    """Return the object that says refusals to a program; `file` is what was judged, if it was a file."""
    messages = [{"file": refusal.place.file if refusal.place else "", **message_of(refusal)} for refusal in refusals]
    return json.dumps({"file": str(file or ""), "accepted": False, "messages": messages}, ensure_ascii=False)


def of_the_machine(failure: OSError) -> SettingsRefused:
    """Return what a person reads of a full disk, or of a path that the machine does not give."""
    if is_full(failure):
        return SettingsRefused("command.no-room")
    what, said = failure.filename or type(failure).__name__, errorcode.get(failure.errno or 0, type(failure).__name__)
    if failure.errno == EROFS:
        return SettingsRefused("command.read-only", what=what)
    return SettingsRefused("command.no-access", what=what, said=said)


def refused_with(*messages: str, verdict: str = REFUSED) -> typer.Exit:
    """Say refusals on stderr and the verdict on stdout; return the exit to raise."""
    for message in messages:
        typer.echo(message, err=True)
    typer.echo(verdict)
    return typer.Exit(1)


def _refused(refusals: Sequence[EclorError]) -> typer.Exit:
    return refused_with(*_lines_of(refusals))


def _refused_in_json(file: Path | None, refusals: Sequence[EclorError]) -> typer.Exit:
    return refused_with(*_lines_of(refusals), verdict=verdict_in_json(refusals, file))


def _lines_of(refusals: Sequence[EclorError]) -> Iterator[str]:
    for refusal in refusals:
        yield refusal.located()
        yield from _notes(refusal)


def _notes(refusal: EclorError) -> Iterator[str]:
    """Yield what was found out of a refusal on its way."""
    return filter(None, getattr(refusal, "__notes__", ()))
