"""The zone tables that levels need: a check warns of a missing one, a run refuses (LANGUAGE.md, "Labels and files")."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from charter.document import Document
from charter.model import Policy
from charter.vocabulary import Level, french_key
from eclor.errors import PolicyRefused

TABLES: Final = {
    Level.IRIS: "iris.geojson",
    Level.COMMUNE: "communes.geojson",
    Level.EPCI: "communes.geojson",
    Level.GRID_200M: "communes.geojson",
    Level.GRID_1KM: "communes.geojson",
}
POPULATIONS: Final = "populations.csv"


def missing_tables(document: Document, policy: Policy, zones: Path) -> Iterator[PolicyRefused]:
    """Yield a J808, to be shown as a warning, for each table that a level needs and the folder `zones` has not."""
    warned: set[str] = set()
    for rank, field in enumerate(policy.fields):
        for level in field.treatment.levels or ():
            table = TABLES.get(level)
            if table and table not in warned and not (zones / table).is_file():
                warned.add(table)
                place = document.at("fields", rank, "treatment", "levels")
                yield PolicyRefused("J808", place=place, table=table, level=level)
    if policy.guarantees.small_populations and not (zones / POPULATIONS).is_file():
        name = "small_populations"
        place = document.at("guarantees", name)
        yield PolicyRefused("J808", place=place, table=POPULATIONS, level=french_key(name))
