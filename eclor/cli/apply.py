"""eclor apply: a policy applied to a file of all rows now held; the result is a folder, written whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from charter.apply import NothingToPublish, Release
from charter.apply import apply as apply_plan
from charter.compile import Plan, compile_policy
from charter.course import has_begun
from charter.ledger.store import LedgerStore
from charter.reader import read
from charter.territory import load
from eclor.cli.instants import instant_said
from eclor.cli.offline import engine_named, not_yet
from eclor.cli.refusing import refusing
from eclor.engine.limits import Engine
from eclor.offline.bundle import PRIVATE, bundle, write_results
from eclor.offline.flow import AskedFlow
from eclor.offline.given import Given, made_ready
from eclor.sentences.doors import FLOW_HELP, SOURCE_HELP
from eclor.world import SystemClock

DONE: Final = "Appliqué."
READ: Final = "Lu {by}."
WARNING: Final = "Avertissement :"
SET_ASIDE: Final = (
    "Avertissement : lignes écartées, {aside} sur {rows} : leur heure n'existe pas (passage à l'heure d'été)."
)
"""What is said of local times that the clocks skip: the language sets their rows apart (section 9, "Time")."""

NOT_BEGUN: Final = "Avertissement : la validité de cette politique commence le {start} ; rien n'en paraît avant."


@dataclass(frozen=True, slots=True)
class _Applied:
    release: Release
    plan: Plan
    ledger: LedgerStore
    read_by: str


def apply(  # noqa: PLR0913 - one option of the command a parameter, as interfaces name them
    file: Annotated[Path, typer.Argument(metavar="POLITIQUE", exists=True, dir_okay=False, help="La politique.")],
    charter: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Le dossier du socle, des rôles et du catalogue.")
    ],
    data: Annotated[
        Path,
        typer.Option("--input", help="Toutes les lignes détenues : .csv, .ndjson, .parquet, ou ce que lit --source."),
    ],
    out: Annotated[Path, typer.Option(help="Le dossier à faire : release.csv, release.parquet, proof.json, private/.")],
    *,
    engine: Annotated[str, typer.Option(help="duckdb ou spark ; ECLOR_ENGINE si rien n'est dit.")] = "",
    previous: Annotated[
        list[Path] | None, typer.Option(help="Un résultat d'avant, avec son private/. Peut être dit plusieurs fois.")
    ] = None,
    keys: Annotated[Path | None, typer.Option(help="Des clés de pseudonymes à reprendre ; de nouvelles sinon.")] = None,
    source: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help=SOURCE_HELP)] = None,
    flux: Annotated[str, typer.Option(help=FLOW_HELP)] = "",
    received: Annotated[
        str, typer.Option(help="Quand les lignes sont arrivées, ISO 8601 ; il y a longtemps si rien n'est dit.")
    ] = "",
    now: Annotated[str, typer.Option(help="L'instant du calcul, ISO 8601 ; maintenant si rien n'est dit.")] = "",
) -> None:
    """Compile FILE and apply it to a file of rows; signatures are not asked, and the proof says so.

    Messages are in French on stderr. Exit 0 with the folder written whole, 1 with nothing written.
    """
    with refusing(), bundle(out) as folder:
        run = (instant_said(now, "--now") or SystemClock().now(), engine_named(engine))
        came, read_as = instant_said(received, "--received"), AskedFlow(source, flux)
        given = Given(data, came, previous or (), keys, read_as)
        made = _applied(file, given, charter=charter, private=folder / PRIVATE, run=run)
        write_results(folder, made.release, made.plan, ledger=made.ledger)
    typer.echo(DONE if source is None else f"{READ.format(by=made.read_by)}\n{DONE}")


def _applied(file: Path, given: Given, *, charter: Path, private: Path, run: tuple[datetime, Engine]) -> _Applied:
    """Compile, read, apply; the scratch folder is private and goes when the results were copied out of it."""
    territory = load(charter)
    plan = compile_policy(read(file), territory, now=run[0])
    if not has_begun(plan.policy, run[0]):
        typer.echo(NOT_BEGUN.format(start=plan.policy.governance.validity.start), err=True)
    ready = made_ready(given, plan, territory, charter=charter, private=private, run=run)
    for odd in ready.odd:
        typer.echo(f"{WARNING} {odd}", err=True)
    counts = ready.held.raw.counts
    if counts.quarantined:
        said = SET_ASIDE.format(aside=counts.quarantined, rows=counts.rows)
        typer.echo(f"{said} {ready.hint}".rstrip(), err=True)
    try:
        release = apply_plan(plan, ready.held, world=ready.world, limits=ready.limits)
    except NothingToPublish as waiting:
        raise not_yet(waiting) from waiting
    return _Applied(release, plan, ready.ledger, ready.read_by)
