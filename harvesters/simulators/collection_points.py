"""The waste service's reference list: recycling centres and street containers, as CSV in a Data Package."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from io import StringIO

import numpy as np
import orjson

from harvesters.simulators.parameters import Parameters, Site, Stream, Waste
from harvesters.simulators.places import Commune, point_inside, written
from harvesters.simulators.seeds import generator, share

CSV_NAME = "points-de-collecte.csv"
_TYPES = ("string", "string", "string", "string", "string", "string", "geopoint", "string", "integer")
"""Table Schema types of the columns, in the order of the header."""


def points_csv(parameters: Parameters, communes: Mapping[str, Commune], seed: int) -> bytes:
    """Write one line a place, in order of identifier: UTF-8, comma, LF; no capacity for a recycling centre."""
    rows = sorted([*_sites(parameters.waste), *_points(parameters, communes, seed)])
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(parameters.waste.points.header)
    writer.writerows(rows)
    return text.getvalue().encode()


def data_package(parameters: Parameters, table: bytes, *, created: date) -> bytes:
    """Describe the CSV `table` as a Data Package (version 2), its size and digest included."""
    words = parameters.waste.points.package
    fields = [{"name": name, "type": kind} for name, kind in zip(parameters.waste.points.header, _TYPES, strict=True)]
    resource = {
        "name": words.name,
        "path": CSV_NAME,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table),
        "hash": f"sha256:{sha256(table).hexdigest()}",
        "schema": {"fields": fields, "primaryKey": [parameters.waste.points.header[0]]},
    }
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": words.name,
        "title": words.title,
        "description": words.description,
        "created": f"{created.isoformat()}T00:00:00Z",
        "resources": [resource],
    }
    return orjson.dumps(package, option=orjson.OPT_INDENT_2)


def equipped(parameters: Parameters, communes: Mapping[str, Commune], seed: int) -> tuple[tuple[str, str, str], ...]:
    """Return code, stream and position of the street containers that carry a sensor."""
    rows = _points(parameters, communes, seed)
    return tuple((row[0], row[3], row[6]) for row in rows if row[3] in parameters.waste.filling.streams)


def osm_hours(site: Site) -> str:
    """Write opening hours in OpenStreetMap's syntax: ``Tu 09:00-12:00,14:00-18:00; Sa 09:00-18:00``."""
    return "; ".join(f"{day} {','.join(spans)}" for day, spans in site.hours.items())


def _sites(waste: Waste) -> Iterator[tuple[str, ...]]:
    for site in waste.sites:
        position = written((site.longitude, site.latitude))
        yield (site.code, waste.points.site_kind, site.name, waste.points.site_streams, site.address, site.commune,
               position, osm_hours(site), "")  # fmt: skip


def _points(parameters: Parameters, communes: Mapping[str, Commune], seed: int) -> Iterator[tuple[str, ...]]:
    points = parameters.waste.points
    counts = share(points.total, {commune.code: commune.population for commune in parameters.town.communes})
    for code, count in counts.items():
        draws = generator(seed, "points", code)
        for number in range(1, count + 1):
            stream = _drawn(points.streams, draws)
            street = str(draws.choice(parameters.town.streets))
            position = written(point_inside(communes[code].ring, draws))
            capacity = str(draws.choice(stream.capacities))
            yield (f"{code}-PAV-{number:03d}", points.point_kind, f"{stream.label}, {street}", stream.name, street,
                   code, position, points.hours, capacity)  # fmt: skip


def _drawn(streams: tuple[Stream, ...], draws: np.random.Generator) -> Stream:
    parts = np.array([stream.part for stream in streams])
    return streams[int(draws.choice(len(streams), p=parts / parts.sum()))]
