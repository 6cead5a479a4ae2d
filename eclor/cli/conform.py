"""eclor conform: a CSV file held to a Table Schema, to see beforehand what the schema gate would say of it."""

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from eclor.cli.refusing import verdict_in_json
from eclor.errors import DeclarationRefused, EclorError, GateRefused, Place

if TYPE_CHECKING:
    from catalog.gates.schema_judging import Judged

_BLOCK = 1 << 20


def conform(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file in UTF-8, with a header.")],
    schema: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A Table Schema, as a JSON file.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="frictionless' report on stdout, without any cell.")] = False,
) -> None:
    """Say each fault of FILE against SCHEMA in French, with its row and its column's number; first 1,000 faults.

    Exit 0 if there is none, 1 if there is one or none was found in the time that the schema gate has, 2 if SCHEMA is no
    Table Schema that can be followed.
    """
    seconds = _seconds(file)
    try:
        with _within(seconds):
            judged = _judged(file, schema)
    except _LateError:
        late = GateRefused("conform.late", place=Place(str(file)), seconds=round(seconds))
        raise _refused(late, file, as_json=as_json, status=1) from None
    except DeclarationRefused as refusal:
        raise _refused(refusal, file, as_json=as_json, status=2) from None
    if as_json:
        typer.echo(json.dumps({"executor": judged.executor, "report": judged.report}, ensure_ascii=False))
    else:
        _say(file, judged)
    raise typer.Exit(0 if judged.report["valid"] else 1)


class _LateError(BaseException):
    """The time is over. No `Exception`: the library takes many of those for a fault of a cell."""


def _seconds(file: Path) -> float:
    """Return the seconds that the gates have over a file of so many lines."""
    from catalog.gates.runner import LIMITS  # noqa: PLC0415 - as below

    with file.open("rb") as stream:
        return LIMITS.deadline_s(sum(block.count(b"\n") for block in iter(lambda: stream.read(_BLOCK), b"")))


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise `_LateError` in the block after so many seconds: a pattern that tries without end listens to signals."""

    def late(*_: object) -> NoReturn:
        raise _LateError

    former = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)


def _judged(file: Path, schema: Path) -> "Judged":
    from catalog.gates.schema_judging import judge_file  # noqa: PLC0415 - the engine loads where a file is judged
    from catalog.gates.schema_library import Contract  # noqa: PLC0415 - with the one above
    from catalog.reference_schema import plain_schema  # noqa: PLC0415 - with the one above

    try:
        asked = plain_schema(json.loads(schema.read_bytes()))
    except (ValueError, TypeError, RecursionError):
        raise _no_schema(schema) from None
    try:
        with TemporaryDirectory(prefix="eclor-conform-") as scratch:
            return judge_file(file.resolve(), Contract("schema", asked), scratch=Path(scratch))
    except (TypeError, re.error):  # what the library raises over a schema that it takes and cannot follow
        raise _no_schema(schema) from None


def _no_schema(schema: Path) -> DeclarationRefused:
    return DeclarationRefused("dataset.reference", place=Place(str(schema)), file=schema.name)


def _refused(refusal: EclorError, file: Path, *, as_json: bool, status: int) -> typer.Exit:
    typer.echo(refusal.located(), err=True)
    if as_json:
        typer.echo(verdict_in_json([refusal], file))
    return typer.Exit(status)


def _say(file: Path, judged: "Judged") -> None:
    from catalog.gates.schema_faults import fault_of  # noqa: PLC0415 - with the ones above
    from catalog.gates.schema_library import errors_of  # noqa: PLC0415 - with the ones above

    for error in errors_of(judged.report):
        fault = fault_of(error, {})
        place = Place(str(file), int(error.get("rowNumber", 0)), int(error.get("fieldNumber", 0)))
        refusal = GateRefused(fault.code, place=place, row=fault.row, column=fault.column, **fault.facts)
        typer.echo(f"{place}: [{fault.code}] {refusal.sentence.fr.format(**refusal.facts)}", err=True)
    typer.echo(f"{judged.rows} ligne(s) ; {judged.executor}")
