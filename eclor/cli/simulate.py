"""eclor policy simulate: a policy tried on real rows; nothing is published, nothing written but the report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from eclor.cli.instants import instant_said
from eclor.cli.refusing import refusing, refusing_in_json
from eclor.errors import SettingsRefused
from eclor.sentences.doors import FLOW_HELP, SOURCE_HELP

if TYPE_CHECKING:
    from charter.simulation.report import Report

SIMULATING: Final = (
    "Essayer une politique sur de vraies lignes : ce qui paraîtrait, ce qui serait masqué et pourquoi.\n\n"
    "Sortie 0 si quelque chose paraîtrait ou attend son heure, 1 sinon. Rien n'est publié ; le rapport est interne."
)
WRITTEN: Final = "Rapport écrit dans {file} (lisible par vous seul). Détruisez-le quand la politique est signée."


def simulate(  # noqa: PLR0913 - one option of the command a parameter, as interfaces name them
    file: Annotated[Path, typer.Argument(metavar="POLITIQUE", exists=True, dir_okay=False, help="La politique.")],
    *,
    charter: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Le dossier du socle, des rôles et du catalogue.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--input", help="Toutes les lignes détenues : CSV, NDJSON, Parquet, ou ce que lit --source."),
    ] = None,
    territory: Annotated[
        Path | None,
        typer.Option(
            exists=True, file_okay=False, help="Un territoire : ses textes, et les lignes que garde ECLOR_HOME."
        ),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Une politique à comparer ; celle en vigueur si rien n'est dit."
        ),
    ] = None,
    previous: Annotated[
        list[Path] | None, typer.Option(help="Un résultat d'avant, avec son private/. Peut être dit plusieurs fois.")
    ] = None,
    source: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=SOURCE_HELP)] = None,
    flux: Annotated[str, typer.Option(help=FLOW_HELP)] = "",
    received: Annotated[
        str, typer.Option(help="Quand les lignes sont arrivées, ISO 8601 ; il y a longtemps si rien n'est dit.")
    ] = "",
    now: Annotated[str, typer.Option(help="L'instant de l'essai, ISO 8601 ; maintenant si rien n'est dit.")] = "",
    engine: Annotated[str, typer.Option(help="duckdb ou spark ; ECLOR_ENGINE si rien n'est dit.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Le rapport en un objet JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="Le fichier à faire pour le rapport, au lieu de l'écran.")] = None,
) -> None:
    """Try FILE on real rows: what it would publish and withhold, why cell by cell, what it changes.

    Messages are in French on stderr; `--json` says a refusal as an object too. Exit 0 if something would be published
    or waits, 1 if not: a policy, rows or an option that is refused leaves nothing written; a policy whose guarantees
    leave nothing to show leaves its report.
    """
    from eclor.cli.offline import engine_named  # noqa: PLC0415 - checking never needs it
    from eclor.offline.flow import AskedFlow  # noqa: PLC0415 - as above
    from eclor.simulation.asking import Asked, asked_report  # noqa: PLC0415 - as above
    from eclor.world import SystemClock  # noqa: PLC0415 - as above

    with refusing_in_json(file) if as_json and out is None else refusing():
        _refuse_existing(out)
        at = instant_said(now, "--now") or SystemClock().now()
        came = instant_said(received, "--received")
        asked = Asked(file, charter, territory, data, against, tuple(previous or ()), came, AskedFlow(source, flux))
        report = asked_report(asked, now=at, engine=engine_named(engine))
        _give(report, as_json=as_json, out=out)
    if report.is_refused:
        typer.echo(report.ending.reason, err=True)
        raise typer.Exit(1)


def _refuse_existing(out: Path | None) -> None:
    if out is not None and out.exists():
        raise SettingsRefused("simulate.out-exists", file=str(out))


def _give(report: "Report", *, as_json: bool, out: Path | None) -> None:
    from eclor.simulation.words import text_of  # noqa: PLC0415 - checking policies never needs it

    content = report.as_json() if as_json else text_of(report).encode()
    if out is None:
        typer.echo(content.decode(), nl=False)
        return
    from eclor.durable import write_whole  # noqa: PLC0415 - as above

    try:
        write_whole(out, content, mode=0o600)
    except OSError as error:
        raise SettingsRefused("simulate.not-written", file=str(out)) from error
    typer.echo(WRITTEN.format(file=out))
