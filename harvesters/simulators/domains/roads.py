"""What closes or slows a road, as a road operator publishes it: DATEX II 2.2, one situation an event. None is real."""

from datetime import datetime, timedelta
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np
from pydantic import Field

from harvesters.simulators.clock import midnight
from harvesters.simulators.parameters import Block, Code
from harvesters.simulators.places import point_inside
from harvesters.simulators.seeds import generator
from harvesters.simulators.stage import DomainSystem, Given, Stage

_SCHEMA: Final = "http://datex2.eu/schema/2/2_0"
_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_MONTH: Final = 30


class Kind(Block):
    """A kind of event: the record's type, the word that says more of it, how many there are, how long one lasts."""

    code: str
    element: str
    """The member of the record that says more, `roadMaintenanceType`."""
    word: str = Field(alias="mot")
    severity: str = Field(alias="gravite")
    count: int = Field(alias="nombre")
    days: int = Field(alias="jours")


class Roads(Block):
    """The operator's feed: `routes.yaml`."""

    country: str = Field(alias="pays")
    operator: str = Field(alias="exploitant")
    comment: str = Field(alias="commentaire")
    """Words that stand in each event and may name somebody."""
    roads: tuple[str, ...] = Field(alias="routes")
    communes: tuple[Code, ...]
    kinds: tuple[Kind, ...] = Field(alias="genres")
    tests: int = Field(alias="essais")
    """How many of the last kind are tests of the system."""


def events(roads: Roads, stage: Stage) -> Given:
    """Give the snapshot of the day: events in force, over and to come, and tests that must never look real."""
    since = midnight(stage.today, stage.zone)
    model = Element("d2LogicalModel", {"xmlns": _SCHEMA, "xmlns:xsi": _INSTANCE, "modelBaseVersion": "2"})
    supplier = SubElement(SubElement(model, "exchange"), "supplierIdentification")
    _say(supplier, country=roads.country, nationalIdentifier=roads.operator)
    publication = SubElement(model, "payloadPublication", {"xsi:type": "SituationPublication", "lang": "fr"})
    _say(publication, publicationTime=_written(since, stage))
    _say(SubElement(publication, "publicationCreator"), country=roads.country, nationalIdentifier=roads.operator)
    for kind in roads.kinds:
        draws = generator(stage.seed, "road events", kind.code, stage.month(before=0).isoformat())
        for number in range(1, kind.count + 1):
            is_test = kind is roads.kinds[-1] and number > kind.count - roads.tests
            situation = _situation(publication, kind, stage, number=number, is_test=is_test)
            _fill(situation[-1], roads, kind, stage, draws=draws)
    content: bytes = tostring(model, encoding="utf-8", xml_declaration=True)
    return Given(content, "application/xml", since)


def _situation(publication: Element, kind: Kind, stage: Stage, *, number: int, is_test: bool) -> Element:
    """Add a situation with its record, empty but for its identity."""
    identifier = f"{stage.today:%y%m}-{kind.code}-{number:02d}"
    situation = SubElement(publication, "situation", id=identifier, version="1")
    _say(situation, overallSeverity=kind.severity)
    status = "test" if is_test else "real"
    _say(SubElement(situation, "headerInformation"), confidentiality="noRestriction", informationStatus=status)
    SubElement(situation, "situationRecord", {"xsi:type": kind.code, "id": f"{identifier}-1", "version": "1"})
    return situation


def _fill(record: Element, roads: Roads, kind: Kind, stage: Stage, *, draws: np.random.Generator) -> None:
    first_day = stage.month(before=0) + timedelta(days=int(draws.integers(-kind.days, _MONTH)))
    start, end = (midnight(first_day + timedelta(days=after), stage.zone) for after in (0, kind.days))
    created = _written(start - timedelta(days=1), stage)
    _say(record, situationRecordCreationTime=created, situationRecordVersionTime=created)
    _say(record, probabilityOfOccurrence="certain")
    _say(SubElement(record, "source"), sourceIdentification=roads.operator)
    validity = SubElement(record, "validity")
    _say(validity, validityStatus=_status(start, end, stage.now))
    span = SubElement(validity, "validityTimeSpecification")
    _say(span, overallStartTime=_written(start, stage), overallEndTime=_written(end, stage))
    comment = SubElement(record, "generalPublicComment")
    _say_in_french(comment, "comment", roads.comment)
    _place(record, roads, stage, draws=draws)
    _say(record, **{kind.element: kind.word})


def _status(start: datetime, end: datetime, now: datetime) -> str:
    if start > now:
        return "definedByValidityTimeSpec"
    return "active" if end > now else "suspended"


def _place(record: Element, roads: Roads, stage: Stage, *, draws: np.random.Generator) -> None:
    """Say where it is: a point of TPEG, with the names of its town and of its road."""
    commune = stage.communes[roads.communes[int(draws.integers(len(roads.communes)))]]
    lon, lat = point_inside(commune.ring, draws)
    location = SubElement(record, "groupOfLocations", {"xsi:type": "Point"})
    simple = SubElement(location, "tpegPointLocation", {"xsi:type": "TpegSimplePoint"})
    _say(simple, tpegDirection="bothWays", tpegSimplePointLocationType="nonLinkedPoint")
    point = SubElement(simple, "point", {"xsi:type": "TpegNonJunctionPoint"})
    _say(SubElement(point, "pointCoordinates"), latitude=str(lat), longitude=str(lon))
    road = roads.roads[int(draws.integers(len(roads.roads)))]
    for text, kind in ((commune.name, "townName"), (road, "linkName")):
        name = SubElement(point, "name")
        _say_in_french(name, "descriptor", text)
        _say(name, tpegOtherPointDescriptorType=kind)


def _written(instant: datetime, stage: Stage) -> str:
    return instant.astimezone(stage.zone).isoformat()


def _say(parent: Element, **texts: str) -> None:
    for tag, text in texts.items():
        SubElement(parent, tag).text = text


def _say_in_french(parent: Element, tag: str, text: str) -> None:
    value = SubElement(SubElement(SubElement(parent, tag), "values"), "value", lang="fr")
    value.text = text


SYSTEM: Final = DomainSystem(Roads, {"/routes/evenements.xml": events})
