"""How full the street containers with a sensor are, as NGSI-LD entities (Smart Data Models, WasteContainer)."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from harvesters.simulators.clock import local_day, written_utc
from harvesters.simulators.context_entities import Entity
from harvesters.simulators.parameters import FillingWords
from harvesters.simulators.seeds import generator

Container = tuple[str, str, str]
"""Code, stream, position as `lon,lat`."""
_SILENT_SINCE = timedelta(days=3)


def filling_entity(
    container: Container, words: FillingWords, seed: int, *, instant: datetime, zone: ZoneInfo
) -> Entity:
    """Return the normalized entity: full from 0 to 1, as of the last whole hour; some sensors have been silent."""
    code, stream, position = container
    draws = generator(seed, "filling", code)
    is_silent = draws.integers(0, 100) < words.silent_percent
    hour = instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    observed = hour - _SILENT_SINCE if is_silent else hour
    period = int(draws.integers(*words.days, endpoint=True))
    emptied = _emptied(observed, period, int(draws.integers(0, period)), hour=words.hour, zone=zone)
    pace = float(generator(seed, "filling", code, emptied.isoformat()).uniform(0.6, 1.15))
    level = round(min((observed - emptied) / timedelta(days=period) * pace, 1), 2)
    seen = written_utc(observed)
    return {
        "id": f"{words.prefix}{code}",
        "type": words.type,
        "containerCode": {"type": "Property", "value": code},
        "storedWasteKind": {"type": "Property", "value": stream},
        "fillingLevel": {"type": "Property", "value": level, "unitCode": "C62", "observedAt": seen},
        "fillingQuality": {"type": "Property", "value": "silent" if is_silent else "measured"},
        "dateLastEmptying": {
            "type": "Property",
            "value": {"@type": "DateTime", "@value": written_utc(emptied)},
        },
        "license_plate": {"type": "Property", "value": words.plate},
        "location": {
            "type": "GeoProperty",
            "value": {"type": "Point", "coordinates": [float(part) for part in position.split(",")]},
        },
    }


def _emptied(observed: datetime, period: int, shift: int, *, hour: int, zone: ZoneInfo) -> datetime:
    """Return when it was last emptied: every so many days, at the round's hour."""
    today = local_day(observed, zone)
    day = today - timedelta(days=(today.toordinal() + shift) % period)
    emptied = datetime.combine(day, time(hour), zone)
    return emptied if emptied <= observed else datetime.combine(day - timedelta(days=period), time(hour), zone)
