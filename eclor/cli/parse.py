"""eclor parse: a payload through a parser of the harvesters, to see what would be read of it."""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from eclor.errors import EclorError, PayloadRefused, Place
from harvesters import strict_json
from harvesters.parsing import Event, PayloadProtocol, PayloadWarning, RefusedRow
from harvesters.protocols import PROTOCOLS, load


@dataclass(slots=True)
class _Summary:
    rows: int = 0
    refused: int = 0
    warnings: int = 0


def parse(
    protocol: Annotated[
        str, typer.Argument(metavar="PROTOCOLE", help="Comment les fichiers se lisent : csv, xlsx, cap, chirpstack…")
    ],
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FICHIER", help="Des livraisons, comme la source les envoie.")
    ] = None,
    option: Annotated[
        list[str] | None, typer.Option(help="Une option de la source : encodage=cp1252. Peut être dite plusieurs fois.")
    ] = None,
) -> None:
    """Write the rows of FILES to stdout, one JSON object a line; what is refused and odd to stderr, with a summary.

    Exit 0 if every payload could be read, refused rows or not; 1 if not.
    """
    try:
        if not files:
            raise PayloadRefused("payload.files-missing", known=" ".join(PROTOCOLS))
        reader = load(protocol)
        options = _options(option or [], known=reader.options)
    except EclorError as refusal:
        typer.echo(refusal.located(), err=True)
        raise typer.Exit(1) from refusal
    summary = _Summary()
    readable = [_read(reader, file, options=options, summary=summary) for file in files]
    sys.stdout.flush()
    typer.echo(json.dumps(asdict(summary)), err=True)
    if not all(readable):
        raise typer.Exit(1)


def _options(words: Iterable[str], *, known: Iterable[str]) -> Mapping[str, str]:
    pairs = [word.partition("=") for word in words]
    for name, equals, _ in pairs:
        if not equals:
            raise PayloadRefused("payload.option-shape")
        if name not in known:
            raise PayloadRefused("payload.option-unknown", option=name, known=", ".join(known) or "–")
    return {name: value for name, _, value in pairs}


def _read(reader: PayloadProtocol, file: str, *, options: Mapping[str, str], summary: _Summary) -> bool:
    """Write what a file gives; say whether it could be read."""
    try:
        with Path(file).open("rb") as stream:
            for event in reader.parse(stream, name=file, options=options):
                _write(event, summary=summary)
    except PayloadRefused as refusal:
        typer.echo(refusal.located(), err=True)
        return False
    except BrokenPipeError:  # the reader of our rows left; no fault of the file
        raise
    except OSError:
        typer.echo(PayloadRefused(_unopened(file), place=Place(file)).located(), err=True)
        return False
    return True


def _unopened(file: str) -> str:
    """Return the code for what cannot be opened as a file."""
    if file.startswith(("http://", "https://", "ftp://", "sftp://")):
        return "payload.file-address"
    return "payload.file-directory" if Path(file).is_dir() else "payload.no-file"


def _write(event: Event, *, summary: _Summary) -> None:
    match event:
        case RefusedRow():
            summary.refused += 1
            typer.echo(event.located(), err=True)
        case PayloadWarning():
            summary.warnings += 1
            typer.echo(event.located(), err=True)
        case _:
            summary.rows += 1
            sys.stdout.buffer.write(strict_json.dump(event) + b"\n")
