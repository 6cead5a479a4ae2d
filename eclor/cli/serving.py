"""eclor serving: say again to the servers what may leave, from the acts; eclor act and eclor run do it themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from catalog.catalogue import open_catalog
from catalog.serving import Told
from eclor.drafting import office
from eclor.errors import EclorError
from eclor.house import House, machine_world
from eclor.sentences.serving import ACTED, numbered
from eclor.serving import FAILURES, Counter, settle_all, settle_serving
from eclor.settings import Settings


def serving() -> None:
    """Settle every dataset now; say what no longer leaves, what leaves again, and what could not be settled."""
    try:
        with opened(Settings()) as counter:
            told = settle_all(counter)
    except FAILURES as failure:
        raise typer.Exit(_refused(failure)) from failure
    for dataset, one in told.items():
        if isinstance(one, Told):
            typer.echo(f"{dataset} : {said(one) or 'rien ne change.'}")
        else:
            _refused(one, f"{dataset} : ")
    if not all(isinstance(one, Told) for one in told.values()):
        raise typer.Exit(1)


def counter_of(house: House) -> Counter:
    """Return the counter of a house at work."""
    return Counter(house.catalog, house.desk, house.settings.territory / "politiques", house.world)


@contextmanager
def opened(settings: Settings) -> Iterator[Counter]:
    """Open the counter of a home beside whatever runs there."""
    world = machine_world(settings.home)
    catalog = open_catalog(settings, world)
    try:
        yield Counter(catalog, office(settings).desk, settings.territory / "politiques", world)
    finally:
        catalog.engine.dispose()


def follow(dataset: str, settings: Settings) -> str:
    """Settle a dataset right after an act on it; return what follows, in French, or nothing.

    Refuses (`EclorError`, serving.not-written) if the servers cannot be told: the act stands all the same.
    """
    try:
        with opened(settings) as counter:
            return said(settle_serving(dataset, counter))
    except FAILURES as failure:
        cause = getattr(failure, "code", type(failure).__name__)
        raise EclorError("serving.not-written", cause=cause) from failure


def said(told: Told) -> str:
    """Return what a settlement changed, in French; nothing if nothing did."""
    changes = {"closed": told.closed, "reopened": told.reopened}
    return " ".join(
        ACTED[change].format(versions=numbered(versions)) for change, versions in changes.items() if versions
    )


def _refused(failure: Exception, of: str = "") -> int:
    said_of_it = failure.located() if isinstance(failure, EclorError) else type(failure).__name__
    typer.echo(of + said_of_it, err=True)
    return 1
