"""schema.org's Dataset (JSON-LD), for search engines: stands in the HTML page of a dataset, with the record's facts."""

from typing import Final

from catalog.metadata.record import Bounds, Column, Distribution, Record, absolute

_LONGEST: Final = 5000
"""Characters of a description that search engines take."""


def schema_org(record: Record, origin: str) -> dict[str, object]:
    """Return the dataset's node, its links under an origin."""
    publisher = _publisher(record, origin)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": absolute(origin, record.path),
        "name": record.title,
        "description": record.description[:_LONGEST],
        "url": absolute(origin, record.path),
        "identifier": absolute(origin, record.path),
        "sameAs": absolute(origin, record.version_path),
        "version": str(record.version),
        "license": record.terms.url,
        "creator": publisher,
        "publisher": publisher,
        "keywords": list(record.keywords.get("fr", ())),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "datePublished": record.issued.isoformat(),
        "dateModified": record.modified.isoformat(),
        **_coverage(record),
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": record.publisher.name,
            "url": absolute(origin, "/catalog"),
        },
        "variableMeasured": [_variable(column) for column in record.columns],
        "distribution": [_download(record, file, origin) for file in record.distributions],
    }


def _publisher(record: Record, origin: str) -> dict[str, object]:
    """Return the territory, with the desk that answers for the dataset."""
    return {
        "@type": "Organization",
        "@id": absolute(origin, record.publisher.path),
        "name": record.publisher.name,
        "url": absolute(origin, "/"),
        "contactPoint": {
            "@type": "ContactPoint",
            "name": record.contact.name,
            "email": record.contact.email,
            "contactType": "customer service",
        },
    }


def _coverage(record: Record) -> dict[str, object]:
    """Return when and where its rows are."""
    first, last = record.temporal
    return {
        "temporalCoverage": f"{first.isoformat()}/{last.isoformat()}",
        "spatialCoverage": {
            "@type": "Place",
            "sameAs": record.publisher.place,
            "geo": {"@type": "GeoShape", "box": box(record.bounds)},
        },
    }


def box(bounds: Bounds) -> str:
    """Return a box as schema.org writes it: latitude first, the corner of the south and west, then the other."""
    return f"{bounds.south:.10g} {bounds.west:.10g} {bounds.north:.10g} {bounds.east:.10g}"


def _variable(column: Column) -> dict[str, object]:
    said: dict[str, object] = {"@type": "PropertyValue", "name": column.name, "alternateName": column.titles["fr"]}
    if "fr" in column.descriptions:
        said["description"] = column.descriptions["fr"]
    if column.unit:
        said["unitText"] = column.unit
    return said


def _download(record: Record, file: Distribution, origin: str) -> dict[str, object]:
    return {
        "@type": "DataDownload",
        "name": file.titles["fr"],
        "description": file.descriptions["fr"],
        "contentUrl": absolute(origin, record.file_path(file.file_name)),
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size_bytes} B",
        "sha256": file.sha256,
    }
