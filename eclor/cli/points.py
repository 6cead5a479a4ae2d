"""eclor points: the public endpoints of a territory, and one try of each when somebody asks for it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from api.flows import point_plain
from catalog.public_points import PublicPoint, keep_tries, public_points
from eclor.cli.refusing import refusing, refusing_in_json
from eclor.errors import SettingsRefused
from eclor.house import machine_world
from eclor.settings import Settings, environment
from harvesters.reach import Credentials, Reach
from harvesters.trying import try_point

_WIDTH: Final = 150


def points(
    names: Annotated[list[str] | None, typer.Argument(help="Some of them; all if none is named.")] = None,
    *,
    territory: Annotated[Path | None, typer.Option(help="The territory's folder.")] = None,
    once: Annotated[bool, typer.Option("--try", help="Ask each once, over the network.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Show the public endpoints declared beside the sources; with --try, ask each once and keep what it showed.

    Nothing that comes is kept but whether it answers. Unreachable is a state: exit 0.
    """
    settings = Settings() if territory is None else Settings(territory=territory)
    with refusing_in_json() if as_json else refusing():
        found = public_points(settings.territory, settings.home)
        chosen = _chosen(found.points, names or [])
        if once:
            chosen = _tried(chosen, settings)
    if as_json:
        plain = [point_plain(one) for one in chosen]
        typer.echo(json.dumps({"public_points": plain, "unread": dict(found.unread)}, ensure_ascii=False))
        return
    _show(chosen)
    for file, code in found.unread.items():
        typer.echo(f"{file} : [{code}]", err=True)


def _chosen(found: Sequence[PublicPoint], names: Sequence[str]) -> list[PublicPoint]:
    known = {one.declared.point: one for one in found}
    for name in names:
        if name not in known:
            raise SettingsRefused("point.unknown", point=name)
    return [known[name] for name in names or known]


def _tried(chosen: Sequence[PublicPoint], settings: Settings) -> list[PublicPoint]:
    settings.home.mkdir(parents=True, exist_ok=True)
    world = machine_world(settings.home)
    reach = Reach(Credentials(environment()), world.clock, contact=settings.origin)
    tried = [replace(one, tried=try_point(one.declared, reach)) for one in chosen]
    keep_tries(tried, settings.home)
    return tried


def _show(chosen: Sequence[PublicPoint]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.width = max(console.width, _WIDTH)
    table = Table("point", "protocole", "jeux", "état", "essayé (UTC)", box=box.SIMPLE_HEAD)
    for one in chosen:
        said = point_plain(one)
        datasets = ", ".join(one.declared.datasets) or "–"
        tried = str(said["tried_at"] or "–")[:16]
        state = f"{said['state_label']} ({said['code']})" if said["code"] else str(said["state_label"])
        table.add_row(one.declared.point, one.declared.protocol, datasets, state, tried)
    console.print(table)
