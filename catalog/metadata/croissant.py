"""Croissant 1.1 (MLCommons): a version's files with their digests, and its rows as a record set that a program reads.

Files are those of the version, whose bytes never change: a digest is true for as long as the file is there.
"""

from collections.abc import Mapping
from typing import Final

from catalog.declaration import Kind
from catalog.metadata.citation import bibtex, reference
from catalog.metadata.record import Column, Distribution, Record, absolute
from catalog.metadata.schema_org import box

MEDIA_TYPE: Final = "application/ld+json"
CONFORMS: Final = "http://mlcommons.org/croissant/1.1"
CONTEXT: Final[Mapping[str, object]] = {
    "@language": "fr",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The context that the standard recommends; only the language is ours."""
_ENCODINGS: Final[Mapping[str, str]] = {"parquet": "application/x-parquet", "ndjson": "application/jsonlines"}
"""File → the type by which Croissant's readers know it, where it is not the type it is served under."""
_TYPES: Final[Mapping[str, str]] = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
}
"""Type of the Table Schema → data type; any other is a text."""
_ROWS: Final = "lignes"


def croissant(record: Record, origin: str) -> dict[str, object]:
    """Return the document, its links under an origin."""
    publisher = {"@type": "Organization", "name": record.publisher.name, "url": absolute(origin, "/")}
    first, last = record.temporal
    return {
        "@context": dict(CONTEXT),
        "@type": "sc:Dataset",
        "@id": absolute(origin, record.path),
        "conformsTo": CONFORMS,
        "name": record.title,
        "alternateName": record.slug,
        "description": record.description,
        "url": absolute(origin, record.path),
        "license": record.terms.spdx_url,
        "creator": publisher,
        "publisher": publisher,
        "datePublished": record.issued.date().isoformat(),
        "dateModified": record.modified.date().isoformat(),
        "version": f"{record.version}.0.0",
        "keywords": list(record.keywords.get("fr", ())),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "isLiveDataset": record.kind is Kind.LIVE,
        "temporalCoverage": f"{first.isoformat()}/{last.isoformat()}",
        "spatialCoverage": {"@type": "Place", "geo": {"@type": "GeoShape", "box": box(record.bounds)}},
        "citeAs": bibtex(reference(record, origin)),
        "distribution": [_file(record, file, origin) for file in record.distributions],
        "recordSet": [_rows(record)],
    }


def _file(record: Record, file: Distribution, origin: str) -> dict[str, object]:
    return {
        "@type": "cr:FileObject",
        "@id": file.file_name,
        "name": file.file_name,
        "description": file.descriptions["fr"],
        "contentUrl": absolute(origin, record.version_file_path(file.file_name)),
        "encodingFormat": _ENCODINGS.get(file.key, file.media_type),
        "contentSize": f"{file.size_bytes} B",
        "sha256": file.sha256,
    }


def _rows(record: Record) -> dict[str, object]:
    return {
        "@type": "cr:RecordSet",
        "@id": _ROWS,
        "name": _ROWS,
        "description": f"{record.title} : {record.rows} lignes.",
        "key": [{"@id": f"{_ROWS}/{name}"} for name in record.key],
        "field": [_field(column) for column in record.columns],
    }


def _field(column: Column) -> dict[str, object]:
    return {
        "@type": "cr:Field",
        "@id": f"{_ROWS}/{column.name}",
        "name": column.name,
        "description": ". ".join(filter(None, (column.titles["fr"], column.descriptions.get("fr", "")))),
        "dataType": _TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": "data.csv"}, "extract": {"column": column.name}},
    }
