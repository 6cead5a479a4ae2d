"""What a CKAN should hold of this catalogue, as its action API writes it: organisation, groups, datasets, files."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from api.ckan.licences import LICENCE_IDS
from catalog.finding.themes import THEMES
from catalog.metadata.record import Distribution, Publisher, Record

Form = Mapping[str, object]
"""A thing as the action API takes it."""
MARK: Final = "eclor_catalogue"
"""The extra that says which catalogue a dataset comes from: without it a dataset of the site is not ours to change."""
ANY_OPEN: Final = "other-open"
"""CKAN's own name for an open licence that its list lacks; which one, `license_url` tells."""
_NOT_IN_TAGS: Final = re.compile(r"[^\w \-.]+")
_TAG_LENGTHS: Final = (2, 100)


def organisation(publisher: Publisher, origin: str) -> Form:
    """Return the territory."""
    return {
        "name": publisher.slug,
        "title": publisher.name,
        "description": publisher.presentation,
        "extras": [{"key": MARK, "value": origin}],
    }


def groups(records: Iterable[Record]) -> list[Form]:
    """Return the themes of the datasets."""
    return [{"name": theme, "title": THEMES[theme]["fr"]} for theme in sorted({record.theme for record in records})]


def dataset(record: Record, origin: str) -> Form:
    """Return a dataset with its files; addresses are those of the newest version, which stay."""
    extras = {
        MARK: origin,
        "eclor_version": str(record.version),
        "frequency": record.frequency_words,
        "identifier": origin + record.path,
        "language": "fr",
        "license_url": record.terms.url,
        "rights": record.rights["fr"],
        "temporal_start": record.temporal[0].isoformat(),
        "temporal_end": record.temporal[1].isoformat(),
    }
    return {
        "name": record.slug,
        "title": record.title,
        "notes": record.description,
        "url": origin + record.path,
        "version": str(record.version),
        "license_id": LICENCE_IDS[record.licence],
        "maintainer": record.contact.name,
        "maintainer_email": record.contact.email,
        "owner_org": record.publisher.slug,
        "private": False,
        "state": "active",
        "tags": [{"name": tag} for tag in _tags(record)],
        "groups": [{"name": str(record.theme)}],
        "extras": [{"key": key, "value": value} for key, value in sorted(extras.items()) if value],
        "resources": [_file(record, one, origin) for one in record.distributions],
    }


def under_a_licence_of(site: Collection[str], form: Form) -> Form:
    """Return a dataset under a licence that the site's list knows: of another one a CKAN says that it is not open."""
    stands_for = form["license_id"] if form["license_id"] in site else ANY_OPEN
    return {**form, "license_id": stands_for} if stands_for in site else form


def _tags(record: Record) -> list[str]:
    """Return the keywords in the letters that CKAN takes, each once."""
    words = (_NOT_IN_TAGS.sub(" ", word) for words in record.keywords.values() for word in words)
    tidy = dict.fromkeys(" ".join(word.split()) for word in words)
    return sorted(tag for tag in tidy if _TAG_LENGTHS[0] <= len(tag) <= _TAG_LENGTHS[1])


def _file(record: Record, file: Distribution, origin: str) -> Form:
    return {
        "url": origin + record.file_path(file.file_name),
        "name": file.titles["fr"],
        "description": file.descriptions["fr"],
        "format": file.key.upper(),
        "mimetype": file.media_type,
        "size": file.size_bytes,
        "hash": f"sha256:{file.sha256}",
    }
