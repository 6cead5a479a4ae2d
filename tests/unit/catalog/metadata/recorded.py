"""Records of two published datasets, and one that the regulation makes of high value."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog import reading as catalogue
from catalog.database import reading
from catalog.declaration import HighValue
from catalog.metadata.record import Record
from catalog.metadata.recording import record_of
from eclor.identity import read_identity
from tests.serving import POINTS, fill
from tests.unit.catalog.publish.released import Home

ORIGIN = "https://donnees.exemple.invalid"


def recorded() -> dict[str, Record]:
    """The records of a small catalogue, by slug."""
    with TemporaryDirectory() as folder:
        home = fill(Home(Path(folder)))
        publisher = read_identity(home.settings.territory).publisher
        with reading(home.catalog.engine) as session:
            views = [view for view in catalogue.datasets(session) if view.current]
        home.catalog.engine.dispose()
    return {view.slug: record_of(view, view.current, publisher) for view in views if view.current}


def high_value(records: dict[str, Record]) -> Record:
    """The points of collection, under the regulation, with one file."""
    points = records[POINTS]
    return replace(points, high_value=(HighValue.ENVIRONMENT,), distributions=points.distributions[:1])
