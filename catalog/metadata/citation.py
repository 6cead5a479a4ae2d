"""How one cites a version: in words, for a reference manager (CSL-JSON, BibTeX, RIS), and as DataCite registers it.

A version's address is what is cited: it never points at anything else, and says so when the version is withdrawn.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from catalog.licences import LicenceTerms
from catalog.metadata.record import Record, absolute
from catalog.notes import PARIS

FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "citation.json": "application/vnd.citationstyles.csl+json",
        "citation.bib": "application/x-bibtex",
        "citation.ris": "application/x-research-info-systems",
        "datacite.json": "application/vnd.datacite.datacite+json",
    }
)
"""File → its media type."""
_LATEX: Final = MappingProxyType(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_DATACITE: Final = "http://datacite.org/schema/kernel-4"


@dataclass(frozen=True, slots=True)
class Reference:
    """What is cited: one version of a dataset, under the address that stays."""

    key: str
    title: str
    author: str
    version: int
    published_at: datetime
    address: str
    description: str
    keywords: tuple[str, ...]
    terms: LicenceTerms

    @property
    def year(self) -> int:
        """Return the year of the version, where the territory is."""
        return self.published_at.astimezone(PARIS).year

    @property
    def day(self) -> str:
        """Return its day, as ISO 8601 writes it."""
        return self.published_at.astimezone(PARIS).date().isoformat()


def reference(record: Record, origin: str) -> Reference:
    """Return what a record's version is cited as."""
    return Reference(
        key=f"{record.publisher.slug}-{record.slug}-v{record.version}",
        title=record.title,
        author=record.publisher.name,
        version=record.version,
        published_at=record.modified,
        address=absolute(origin, record.version_path),
        description=record.description,
        keywords=record.keywords.get("fr", ()),
        terms=record.terms,
    )


def sentence(of: Reference) -> str:
    """Return the citation in words, as DataCite recommends: creator, year, title, version, kind, address."""
    return (
        f"{of.author} ({of.year}). {of.title} (version {of.version}) [jeu de données]. {of.terms.title}. {of.address}"
    )


def csl(of: Reference) -> list[dict[str, object]]:
    """Return it as CSL-JSON 1.0 holds a list of references."""
    year, month, day = map(int, of.day.split("-"))
    return [
        {
            "id": of.key,
            "type": "dataset",
            "title": of.title,
            "author": [{"literal": of.author}],
            "publisher": of.author,
            "issued": {"date-parts": [[year, month, day]]},
            "version": str(of.version),
            "URL": of.address,
            "language": "fr",
            "abstract": of.description,
            "keyword": ", ".join(of.keywords),
            "note": of.terms.title,
        }
    ]


def bibtex(of: Reference) -> str:
    """Return it as BibTeX reads it: `@misc`, for not all styles know `@dataset`."""
    fields = {
        "author": f"{{{_latex(of.author)}}}",
        "title": f"{{{_latex(of.title)}}}",
        "year": str(of.year),
        "month": of.day[5:7].lstrip("0"),
        "publisher": _latex(of.author),
        "version": str(of.version),
        "howpublished": "Jeu de données",
        "url": of.address,
        "note": _latex(f"Version {of.version}. {of.terms.title}"),
        "language": "french",
    }
    lines = "".join(f"  {name} = {{{text}}},\n" for name, text in fields.items())
    return f"@misc{{{of.key},\n{lines}}}\n"


def ris(of: Reference) -> str:
    """Return it as RIS: a tag of two letters a line, the type first, the end last."""
    tags = [
        ("TY", "DATA"),
        ("ID", of.key),
        ("TI", of.title),
        ("AU", of.author),
        ("PB", of.author),
        ("PY", str(of.year)),
        ("DA", of.day.replace("-", "/")),
        ("ET", str(of.version)),
        ("UR", of.address),
        ("LA", "fr"),
        *(("KW", word) for word in of.keywords),
        ("AB", of.description),
        ("N1", of.terms.title),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_one_line(text)}\r\n" for tag, text in tags)


def datacite(of: Reference) -> dict[str, object]:
    """Return what a DOI is registered with (DataCite Metadata Schema 4): all that is mandatory but the DOI itself."""
    return {
        "schemaVersion": _DATACITE,
        "identifiers": [{"identifier": of.address, "identifierType": "URL"}],
        "url": of.address,
        "creators": [{"name": of.author, "nameType": "Organizational"}],
        "titles": [{"title": of.title, "lang": "fr"}],
        "publisher": {"name": of.author},
        "publicationYear": str(of.year),
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Jeu de données"},
        "version": str(of.version),
        "language": "fr",
        "dates": [{"date": of.day, "dateType": "Issued"}],
        "subjects": [{"subject": word, "lang": "fr"} for word in of.keywords],
        "descriptions": [{"description": of.description, "descriptionType": "Abstract", "lang": "fr"}],
        "rightsList": [
            {
                "rights": of.terms.title,
                "rightsUri": of.terms.url,
                "rightsIdentifier": of.terms.spdx,
                "rightsIdentifierScheme": "SPDX",
            }
        ],
    }


def _latex(text: str) -> str:
    return "".join(_LATEX.get(letter, letter) for letter in _one_line(text))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
