"""Resources of drafts: addresses elsewhere, with what is said of them. No file comes in this way, and no row."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from types import NoneType
from typing import Final
from urllib.parse import urlsplit

from api.ckan.described import Faults, read_size, read_url
from api.ckan.model import Shown, naive

_TEXTS: Final = ("cache_url", "description", "hash", "mimetype", "mimetype_inner", "name", "resource_type", "url_type")
_OURS: Final = frozenset(
    ["id", "package_id", "position", "created", "metadata_modified", "state", "datastore_active", "cache_last_updated"]
)
_NAMES: Final[Mapping[str, str]] = {
    "text/csv": "CSV",
    "application/json": "JSON",
    "application/geo+json": "GeoJSON",
    "geojson": "GeoJSON",
    "application/pdf": "PDF",
    "application/zip": "ZIP",
    "text/plain": "TXT",
}
_TYPES: Final[Mapping[str, str]] = {"CSV": "text/csv", "JSON": "application/json", "PDF": "application/pdf"}
_SHORT: Final = 5
_SAID: Final = (str, int, float, list, dict, NoneType)
"""What JSON says: the bytes of a file are nothing that is said of it."""


def read_resource(values: Mapping[str, object], kept: Shown, now: datetime, faults: Faults) -> Shown:
    """Return a resource as written over what was kept of it (`id`, `package_id`, `position`, `created`)."""
    found: Shown = {name: value if isinstance(value := values.get(name), _SAID) else None for name in _TEXTS}
    url = read_url(values.get("url"), faults)
    form = _format(str(values.get("format") or "") or PurePosixPath(urlsplit(url).path).suffix.removeprefix("."))
    others = {name: one for name, one in values.items() if name not in _OURS | found.keys() and isinstance(one, _SAID)}
    whole = {
        **others,
        **found,
        "hash": found["hash"] or "",
        "mimetype": found["mimetype"] or _TYPES.get(form),
        "format": form,
        "size": read_size(values.get("size"), faults),
        "url": url,
        "last_modified": values.get("last_modified"),
        "cache_last_updated": None,
        "datastore_active": False,
        "state": "active",
        "metadata_modified": naive(now),
        **kept,
    }
    return dict(sorted(whole.items()))


def _format(text: str) -> str:
    bare = text.strip().lstrip(".")
    named = _NAMES.get(bare.lower())
    return named or (bare.upper() if len(bare) <= _SHORT and bare.isalnum() else bare)
