"""Data Package v2 of one version: its CSV only, for readers refuse a resource whose format they lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from catalog.declaration import DatasetDeclaration
from catalog.licences import LICENCES
from charter.vocabulary import Licence, YesNo
from eclor.names import Sha256

PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, slots=True)
class DescribedCsv:
    """The CSV of a version, as its descriptor speaks of it."""

    name: str
    size_bytes: int
    sha256: Sha256


def datapackage(
    csv: DescribedCsv,
    *,
    declaration: DatasetDeclaration,
    licence: Licence,
    schema: Mapping[str, object],
    version: tuple[int, datetime],
) -> dict[str, object]:
    """Return the descriptor of version `(number, instant)`. Paths are relative: it holds wherever it is served."""
    number, published_at = version
    terms = LICENCES[licence]
    return {
        "$schema": PROFILE,
        "name": declaration.dataset,
        "title": declaration.title.fr,
        "description": declaration.description.fr,
        "version": str(number),
        "created": published_at.isoformat().replace("+00:00", "Z"),
        "keywords": list(declaration.keywords.fr),
        "simulated": declaration.simulated is YesNo.YES,
        "licenses": [{"name": terms.spdx, "title": terms.title, "path": terms.url}],
        "sources": [{"title": f"{declaration.service} ({declaration.source_licence})"}],
        "contributors": [
            {"title": declaration.contact.name, "email": declaration.contact.email, "roles": ["publisher", "contact"]}
        ],
        "resources": [_resource(csv, declaration, schema)],
    }


def _resource(csv: DescribedCsv, declaration: DatasetDeclaration, schema: Mapping[str, object]) -> dict[str, object]:
    return {
        "name": declaration.dataset,
        "path": csv.name,
        "type": "table",
        "title": declaration.title.fr,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": csv.size_bytes,
        "hash": f"sha256:{csv.sha256}",
        "schema": dict(schema),
    }
