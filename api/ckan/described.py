"""What a program writes of a dataset: read field by field, and refused, in CKAN's words, where it cannot stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from orjson import dumps

from api.ckan.model import Shown
from api.ckan.wire import ActionRefused, invalid

TEXTS: Final = (
    "author",
    "author_email",
    "license_id",
    "maintainer",
    "maintainer_email",
    "notes",
    "title",
    "url",
    "version",
)
MOST_LISTED: Final = 1000
_NAME: Final = re.compile(r"[a-z0-9_-]*")
_LEAST_NAME: Final = 2
_MOST_NAME: Final = 100
_TAKEN_WORDS: Final = frozenset({"new", "edit", "search"})
_TAG: Final = re.compile(r"[\w \-.]*")
_SCHEMES: Final = frozenset({"http", "https", "ftp", "ftps", "sftp"})


@dataclass(slots=True)
class Faults:
    """What is wrong with a description, by field."""

    found: dict[str, object] = field(default_factory=dict)

    def add(self, name: str, *messages: str) -> None:
        """Keep what is wrong with a field."""
        self.found[name] = [*messages]

    def refusal(self) -> ActionRefused | None:
        """Return the refusal of all of them, if any."""
        return invalid(**dict(sorted(self.found.items()))) if self.found else None


def read_name(value: object, faults: Faults) -> str:
    """Return a name."""
    text = value if isinstance(value, str) else ""
    if not text:
        faults.add("name", "Missing value")
    elif not _NAME.fullmatch(text):
        faults.add("name", "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_")
    elif len(text) < _LEAST_NAME:
        faults.add("name", f"Must be at least {_LEAST_NAME} characters long")
    elif len(text) > _MOST_NAME:
        faults.add("name", f"Name must be a maximum of {_MOST_NAME} characters long")
    elif text in _TAKEN_WORDS:
        faults.add("name", "That name cannot be used")
    return text


def read_described(values: Mapping[str, object], faults: Faults) -> dict[str, object]:
    """Return what stands in a description besides its name and owner; fields that CKAN does not know are dropped."""
    found: dict[str, object] = {name: _text(values, name, faults) for name in TEXTS}
    found["private"] = str(values.get("private", False)).lower() in {"true", "1", "yes", "on", "t", "y"}
    found["extras"] = _extras(values.get("extras"), faults)
    found["tags"] = _tags(values, faults)
    found["groups"] = [str(one.get("id") or one.get("name") or "") for one in _dicts(values.get("groups"))]
    return found


def _text(values: Mapping[str, object], name: str, faults: Faults) -> str | None:
    value = values.get(name)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float):
        return str(value)
    faults.add(name, "Must be a Unicode string value")
    return None


def _dicts(value: object) -> list[Mapping[str, object]]:
    return [one for one in value[:MOST_LISTED] if isinstance(one, Mapping)] if isinstance(value, list) else []


def _extras(value: object, faults: Faults) -> list[Shown]:
    found = {}
    for one in _dicts(value):
        key, said = str(one.get("key", "")), one.get("value")
        if key in found:
            faults.add("extras_validation", f'Duplicate key "{key[:60]}"')
        if key and said not in {None, ""} if isinstance(said, str | None) else key:
            found[key] = said if isinstance(said, str) else dumps(said).decode()
    return [{"key": key, "value": said} for key, said in found.items()]


def _tags(values: Mapping[str, object], faults: Faults) -> list[str]:
    listed = [str(one.get("name", "")) for one in _dicts(values.get("tags"))]
    text = values.get("tag_string")
    listed += [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else []
    messages = [message for name in listed for message in _tag_faults(name)]
    if messages:
        faults.add("tags", *messages)
    return sorted(set(listed))


def _tag_faults(name: str) -> Sequence[str]:
    if len(name) < _LEAST_NAME:
        return [f'Tag "{name}" length is less than minimum {_LEAST_NAME}']
    if len(name) > _MOST_NAME:
        return [f'Tag "{name[:60]}" length is more than maximum {_MOST_NAME}']
    if not _TAG.fullmatch(name):
        rule = 'can only contain alphanumeric characters, spaces (" "), hyphens ("-"), underscores ("_") or dots (".")'
        return [f'Tag "{name}" {rule}']
    return []


def read_url(value: object, faults: Faults) -> str:
    """Return a resource's address, `http://` put before one without a scheme. Refuses a scheme that could run."""
    text = value.strip() if isinstance(value, str) else ""
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?!\d)", text)
    if scheme and scheme.group(1).lower() not in _SCHEMES:
        faults.add("url", "An address of this kind is not taken")
    return text if scheme or not text or text.startswith("/") else f"http://{text}"


def read_size(value: object, faults: Faults) -> int | None:
    """Return a resource's size in bytes, if it is known."""
    if value in {None, ""} if isinstance(value, str | None) else False:
        return None
    if isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"\d{1,15}", value)):
        return int(value)
    faults.add("size", "Invalid integer")
    return None
