"""DATEX II records, XML and JSON alike: which elements are rows, and what is read out of them (EN 16157)."""

from collections.abc import Iterator
from typing import Final

from harvesters.datex_places import Places
from harvesters.exchanged import Record
from harvesters.parsing import Row
from harvesters.xml_rows import TYPE

RECORDS: Final = frozenset({
    "elaboratedData", "energyInfrastructureSite", "energyInfrastructureSiteStatus", "measurementSite",
    "measurementSiteRecord", "parkingFacility", "parkingFacilityStatus", "parkingRecord", "parkingRecordStatus",
    "predefinedLocation", "predefinedLocationContainer", "siteMeasurements", "situationRecord",
    "trafficRegulationOrder", "urbanVehicleAccessRegulation", "vmsController", "vmsControllerStatus", "vmsUnit",
    "vmsUnitRecord",
})  # fmt: skip
"""Elements that are a row, the outermost one where they nest."""
PUBLICATIONS: Final = frozenset({
    "ControlledZoneTablePublication", "ElaboratedDataPublication", "EnergyInfrastructureStatusPublication",
    "EnergyInfrastructureTablePublication", "GenericPublication", "MeasuredDataPublication",
    "MeasurementSiteTablePublication", "ParkingStatusPublication", "ParkingTablePublication",
    "PredefinedLocationsPublication", "SituationPublication", "TrafficRegulationPublication", "VmsPublication",
    "VmsTablePublication",
})  # fmt: skip
"""What may be published that has such records (a v2 extension publishes car parks as GenericPublication)."""
LISTS: Final = frozenset({
    "applicableCurrency", "applicableDay", "conditions", "connector", "displayAreaSettings", "electricEnergy",
    "energyInfrastructureStation", "energyInfrastructureStationStatus", "energyPrice", "energyRate", "exceptionPeriod",
    "generalPublicComment", "groupOfParkingSpacesStatus", "lane", "locationContainedInItinerary", "measuredValue",
    "measurementSpecificCharacteristics", "parkingSpace", "parkingSpaceStatus", "physicalQuantity", "refillPoint",
    "refillPointStatus", "textLine", "textPage", "trafficRegulation", "validPeriod", "vehicleType", "vms", "vmsMessage",
    "vmsPictogram", "vmsPictogramDisplayArea", "vmsRecord", "vmsStatus", "vmsTextLine",
})  # fmt: skip
"""Members that are lists, however few of them come: a path that holds once holds always. Those that the standard
numbers (`measuredValue index`, `vms vmsIndex`) wrap one of their own name, which stands alone."""
_REFERENCES: Final = {
    "siteMeasurements": "measurementSiteReference", "parkingRecordStatus": "parkingRecordReference",
    "parkingFacilityStatus": "parkingFacilityReference", "energyInfrastructureSiteStatus": "reference",
    "vmsControllerStatus": "vmsControllerReference", "vmsUnit": "vmsUnitReference",
}  # fmt: skip
"""Records that are known by what they refer to."""
_STATES: Final = frozenset({"parkingRecordStatus", "parkingFacilityStatus", "energyInfrastructureSiteStatus"})
"""Records without a place or a period of their own."""
_QUANTITIES: Final = {
    "vehicleFlow": ("vehicleFlowRate", "vehicleFlowRate"), "averageVehicleSpeed": ("averageVehicleSpeed", "speed"),
    "occupancy": ("occupancy", "percentage"), "travelTime": ("travelTime", "duration"),
}  # fmt: skip
"""Member of a measured value: the column, and the leaf that holds the number."""


def is_delta(method: object) -> bool:
    """Say whether an update method (v2) or exchange protocol (v3) sends changes, so that absence ends nothing."""
    return isinstance(method, str) and (method.endswith("ElementUpdate") or method.startswith("delta"))


def row_of(found: Record) -> tuple[Row, bool] | None:
    """Return the row of a record and whether its place could not be read; None where nothing says which one it is.

    `kind` (the record's element), `id`, `version`, `type`, then what stands `around` it, what its standard has by its
    own names, and what is read out of it: `start`, `end`, `roads`, `geometry`, `position`; of measurements `time`,
    `vehicleFlowRate`, `averageVehicleSpeed`, `occupancy`, `travelTime`.
    """
    kind, record = found.kind, found.members
    identifier = _identifier(kind, record)
    if identifier is None:
        return None
    version = record.get("version", record.get("situationRecordVersion"))  # a member of its own in v1
    own = {"kind": kind, "id": identifier, "version": version, "type": record.get(TYPE), **found.around}
    row = own | record
    row |= own  # a record's members take no name of these
    row.pop(TYPE, None)
    if kind == "siteMeasurements":
        return row | _measured(record), False
    if kind in _STATES:
        return row, False
    places = Places.of(found.noted)
    row["start"], row["end"] = _period(record)
    row |= places.columns
    return row, places.unsound


def _identifier(kind: str, record: Row) -> str | None:
    if kind == "elaboratedData":
        return str(record.get("id") or "")
    reference = record.get(_REFERENCES[kind]) if kind in _REFERENCES else record
    identifier = reference.get("id") if isinstance(reference, dict) else reference  # which v1 says as a text
    return identifier if isinstance(identifier, str) and identifier else None


def _period(record: Row) -> tuple[object, object]:
    """Return the start and end of the overall validity of a record, as it says it at its top."""
    validity = record.get("validity") or record.get("validityByOrder")
    times = validity.get("validityTimeSpecification") if isinstance(validity, dict) else None
    times = times if isinstance(times, dict) else {}
    return times.get("overallStartTime"), times.get("overallEndTime")


def _measured(record: Row) -> Row:
    """Return the time of a site's measurement, and each quantity where the site gives exactly one of it."""
    time = record.get("measurementTimeDefault")
    while isinstance(time, dict):
        time = time.get("timeValue", time.get("value"))
    found = list(_quantities(record.get("measuredValue"))) + list(_quantities(record.get("physicalQuantity")))
    return {"time": time} | {column: _single(found, column) for column, _ in _QUANTITIES.values()}


def _quantities(value: object) -> Iterator[tuple[str, object]]:
    """Yield each quantity with its number: None where -1 or `dataError` says that nothing was measured."""
    for item in value if isinstance(value, list) else (value,):
        if isinstance(item, dict):
            yield from _members_measured(item)


def _members_measured(value: Row) -> Iterator[tuple[str, object]]:
    for name, member in value.items():
        if name in _QUANTITIES and not isinstance(member, list):
            column, leaf = _QUANTITIES[name]
            said = member if isinstance(member, dict) else {leaf: member}  # of v1, the number itself
            number = said.get(leaf)
            is_error = str(said.get("dataError")).lower() == "true" or str(number).startswith("-")
            yield column, None if is_error else number
        elif isinstance(member, (dict, list)):
            yield from _quantities(member)


def _single(found: list[tuple[str, object]], column: str) -> object:
    values = [value for name, value in found if name == column]
    return values[0] if len(values) == 1 else None
