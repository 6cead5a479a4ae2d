"""eclor policy: judge policies by the charter, before any row is read."""

import json
from pathlib import Path
from typing import Annotated, Final

import typer

from charter.compile import judged_policy
from charter.reader import read
from charter.territory import load
from eclor.cli.french import FrenchApp
from eclor.cli.instants import instant
from eclor.cli.policy_export import EXPORTING, policy_export
from eclor.cli.refusing import REFUSED, message_of, refusing
from eclor.cli.simulate import SIMULATING, simulate
from eclor.judgement import Bench, Verdict, judge
from eclor.world import SystemClock

ACCEPTED: Final = "Accepté."
WARNING: Final = "Avertissement :"

app = FrenchApp("Juger une politique par le socle, avant qu'une seule ligne soit lue.")


@app.callback()
def _policy() -> None:
    """Judge policies by the charter, before any row is read."""


@app.says("check", "Juger chaque politique : les refus avec leur ligne et leur remède, puis « Accepté » ou « Refusé ».")
def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="POLITIQUE", exists=True, dir_okay=False, help="Une politique par jeu.")
    ],
    charter: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Le dossier du socle, des rôles et du catalogue.")
    ],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Un objet JSON par fichier, pour un outil.")] = False,
    now: Annotated[str, typer.Option(help="L'instant auquel on juge, ISO 8601 ; maintenant si rien n'est dit.")] = "",
    acts: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Le dossier des actes ; sans lui, tout est brouillon."),
    ] = None,
) -> None:
    """Judge each policy without reading data: what is refused on stderr, in French, the verdict on stdout."""
    verdicts = judge(files, Bench(charter, instant(now) or SystemClock().now(), acts))
    for verdict in verdicts:
        (_say_json if as_json else _say)(verdict)
    is_refused = any(verdict.refusals for verdict in verdicts)
    if not as_json:
        typer.echo(REFUSED if is_refused else ACCEPTED)
    raise typer.Exit(1 if is_refused else 0)


@app.says("notice", "Écrire ce qu'un habitant lira : ce qui paraît, ce qui ne paraît jamais, qui répond.")
def notice(
    file: Annotated[Path, typer.Argument(metavar="POLITIQUE", exists=True, dir_okay=False, help="La politique.")],
    charter: Annotated[
        Path, typer.Option(exists=True, file_okay=False, help="Le dossier du socle, des rôles et du catalogue.")
    ],
    *,
    now: Annotated[str, typer.Option(help="L'instant auquel on juge, ISO 8601 ; maintenant si rien n'est dit.")] = "",
) -> None:
    """Write, in plain French, what a policy that compiles lets out, what it never does, and who answers."""
    with refusing():
        territory = load(charter)
        policy = judged_policy(read(file), territory, now=instant(now) or SystemClock().now())
    from charter.notice import notice_of  # noqa: PLC0415 - checking a policy never needs it

    typer.echo(notice_of(policy, territory).text(), nl=False)


@app.says("schema", "Écrire le schéma JSON avec lequel un éditeur propose et explique les clés.")
def schema(
    *,
    socle: Annotated[bool, typer.Option("--socle", help="Celui du socle au lieu de celui d'une politique.")] = False,
) -> None:
    """Write the JSON Schema that editors complete and explain policies with."""
    from charter.editor import schema_of  # noqa: PLC0415 - checking a policy never needs it
    from charter.model import Charter, Policy  # noqa: PLC0415 - with the one above

    typer.echo(json.dumps(schema_of(Charter if socle else Policy), ensure_ascii=False, indent=1))


app.says("simulate", SIMULATING)(simulate)
app.says("export", EXPORTING)(policy_export)


def _say(verdict: Verdict) -> None:
    for refusal in verdict.refusals:
        typer.echo(refusal.located(), err=True)
    for warning in verdict.warnings:
        typer.echo(f"{warning.place}: {WARNING} [{warning.code}] {warning.french()}", err=True)


def _say_json(verdict: Verdict) -> None:
    said = {
        "file": verdict.file,
        "accepted": not verdict.refusals,
        "messages": [message_of(refusal) for refusal in verdict.refusals],
        "warnings": [message_of(warning) for warning in verdict.warnings],
    }
    typer.echo(json.dumps(said, ensure_ascii=False))
