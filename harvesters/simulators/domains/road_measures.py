"""The roads measured: vehicles counted hour by hour, and how fast they went (DATEX II v3). None of them drove."""

from datetime import datetime, timedelta
from math import exp
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

import orjson
from pydantic import Field

from harvesters.simulators.clock import hours, midnight, written_utc
from harvesters.simulators.parameters import Block
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_D2: Final = "http://datex2.eu/schema/3/messageContainer"
_COM: Final = "http://datex2.eu/schema/3/common"
_ROA: Final = "http://datex2.eu/schema/3/roadTrafficData"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_PEAKS: Final = (7.5, 17.5)
_BY_DAY: Final = range(6, 21)
_CARS: Final = "CAR"
_LORRIES: Final = "TRUCK"
_FEWEST: Final = 6
"""Vehicles under which a mean speed is that of somebody: none is given."""


class Site(Block):
    """A place of a road where loops count, each way: vehicles of a usual day, share of lorries, speed without jam."""

    code: str
    road: str = Field(alias="route")
    ways: tuple[str, ...] = Field(alias="sens")
    daily: int = Field(alias="par_jour")
    lorries: float = Field(alias="part_poids_lourds")
    speed: int = Field(alias="vitesse_km_h")


class RoadMeasures(Block):
    """The counters: `mesures-routes.yaml`."""

    days: int = Field(alias="jours")
    country: str = Field(alias="pays")
    operator: str = Field(alias="exploitant")
    sites: tuple[Site, ...]


def counts_json(measures: RoadMeasures, stage: Stage) -> Given:
    """Give one object a channel, kind of vehicle and hour of the last closed days."""
    rows = []
    for before in range(measures.days, 0, -1):
        day = stage.today - timedelta(days=before)
        for hour in hours(day, stage.zone):
            for site in measures.sites:
                rows += [
                    {
                        "channel_id": f"{site.code}-{way}-{kind}",
                        "site_id": site.code,
                        "road": site.road,
                        "direction": way,
                        "mobility_type": kind,
                        "start_date": hour.astimezone(stage.zone).strftime("%Y-%m-%dT%H:%M:%S%z"),
                        "count": _counted(site, way, kind, hour, stage),
                    }
                    for way in site.ways
                    for kind in (_CARS, _LORRIES)
                ]
    return Given(orjson.dumps({"measures": rows}), "application/json", midnight(stage.today, stage.zone))


def speeds_xml(measures: RoadMeasures, stage: Stage) -> Given:
    """Give the flow and the mean speed of each site and way over the last whole hour."""
    hour = stage.now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)
    for prefix, namespace in (("d2", _D2), ("com", _COM), ("roa", _ROA)):
        register_namespace(prefix, namespace)
    root = Element(f"{{{_D2}}}messageContainer", {"modelBaseVersion": "3"})
    payload = SubElement(root, f"{{{_D2}}}payload", {f"{{{_XSI}}}type": "roa:MeasuredDataPublication", "lang": "fr"})
    _leaf(payload, _COM, "publicationTime", written_utc(hour + timedelta(hours=1)))
    creator = SubElement(payload, f"{{{_COM}}}publicationCreator")
    _leaf(creator, _COM, "country", measures.country)
    _leaf(creator, _COM, "nationalIdentifier", measures.operator)
    about = SubElement(payload, f"{{{_ROA}}}headerInformation")
    _leaf(about, _COM, "confidentiality", "noRestriction")
    _leaf(about, _COM, "informationStatus", "real")
    for site in measures.sites:
        for way in site.ways:
            _measured(payload, site, way, hour, stage)
    return Given(_document(root), "application/xml", hour + timedelta(hours=1))


def _measured(payload: Element, site: Site, way: str, hour: datetime, stage: Stage) -> None:
    flow = sum(_counted(site, way, kind, hour, stage) for kind in (_CARS, _LORRIES))
    measured = SubElement(payload, f"{{{_ROA}}}siteMeasurements")
    code = f"{site.code}-{way}"
    kind = {"targetClass": "roa:MeasurementSite", "id": code, "version": "1"}
    SubElement(measured, f"{{{_ROA}}}measurementSiteReference", kind)
    _leaf(SubElement(measured, f"{{{_ROA}}}measurementTimeDefault"), _COM, "timeValue", written_utc(hour))
    _value(measured, "TrafficFlow", ("vehicleFlow", "vehicleFlowRate"), str(flow))
    if flow >= _FEWEST:
        jam = flow / (site.daily / 8) * 0.25
        drawn = float(generator(stage.seed, "speed", code, hour.isoformat()).normal(site.speed * (1 - jam), 2))
        _value(measured, "TrafficSpeed", ("averageVehicleSpeed", "speed"), f"{max(drawn, 10):.1f}")


def _value(measured: Element, kind: str, names: tuple[str, str], value: str) -> None:
    outer = SubElement(measured, f"{{{_ROA}}}physicalQuantity", {f"{{{_XSI}}}type": "roa:SinglePhysicalQuantity"})
    data = SubElement(outer, f"{{{_ROA}}}basicData", {f"{{{_XSI}}}type": f"roa:{kind}"})
    _leaf(SubElement(data, f"{{{_ROA}}}{names[0]}"), _ROA, names[1], value)


def _leaf(above: Element, namespace: str, name: str, value: str) -> None:
    SubElement(above, f"{{{namespace}}}{name}").text = value


def _document(root: Element) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root)


def _counted(site: Site, way: str, kind: str, hour: datetime, stage: Stage) -> int:
    share = site.lorries if kind == _LORRIES else 1 - site.lorries
    mean = site.daily * share * _share(hour.astimezone(stage.zone).hour)
    return int(generator(stage.seed, "vehicles", site.code, way, kind, hour.isoformat()).poisson(mean))


def _share(hour: int) -> float:
    """Return the share of a day's vehicles that pass in a local hour: two peaks, a trickle by night."""
    return 0.002 + sum(0.1 * exp(-((hour - peak) ** 2) / 5) for peak in _PEAKS) + (0.025 if hour in _BY_DAY else 0)


SYSTEM: Final = DomainSystem(RoadMeasures, {"/routes/comptages.json": counts_json, "/routes/vitesses.xml": speeds_xml})
