"""eclor flows: every flow of the territory, on the machine itself: what came in is counted here, and nowhere public."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from api.flows import described
from api.links import Links
from catalog.catalogue import open_catalog
from catalog.database import reading
from catalog.flow_orders import orders_of
from catalog.flows import DeclaredFlow, Flow, declared_flows, flows_of
from catalog.reading import datasets, tried
from catalog.views import dataset_at
from eclor.cli.refusing import refusing, refusing_in_json
from eclor.house import machine_world
from eclor.names import Slug, SourceName
from eclor.settings import Settings
from eclor.world import World
from harvesters.raw_reader import RawReader

_WIDTH: Final = 150
"""Columns that the table takes where the terminal has fewer, or where there is none."""


def flows(
    *,
    territory: Annotated[
        Path | None, typer.Option(help="Le dossier du territoire ; sinon celui d'ECLOR_TERRITORY.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Un objet JSON, pour un outil.")] = False,
) -> None:
    """Show every flow: state, freshness, last and next run, what came in and was refused, last error and its cure."""
    settings = Settings() if territory is None else Settings(territory=territory)
    with refusing_in_json() if as_json else refusing():
        world = machine_world(settings.home)
        declared = declared_flows(settings.territory / "sources")
        found = _flows(declared.flows, settings, world)
        counts = [_counts(flow, settings, world) for flow in found]
    plain = [
        described(flow, Links(settings.origin)) | {"internal": held | {"message": _message(flow)}}
        for flow, held in zip(found, counts, strict=True)
    ]
    if as_json:
        typer.echo(json.dumps({"flows": plain, "unread": dict(declared.unread)}, ensure_ascii=False))
    else:
        _show(plain, declared.unread)


def _flows(declared: Sequence[DeclaredFlow], settings: Settings, world: World) -> list[Flow]:
    catalog, now = open_catalog(settings, world), world.clock.now()
    try:
        with reading(catalog.engine) as session:
            views = {str(view.slug): dataset_at(view, now) for view in datasets(session)}
            last = {slug: tried(session, slug) for slug in views}
    finally:
        catalog.engine.dispose()
    return flows_of(declared, views, last, orders_of(settings.home), now)


def _counts(flow: Flow, settings: Settings, world: World) -> dict[str, object]:
    """Return what is held of a flow's rows and what was counted as they came; nothing was, before the first."""
    store = RawReader(settings.home / "raw", world)
    dataset, source = Slug(flow.declared.dataset), SourceName(flow.declared.source)
    if not store.has(dataset, source):
        return {"rows_held": 0}
    held = store.held(dataset, source)
    counts = held.counts
    return {
        "rows_held": held.rows,
        "rows_seen": counts.rows,
        "left_out": counts.left_out,
        "refused": counts.refused,
        "quarantined": counts.quarantined,
        "repeated": counts.repeated,
        "reasons": dict(counts.reasons),
        "unmapped": list(counts.unmapped),
        "received_at": held.received_at.isoformat(timespec="seconds"),
    }


def _message(flow: Flow) -> str:
    """Return what the last walk said in full: for who runs the machine."""
    return flow.tried.last.message_fr if flow.tried.last else ""


def _show(plain: list[dict[str, object]], unread: Mapping[str, str]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    console.width = max(console.width, _WIDTH)
    table = Table("flux", "état", "dernière réussite (UTC)", "prochaine (UTC)", box=box.SIMPLE_HEAD)
    for name in ("reçues", "refusées", "publiées"):
        table.add_column(name, justify="right")
    for one in plain:
        internal, published = one["internal"], one["published"] or {}
        assert isinstance(internal, dict)
        assert isinstance(published, dict)
        figures = (internal["rows_held"], internal.get("refused", 0), published.get("rows", "–"))
        words = (
            one["flow"],
            one["state_label"],
            *(str(one[name] or "–")[:16] for name in ("last_success", "next_run")),
        )
        table.add_row(*map(str, (*words, *figures)))
    console.print(table)
    for one in plain:
        internal, paused = one["internal"], one["paused"]
        if isinstance(paused, dict):
            console.print(f"{one['flow']} : en pause depuis le {paused['since']}, par {paused['by']}.", markup=False)
        if isinstance(internal, dict) and one["error"]:
            console.print(f"{one['flow']}\n  {internal['message']}", markup=False)
    for file, code in unread.items():
        console.print(f"{file} : [{code}]", markup=False)
    states = Counter(str(one["state_label"]) for one in plain)
    console.print(", ".join(f"{state} : {count}" for state, count in states.most_common()), markup=False)
