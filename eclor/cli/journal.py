"""eclor journal: the whole chain of a home's journal, what its versions witness of it, and the acts that it names."""

from pathlib import Path
from typing import Annotated

import typer

from catalog.witnesses import read_known_heads, verify_journal
from charter.acting import Desk
from charter.journal import Journal
from charter.kept_acts import verify_acts
from eclor.cli.french import FrenchApp
from eclor.cli.refusing import refusing
from eclor.settings import Settings
from eclor.world import FileKeyRing, SystemClock, SystemRandomness, World

app = FrenchApp("Le journal des actes et des publications.")


@app.callback()
def _journal() -> None:
    """The journal of acts and publications."""


@app.says("verify", "Relire tout le journal, ses têtes signées, les preuves publiées et les fichiers d'actes.")
def verify(
    known: Annotated[
        Path | None,
        typer.Option(
            "--known", exists=True, dir_okay=False, help="Des têtes gardées d'avant, ou d'une copie, une par ligne."
        ),
    ] = None,
) -> None:
    """Check the hash chain in ECLOR_HOME, its signed heads, the proofs published from it, and the files of acts."""
    settings = Settings()
    world = World(SystemClock(), SystemRandomness(), FileKeyRing(settings.home / "keys"))
    journal = Journal(settings.home / "journal", world)
    with refusing():
        held = verify_journal(journal, settings.published, known=read_known_heads(known) if known else ())
        acts = verify_acts(Desk(settings.home / "acts", journal, world.clock))
    typer.echo(f"{held.entries} entrées, {held.versions} versions publiées : la chaîne tient.")
    typer.echo(f"{acts} actes signés : chacun est dans son fichier, à sa place.")
    typer.echo("Vérifié.")
