"""eclor policy export: what a policy says, in the words of other people's tools; and whether such a file has aged."""

from pathlib import Path
from typing import Annotated, Final

import typer

from charter.compile import judged_policy
from charter.export import Subject, digests_in
from charter.exports import EXPORTS, export
from charter.reader import read
from charter.territory import load
from eclor.cli.instants import instant
from eclor.cli.refusing import refusing
from eclor.errors import VerificationFailed
from eclor.exporting import subject_of
from eclor.judgement import Bench
from eclor.settings import Settings
from eclor.world import SystemClock

EXPORTING: Final = "Écrire une politique pour d'autres outils, ou dire si un tel fichier a vieilli."
UP_TO_DATE: Final = "À jour."
_FORMATS: Final = ", ".join(EXPORTS)


def policy_export(
    file: Annotated[Path, typer.Argument(metavar="POLITIQUE", exists=True, dir_okay=False, help="La politique.")],
    charter: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Le dossier du socle, des rôles et du catalogue.")
    ],
    *,
    form: Annotated[str, typer.Option("--format", help=f"Un de : {_FORMATS}.")] = "notice",
    acts: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Le dossier des actes ; sans lui, c'est un brouillon."),
    ] = None,
    check: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Dire si cet export a vieilli ; tout format.")
    ] = None,
    now: Annotated[str, typer.Option(help="L'instant auquel on juge, ISO 8601 ; maintenant si rien n'est dit.")] = "",
) -> None:
    """Write a policy that compiles for other tools, its digest inside; or tell whether such a file is still true."""
    if form not in EXPORTS:
        message = f"{form!r} is not one of {_FORMATS}."
        raise typer.BadParameter(message, param_hint="--format")
    bench = Bench(charter, instant(now) or SystemClock().now(), acts)
    with refusing():
        subject = _subject(file, bench, Settings().origin)
        if check is None:
            typer.echo(export(form).text(subject), nl=False)
        else:
            check_export(check, subject)
            typer.echo(UP_TO_DATE)


def check_export(made: Path, subject: Subject) -> None:
    """Refuse (`VerificationFailed`) a file whose digest is not that of the policy, or that holds none or several."""
    carried = digests_in(made.read_text(encoding="utf-8", errors="replace"))
    if not carried:
        raise VerificationFailed("register.no-digest", file=made.name)
    if len(carried) > 1:
        raise VerificationFailed("register.several-digests", file=made.name)
    if carried != {subject.digest}:
        raise VerificationFailed("register.stale", file=made.name, carried=min(carried), digest=subject.digest)


def _subject(file: Path, bench: Bench, origin: str) -> Subject:
    document, territory = read(file), load(bench.folder)
    subject = subject_of(document, territory, bench=bench, origin=origin)
    judged_policy(document, territory, now=bench.now, state=subject.state)
    return subject
