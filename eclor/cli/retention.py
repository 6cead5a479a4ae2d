"""eclor retention: what ends on its date, and the proof that it did."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from eclor.cli.at_home import at_home
from eclor.cli.french import FrenchApp
from eclor.cli.instants import instant
from eclor.house import House
from eclor.retention.backups import surviving
from eclor.retention.due import Search, Unreadable, due
from eclor.retention.minutes import closed_minutes
from eclor.retention.running import Outcome, run_retention
from eclor.retention.stops import stopped
from eclor.world import FileKeyRing

app = FrenchApp("Ce qui se termine à sa date, et la preuve que c'est fait.")


@app.callback()
def _retention() -> None:
    """What ends on its date, and the proof that it did."""


@app.says(
    "run", "Détruire ce qui est dû, les clés d'abord, chacun avec son procès-verbal ; sortie 1 si quelque chose survit."
)
def run(
    *,
    confirm_clock: Annotated[
        bool,
        typer.Option("--confirm-clock", help="Vous avez comparé l'horloge de la machine à une autre : elle est juste."),
    ] = False,
) -> None:
    """Destroy what is due, keys first, each with its minute; exit 1 if anything outlives its date."""
    with at_home() as house:
        outcome = run_retention(house, who="eclor retention run", clock_confirmed=confirm_clock)
        say(outcome)
    raise typer.Exit(0 if outcome.is_clean else 1)


@app.says(
    "report", "Dire ce qui est dû et ce qui est fait ; avec --backups, les clés détruites qui y survivent (sortie 1)."
)
def report(
    now: Annotated[str, typer.Option(help="L'instant auquel on juge, ISO 8601 ; maintenant si rien n'est dit.")] = "",
    backups: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="Une copie de keys/, ou un dossier de copies.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Un objet JSON, pour un outil.")] = False,
) -> None:
    """Say what is due and what was done, for the DPO; with --backups, which destroyed keys live on there (exit 1)."""
    with at_home(instant(now), as_json=as_json) as house:
        ring = FileKeyRing(house.settings.home / "keys", house.world.randomness)
        alive = surviving(backups, ring) if backups else []
        plain = _plain(house, ring)
    if as_json:
        typer.echo(json.dumps({**plain, "backups": alive}, ensure_ascii=False, default=str))
    else:
        _show(plain, alive)
    raise typer.Exit(1 if alive or plain["stopped"] else 0)


def say(outcome: Outcome) -> None:
    """Say in French what one run did."""
    for minute in outcome.closed:
        about = minute.dataset or "zone de travail"
        typer.echo(f"effacé : {about}, {minute.what.value}, {len(minute.things)} ({minute.rule})")
    for dataset, code in sorted(outcome.failed.items()):
        stopped_with_it = " ; ses publications sont arrêtées" if dataset else ""
        typer.echo(f"non effacé : {dataset or 'zone de travail'} [{code}]{stopped_with_it}.")
    if outcome.is_clean:
        typer.echo("Rien ne survit à sa date.")


def _plain(house: House, ring: FileKeyRing) -> dict[str, object]:
    search = Search(house, ring, house.world.clock.now(), "eclor retention report")
    waits = [
        {"dataset": one.dataset, "code": one.code}
        if isinstance(one, Unreadable)
        else {"dataset": one.dataset, "what": one.what.value, "count": len(one.things), "rule": one.rule}
        for one in due(search)
    ]
    return {"due": waits, "done": list(closed_minutes(house.settings.home)), "stopped": stopped(house.settings.home)}


def _show(plain: dict[str, object], alive: list[str]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for title, key in (("Dû maintenant", "due"), ("Effacé", "done")):
        table = Table("jeu", "quoi", "combien", "règle ou refus", "le", title=title)
        for one in plain[key]:  # type: ignore[attr-defined]
            count = one.get("count", len(one.get("things", ())))
            table.add_row(
                one["dataset"], one.get("what", "?"), str(count), one.get("rule", one.get("code")), one.get("ended", "")
            )
        console.print(table if table.row_count else f"{title} : rien.")
    for dataset, since in plain["stopped"].items():  # type: ignore[attr-defined]
        console.print(f"Publications arrêtées : {dataset}, depuis {since}.", markup=False)
    for name in alive:
        console.print(f"Clé détruite qui survit dans la sauvegarde : {name}", markup=False)
