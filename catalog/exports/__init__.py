"""The exports of a version. To add one: its file here, its line in the table."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Final

from catalog.export import Export

EXPORTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "csv": "catalog.exports.csv_table:EXPORT",
        "geojson": "catalog.exports.geojson:EXPORT",
        "json": "catalog.exports.json_array:EXPORT",
        "ndjson": "catalog.exports.ndjson:EXPORT",
        "parquet": "catalog.exports.parquet:EXPORT",
        "rows": "catalog.exports.rows_sqlite:EXPORT",
    }
)
"""Name → `module:attribute`, sorted, loaded on use."""


def export(name: str) -> Export:
    """Return the export of that name; an unknown one is a bug of the caller."""
    module, _, attribute = EXPORTS[name].partition(":")
    found: Export = getattr(import_module(module), attribute)
    return found
