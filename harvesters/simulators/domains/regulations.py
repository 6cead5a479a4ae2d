"""Traffic orders as DiaLog publishes them: DATEX II 3, TrafficRegulationPublication, one a record. None is real."""

from datetime import timedelta
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np
import orjson
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import DECIMALS, point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_NAMES: Final = {
    "xmlns": "http://datex2.eu/schema/3/trafficRegulation",
    "xmlns:d2": "http://datex2.eu/schema/3/d2Payload",
    "xmlns:com": "http://datex2.eu/schema/3/common",
    "xmlns:loc": "http://datex2.eu/schema/3/locationReferencing",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_LONG: Final = 0.004
"""Degrees that a closed stretch is long, about 300 metres."""


class Kind(Block):
    """A kind of order: its type in DATEX II, the member that says more, its word, its length, how many there are."""

    code: str
    element: str
    word: str = Field(alias="mot")
    days: int = Field(alias="jours")
    count: int = Field(alias="nombre")


class Regulations(Block):
    """The orders in force: `arretes.yaml`."""

    authority: str = Field(alias="autorite")
    """With `{commune}`."""
    description: str
    """Words that may name somebody."""
    communes: tuple[Code, ...]
    kinds: tuple[Kind, ...] = Field(alias="genres")


def orders(regulations: Regulations, stage: Stage) -> Given:
    """Give the orders of the month, with a geometry each, as GeoJSON in the extension that the ministry uses."""
    since = midnight(stage.today.replace(day=1), stage.zone)
    payload = Element("d2:payload", _NAMES | {"modelBaseVersion": "3", "xsi:type": "TrafficRegulationPublication"})
    SubElement(payload, "com:publicationTime").text = since.isoformat()
    listed = SubElement(payload, "trafficRegulationsFromCompetentAuthorities")
    for kind in regulations.kinds:
        draws = generator(stage.seed, "orders", kind.code, stage.month(before=0).isoformat())
        for number in range(1, kind.count + 1):
            order = SubElement(listed, "trafficRegulationOrder", id=f"{stage.today:%y%m}-{kind.code}-{number:03d}")
            _fill(order, regulations, kind, stage, draws=draws)
    content: bytes = tostring(payload, encoding="utf-8", xml_declaration=True)
    return Given(content, "application/xml", since)


def _fill(order: Element, regulations: Regulations, kind: Kind, stage: Stage, *, draws: np.random.Generator) -> None:
    commune = stage.communes[regulations.communes[int(draws.integers(len(regulations.communes)))]]
    first = stage.month(before=0) + timedelta(days=int(draws.integers(-kind.days, kind.days)))
    order.set("version", "1")
    _say(order, "description", regulations.description)
    _say(order, "issuingAuthority", regulations.authority.format(commune=commune.name))
    SubElement(order, "regulationId").text = order.get("id")
    SubElement(order, "status").text = "madeAndImplemented"
    validity = SubElement(order, "validityByOrder")
    SubElement(validity, "com:validityStatus").text = "definedByValidityTimeSpec"
    span = SubElement(validity, "com:validityTimeSpecification")
    SubElement(span, "com:overallStartTime").text = midnight(first, stage.zone).isoformat()
    SubElement(span, "com:overallEndTime").text = midnight(first + timedelta(days=kind.days), stage.zone).isoformat()
    regulation = SubElement(order, "trafficRegulation")
    SubElement(regulation, "status").text = "active"
    said = SubElement(regulation, "typeOfRegulation", {"xsi:type": kind.code})
    SubElement(said, kind.element).text = kind.word
    condition = SubElement(regulation, "condition", {"xsi:type": "LocationCondition"})
    lon, lat = point_inside(commune.ring, draws)
    street = stage.street(draws).capitalize()
    _place(condition, street, [[lon, lat], [round(lon + _LONG, DECIMALS), lat]])


def _place(condition: Element, street: str, line: list[list[float]]) -> None:
    location = SubElement(condition, "locationByOrder", {"xsi:type": "loc:LinearLocation"})
    described = SubElement(location, "loc:supplementaryPositionalDescription")
    SubElement(SubElement(described, "loc:roadInformation"), "loc:roadName").text = street
    extended = SubElement(SubElement(location, "loc:_linearLocationExtension"), "loc:linearLocationExtended")
    geometry = {"type": "LineString", "coordinates": line}
    SubElement(extended, "loc:geoJsonGeometry").text = orjson.dumps(geometry).decode()


def _say(parent: Element, tag: str, text: str) -> None:
    SubElement(SubElement(SubElement(parent, tag), "com:values"), "com:value", lang="fr").text = text


SYSTEM: Final = DomainSystem(Regulations, {"/routes/arretes.xml": orders})
