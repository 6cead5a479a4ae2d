"""Datasets, resources, organisations, groups and tags of the catalogue as CKAN shows them."""

from datetime import datetime
from typing import Final

from api.ckan.licences import LICENCE_IDS
from api.ckan.model import Package, Party, Shown, naive, packaged, stable_id
from api.ckan.site import CSV, data_files
from api.links import Links
from catalog.declaration import Theme
from catalog.finding.themes import THEMES
from catalog.licences import LICENCES
from catalog.views import DatasetView, FileView
from charter.vocabulary import Licence
from eclor.identity import Identity

FORMATS: Final = {
    "data.csv": "CSV",
    "data.geojson": "GeoJSON",
    "data.json": "JSON",
    "data.ndjson": "NDJSON",
    "data.parquet": "Parquet",
    "data.xlsx": "XLSX",
}
_FIRST_DAY: Final = "2026-01-01T00:00:00.000000"
"""The catalogue keeps no creation instant for the territory nor its themes, and clients want a date."""


def package(view: DatasetView, identity: Identity, links: Links) -> Package:
    """Return a dataset that is served, or that is not collected, whole, as `package_show` does."""
    resources = [resource(view, file, links) for file in data_files(view)]
    keywords = tags(view)
    contact, owner = identity.contact, organization(identity)
    shown: Shown = {
        "author": view.service,
        "author_email": None,
        "creator_user_id": None,
        "id": stable_id(view.slug),
        "isopen": view.collected,
        **licence(view),
        "maintainer": contact.name,
        "maintainer_email": contact.email,
        "metadata_created": naive(created(view)),
        "metadata_modified": naive(modified(view)),
        "name": view.slug,
        "notes": view.description,
        "num_resources": len(resources),
        "num_tags": len(keywords),
        "organization": owner.named,
        "owner_org": owner.named["id"],
        "private": False,
        "state": "active",
        "title": view.title,
        "type": "dataset",
        "url": links.dataset(view.slug),
        "version": str(view.current.number) if view.current else None,
        "extras": extras(view),
        "groups": [in_dataset(group(view.theme))],
        "resources": resources,
        "tags": [tag(name) for name in keywords],
        "relationships_as_subject": [],
        "relationships_as_object": [],
    }
    return packaged(shown, is_open=True, view=view)


def modified(view: DatasetView) -> datetime:
    """Return when what is served last changed."""
    return view.current.published_at if view.current else view.updated_at


def created(view: DatasetView) -> datetime:
    """Return the earliest instant that the catalogue knows of a dataset."""
    return min(view.updated_at, modified(view))


def licence(view: DatasetView) -> Shown:
    """Return what a dataset says of its licence; where no row is collected, nobody grants any."""
    if not view.collected:
        return {"license_id": "notspecified", "license_title": "License Not Specified", "license_url": ""}
    terms = LICENCES[Licence(view.licence)]
    return {"license_id": LICENCE_IDS[view.licence], "license_title": terms.title, "license_url": terms.url}


def extras(view: DatasetView) -> list[Shown]:
    """Return what CKAN has no field for: all values are texts.

    None is called like a property of a Data Package: frictionless would take it for one, as JSON.
    """
    found = {"kind": view.kind, "service": view.service}
    if view.current is not None:
        found |= {
            "masked": str(view.current.masked),
            "policy_digest": view.current.policy_digest,
            "policy_version": str(view.current.policy_version),
            "simulated": "true" if view.simulated else "false",
        }
    if not view.collected:
        found["reason"] = view.state_reason
    return [{"key": key, "value": value} for key, value in sorted(found.items())]


def resource(view: DatasetView, file: FileView, links: Links) -> Shown:
    """Return a data file of a dataset's current version, at its newest address."""
    assert view.current is not None
    instant = naive(view.current.published_at)
    return {
        "cache_last_updated": None,
        "cache_url": None,
        "created": naive(created(view)),
        "datastore_active": file.name == CSV,
        "description": view.title,
        "format": FORMATS[file.name],
        "hash": f"sha256:{file.sha256}",
        "id": stable_id(view.slug, file.name),
        "last_modified": instant,
        "metadata_modified": instant,
        "mimetype": file.media_type,
        "mimetype_inner": None,
        "name": f"{view.title} ({FORMATS[file.name]})",
        "package_id": stable_id(view.slug),
        "position": [one.name for one in data_files(view)].index(file.name),
        "resource_type": "file",
        "size": file.size_bytes,
        "state": "active",
        "url": links.file(view.slug, file.name),
        "url_type": None,
    }


def organization(identity: Identity) -> Party:
    """Return the territory as an organisation."""
    named: Shown = {
        "id": stable_id("organization", identity.slug),
        "name": identity.slug,
        "title": identity.name,
        "type": "organization",
        "description": identity.presentation,
        "image_url": "",
        "created": _FIRST_DAY,
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }
    return Party(named, ({"key": "siren", "value": identity.siren},))


def group(theme: str) -> Party:
    """Return a theme as a group."""
    return Party(
        {
            "id": stable_id("group", theme),
            "name": theme,
            "title": THEMES[Theme(theme)]["fr"],
            "type": "group",
            "description": "",
            "image_url": "",
            "created": _FIRST_DAY,
            "is_organization": False,
            "approval_status": "approved",
            "state": "active",
        }
    )


def in_dataset(group: Party) -> Shown:
    """Return a group as datasets name it."""
    named = group.named
    return {
        "description": named["description"],
        "display_name": named["title"],
        "id": named["id"],
        "image_display_url": named["image_url"],
        "name": named["name"],
        "title": named["title"],
    }


def tags(view: DatasetView) -> list[str]:
    """Return a dataset's keywords as CKAN allows tags: letters of any script, digits, space, `-_.`; by name."""
    declared = view.declared.get("mots_cles")
    words = declared.get("fr", []) if isinstance(declared, dict) else []
    clean = ("".join(letter if letter.isalnum() or letter in " -_." else " " for letter in word) for word in words)
    return sorted({" ".join(word.split())[:100] for word in clean if len(word.strip()) > 1})


def tag(name: str) -> Shown:
    """Return a tag, as datasets name it."""
    return {
        "display_name": name,
        "id": stable_id("tag", name),
        "name": name,
        "state": "active",
        "vocabulary_id": None,
    }
