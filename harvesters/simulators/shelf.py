"""The files that the HTTP systems give: made whole, told by a strong ETag, changed only when their bytes do."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from harvesters.simulators.births import CSV_NAME as BIRTHS_CSV
from harvesters.simulators.births import births_csv
from harvesters.simulators.clock import midnight
from harvesters.simulators.collection_points import CSV_NAME as POINTS_CSV
from harvesters.simulators.collection_points import data_package, points_csv
from harvesters.simulators.facilities import facilities_geojson
from harvesters.simulators.parameters import Parameters
from harvesters.simulators.places import Commune

CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file to give: where it is, its strong ETag, since when, and its media type."""

    file: Path
    etag: str
    modified: datetime
    media_type: str


def fill_shelf(
    folder: Path, parameters: Parameters, communes: Mapping[str, Commune], seed: int, *, today: date
) -> dict[str, Shelved]:
    """Write the files of `today` into `folder` and return them by their path on the server.

    They change with the month at most, so `modified` is its first midnight.
    """
    folder.mkdir(parents=True, exist_ok=True)
    first = today.replace(day=1)
    modified = midnight(first, ZoneInfo(parameters.town.zone))
    points = points_csv(parameters, communes, seed)
    contents = {
        "/dechets/datapackage.json": (data_package(parameters, points, created=first), "application/json"),
        f"/dechets/{POINTS_CSV}": (points, CSV),
        "/equipements.geojson": (facilities_geojson(parameters, communes, seed), "application/geo+json"),
        f"/etat-civil/{BIRTHS_CSV}": (births_csv(parameters, seed, today=today), CSV),
    }
    return {
        path: Shelved(_stored(folder, content), etag_of(content), modified, media_type)
        for path, (content, media_type) in contents.items()
    }


def etag_of(content: bytes) -> str:
    """Return the strong ETag of some bytes: their SHA-256, quoted."""
    return f'"{sha256(content).hexdigest()}"'


def _stored(folder: Path, content: bytes) -> Path:
    """Write bytes under the name of their digest, whole, unless they are there."""
    target = folder / sha256(content).hexdigest()
    if not target.exists():
        unfinished = target.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(target)
    return target
