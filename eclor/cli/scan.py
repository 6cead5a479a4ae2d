"""eclor scan: the personal-data gate on a file, before anyone publishes it."""

import json
import logging
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

import typer

from eclor.cli.refusing import refused_with
from eclor.errors import EclorError, PayloadRefused, SettingsRefused

if TYPE_CHECKING:
    from catalog.scanning.report import ScanReport

_EXITS: Final = {"pass": 0, "block": 1, "review": 3}
_USAGE: Final = 2
_OFFICIALS: Final = "officials"


def scan(
    file: Annotated[
        Path, typer.Argument(metavar="FICHIER", help="CSV, JSON, NDJSON, GeoJSON, Parquet, XLSX, une image ou un PDF.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Le rapport en un objet JSON.")] = False,
    declare: Annotated[
        list[str] | None,
        typer.Option(metavar="COLONNE=officials", help="Ce qu'une colonne peut porter. Peut être dit plusieurs fois."),
    ] = None,
) -> None:
    """Look for personal data in FILE, every row: kinds and counts by column, in French, never a value.

    Exit 0 if nothing was found, 1 if something blocks or the file cannot be read for sure, 3 if someone must review.
    """
    logging.disable()  # what the libraries say may hold what they read
    warnings.simplefilter("ignore")
    try:
        declared = _declared(declare or ())
        report = _scanned(file, declared)
    except SettingsRefused as wrong:
        if as_json:
            typer.echo(blocked_in_json(wrong))
        typer.echo(wrong.located(), err=True)
        raise typer.Exit(_USAGE) from None
    except EclorError as refusal:
        _refuse(refusal, file, as_json=as_json)
    except OSError:
        _refuse(PayloadRefused("scan.no-file"), file, as_json=as_json)
    except Exception as failure:  # noqa: BLE001 - the wall: whatever goes wrong blocks, and its words may be a cell's
        _refuse(PayloadRefused("scan.failed", error=type(failure).__name__), file, as_json=as_json)
    _show(report, as_json=as_json)
    raise typer.Exit(_EXITS[report.decision.value])


def _declared(words: Iterable[str]) -> Mapping[str, frozenset[str]]:
    pairs = [word.rpartition("=") for word in words]
    if any(what != _OFFICIALS or not column for column, _, what in pairs):
        raise SettingsRefused("scan.declared")
    return {column: frozenset({what}) for column, _, what in pairs}


def _scanned(file: Path, declared: Mapping[str, frozenset[str]]) -> "ScanReport":
    if not file.is_file():
        raise PayloadRefused("scan.no-file")
    from catalog.gates.detector import Detector  # noqa: PLC0415 - heavy: a wrong call needs no language model
    from catalog.scanning.scan import Scanner  # noqa: PLC0415 - as above

    return Scanner(Detector()).scan(file, declared=declared)


def _refuse(refusal: EclorError, file: Path, *, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(blocked_in_json(refusal, file))
        typer.echo(refusal.located(), err=True)
        raise typer.Exit(1) from None
    raise refused_with(refusal.located()) from None


def blocked_in_json(refusal: EclorError, file: Path | None = None) -> str:
    """Return the object that says to a program that nothing was found out, which blocks; `file` if it is known."""
    place = refusal.place
    said = {"code": refusal.code, "line": place.line if place else 0, "message": refusal.french()}
    name = place.file if place else str(file or "")
    return json.dumps(
        {"file": name, "decision": "block", "findings": [], "columns": [], "refusal": said}, ensure_ascii=False
    )


def _show(report: "ScanReport", *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    from eclor.cli.scan_words import told  # noqa: PLC0415 - a program asks for JSON

    told(report)
