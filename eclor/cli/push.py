"""eclor push: the catalogue into an existing CKAN, as it is served now; run it again after a cut, or every hour."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from catalog import reading as catalogue
from catalog.catalogue import open_catalog
from catalog.database import reading
from catalog.metadata.record import Publisher, Record
from catalog.metadata.recording import record_of
from catalog.views import dataset_at
from eclor.cli.refusing import refusing
from eclor.errors import EclorError
from eclor.house import machine_world
from eclor.identity import read_identity
from eclor.pushing.site import Site
from eclor.pushing.steps import (
    Change,
    Failed,
    Step,
    arrivals,
    departures,
    held,
    settle_groups,
    settle_organisation,
    without_groups,
)
from eclor.pushing.wanted import Form, dataset, groups, organisation, under_a_licence_of
from eclor.sentences.push import SAID
from eclor.settings import Settings


def push(
    to: Annotated[str, typer.Option(help="Address of the CKAN.")],
    token_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="File of its token; else ECLOR_PUSH_TOKEN.")
    ] = None,
    *,
    dry_run: Annotated[bool, typer.Option(help="Say what would be done, write nothing.")] = False,
) -> None:
    """Create, update and delete the datasets of a CKAN, so that it holds what is served here."""
    with refusing():
        settings = Settings()
        site = Site(to, _token(settings, token_file))
        publisher = read_identity(settings.territory).publisher
        failed = _pushed(site, publisher, served(settings, publisher), settings.origin, write=not dry_run)
    if failed:
        raise typer.Exit(1)


def served(settings: Settings, publisher: Publisher) -> list[Record]:
    """Return the descriptions of the datasets that are served now."""
    world = machine_world(settings.home)
    catalog = open_catalog(settings, world)
    try:
        with reading(catalog.engine) as session:
            views = [dataset_at(view, world.clock.now()) for view in catalogue.datasets(session)]
    finally:
        catalog.engine.dispose()
    return [record_of(view, view.current, publisher) for view in views if view.served and view.current]


def _token(settings: Settings, file: Path | None) -> str:
    token = settings.push_token.get_secret_value() if file is None else file.read_text(errors="replace").strip()
    if not (token.isascii() and token.isprintable() and token):  # nothing else goes into a header
        raise EclorError("push.no-token")
    return token


def _pushed(site: Site, publisher: Publisher, records: list[Record], origin: str, *, write: bool) -> bool:
    """Take every step; what left goes first. Return whether a dataset could not be pushed."""
    licences = site.licences()
    wanted = [under_a_licence_of(licences, dataset(record, origin)) for record in records]
    known = held(site, publisher.slug, origin)
    told: Counter[str] = Counter()
    failures = [*_taken(departures(known, wanted), site, told, write=write)]
    if write:
        settle_organisation(site, organisation(publisher, origin))
        wanted = _grouped(site, records, wanted)
    failures += _taken(arrivals(site, known, wanted), site, told, write=write)
    for failure in failures:
        typer.echo(f"{failure.name} : {failure.refusal.located()}", err=True)
    same = len(wanted) - told[Change.CREATED] - told[Change.UPDATED] - len(failures)
    typer.echo(SAID["total"].format(**{change.value: told[change] for change in Change}, same=max(same, 0)))
    if not write:
        typer.echo(SAID["dry"])
    return bool(failures)


def _grouped(site: Site, records: list[Record], wanted: list[Form]) -> list[Form]:
    refused = settle_groups(site, groups(records))
    for name in refused:
        typer.echo(SAID["group"].format(name=name), err=True)
    return [without_groups(form, refused) for form in wanted]


def _taken(steps: Iterable[Step | Failed], site: Site, told: Counter[str], *, write: bool) -> Iterator[Failed]:
    """Take the steps one by one, saying each; give those that the site refused. Stops if it no longer answers."""
    for step in steps:
        if isinstance(step, Failed):
            yield step
            continue
        try:
            if write:
                step.take(site)
        except EclorError as refusal:
            if refusal.code == "push.unreachable":
                raise
            yield Failed(step.name, refusal)
            continue
        told[step.change] += 1
        typer.echo(SAID[step.change].format(name=step.name))
