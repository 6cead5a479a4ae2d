"""eclor register: the Article 30 register of a territory, made from its policies; and whether such a file has aged."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from charter.register import check_register, register_of
from eclor.cli.instants import instant
from eclor.cli.policy_export import UP_TO_DATE
from eclor.cli.refusing import refusing
from eclor.exporting import subjects_of
from eclor.judgement import Bench
from eclor.names import Slug
from eclor.settings import Settings
from eclor.world import SystemClock


class Format(StrEnum):
    """How the register is written."""

    CSV = "csv"
    JSON = "json"


def register(
    *,
    territory: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Le dossier du territoire ; sinon celui d'ECLOR_TERRITORY."),
    ] = None,
    acts: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Le dossier des actes ; sinon ceux d'ECLOR_HOME.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="CSV pour un tableur, ou JSON.")] = Format.CSV,
    check: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Dire si ce registre (CSV) a vieilli.")
    ] = None,
    now: Annotated[str, typer.Option(help="L'instant des états, ISO 8601 ; maintenant si rien n'est dit.")] = "",
) -> None:
    """Write the register of every policy of a territory, its state included; what cannot be read stops all of it."""
    settings = Settings()
    folder = territory or settings.territory
    kept = acts or settings.home / "acts"
    bench = Bench(folder / "charter", instant(now) or SystemClock().now(), kept if kept.is_dir() else None)
    with refusing():
        subjects = subjects_of(folder / "politiques", bench=bench, origin=settings.origin)
        made = register_of(subjects)
        if check is None:
            typer.echo(made.csv() if form is Format.CSV else made.json(), nl=False)
        else:
            digests = {Slug(one.policy.dataset): one.digest for one in subjects}
            check_register(check.read_text(encoding="utf-8", errors="replace"), check.name, digests)
            typer.echo(UP_TO_DATE)
