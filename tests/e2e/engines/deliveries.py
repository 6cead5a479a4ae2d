"""Rows for any policy, from what it declares: skewed, with missing values, both clock changes and odd texts."""

from collections.abc import Callable, Mapping
from random import Random  # noqa: TID251 - seeded, for the rows of a test

from anonymizers.places import Zones
from charter.model import CatalogueEntry, Policy, PolicyField
from charter.raw_table import collected_fields
from charter.vocabulary import Category, FieldType, Role

ROWS = 500
TEXTS = ("bois", "l'\u00e9t\u00e9", 'a "b" \\ c', "${env:HOME}", "vert")
INSTANTS = (
    "2025-10-26T00:30:00Z",
    "2025-10-26T01:30:00Z",
    "2025-10-26T02:30:00",
    "2026-03-29T00:59:59Z",
    "2026-03-29T01:00:00Z",
    *(f"2026-03-{day:02}T12:00:00Z" for day in (1, 2, 3, 30)),
)
DRAWN: dict[FieldType, Callable[[Random], object]] = {
    FieldType.INTEGER: lambda source: source.choice([0, 1, 4, 5, 14, 15, 29, 30, 2000, 90000]),
    FieldType.DECIMAL: lambda source: source.choice(["0", "1.5", "12.25", "900"]),
    FieldType.BOOLEAN: lambda source: source.choice(["oui", "non"]),
    FieldType.DATE: lambda source: (
        f"{source.choice([2024, 2025])}-{source.choice([1, 6]):02}-{source.randint(1, 28):02}"
    ),
    FieldType.DATETIME: lambda source: source.choice(INSTANTS),
    FieldType.POSITION: lambda source: f"5.{source.randint(90, 99)},49.{source.randint(40, 49)}",
    FieldType.GEOMETRY: lambda _: '{"type":"Point","coordinates":[5.9,49.4]}',
}


def delivery(policy: Policy, entry: CatalogueEntry, zones: Zones) -> list[Mapping[str, object]]:
    """Return rows of every collected column; the same each time."""
    source = Random(policy.dataset)
    fields = collected_fields(policy)
    listed = {field.name: _texts(field, entry, zones) for field in fields}
    return [{field.name: _value(field, listed[field.name], source) for field in fields} for _ in range(ROWS)]


def _value(field: PolicyField, texts: tuple[str, ...], source: Random) -> object:
    if source.random() < 0.03:
        return ""
    if field.role is Role.DIRECT_IDENTIFIER:
        return f"U{min(source.randrange(120), source.randrange(120)):03}"
    if field.category is Category.TIME and field.type is FieldType.INTEGER:
        return source.choice([2024, 2025])
    drawn = DRAWN.get(field.type)
    return drawn(source) if drawn else source.choice([texts[0], *texts])


def _texts(field: PolicyField, entry: CatalogueEntry, zones: Zones) -> tuple[str, ...]:
    """Return the values of a text: zones of its finest level, those of its list, or odd ones."""
    column = entry.column(field.name)
    levels = {level.value for level in field.treatment.levels or ()}
    communes = tuple(sorted(zones.epci_by_commune))[:3]
    if "iris" in levels:
        return zones.iris[:3] or tuple(f"{commune}0101" for commune in communes)
    if "commune" in levels:
        return communes
    return tuple((column.values if column else None) or TEXTS)
