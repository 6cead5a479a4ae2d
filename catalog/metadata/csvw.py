"""CSV on the Web (W3C Recommendation, 17 December 2015): the metadata document of a version's CSV.

`url` is relative: the document stands beside the CSV that it describes, of the newest version and of each.
"""

from collections.abc import Mapping
from typing import Final

from catalog.metadata.record import Column, Record, Texts, absolute

MEDIA_TYPE: Final = "application/csvm+json"
_CONTEXT: Final = ("http://www.w3.org/ns/csvw", {"@language": "fr"})
_DIALECT: Final[Mapping[str, object]] = {
    "delimiter": ",",
    "encoding": "utf-8",
    "header": True,
    "lineTerminators": ["\n"],
    "quoteChar": '"',
    "doubleQuote": True,
}
_DATATYPES: Final[Mapping[str, Mapping[str, object]]] = {
    "integer": {"base": "integer"},
    "number": {"base": "decimal"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "datetime": {"base": "dateTime"},
    "boolean": {"base": "boolean", "format": "true|false"},
    "geojson": {"base": "json"},
}
"""Type of the Table Schema → datatype; any other is a string (a geometry has no datatype of its own)."""
_BOUNDS: Final = ("minimum", "maximum")


def csvw(record: Record, origin: str) -> dict[str, object]:
    """Return the document. What has words in several languages says them with their language (section 6.4.2)."""
    return {
        "@context": list(_CONTEXT),
        "url": "data.csv",
        "dc:title": _said(record.titles),
        "dc:description": _said(record.descriptions),
        "dc:identifier": absolute(origin, record.path),
        "dc:license": {"@id": record.terms.url},
        "dc:publisher": {"@value": record.publisher.name, "@language": "fr"},
        "dc:modified": {"@value": record.modified.isoformat(), "@type": "xsd:dateTime"},
        "dcat:keyword": [
            {"@value": word, "@language": code} for code, words in record.keywords.items() for word in words
        ],
        "schema:version": str(record.version),
        "dialect": dict(_DIALECT),
        "tableSchema": {
            "columns": [_column(column) for column in record.columns],
            "primaryKey": list(record.key),
            "rowTitles": list(record.key),
        },
    }


def _column(column: Column) -> dict[str, object]:
    """Return a column: its title is the CSV's own header, to the letter; its words for people stand beside."""
    described: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": _said(column.titles),
        "datatype": _datatype(column),
    }
    if column.descriptions:
        described["dc:description"] = _said(column.descriptions)
    if column.unit:
        described["schema:unitText"] = column.unit
    if column.constraints.get("required") is True:
        described["required"] = True
    return described


def _datatype(column: Column) -> dict[str, object]:
    found = dict(_DATATYPES.get(column.type, {"base": "string"}))
    if column.type in {"integer", "number"}:
        found |= {name: column.constraints[name] for name in _BOUNDS if name in column.constraints}
    return found


def _said(words: Texts) -> list[dict[str, str]]:
    return [{"@value": text, "@language": code} for code, text in words.items()]
