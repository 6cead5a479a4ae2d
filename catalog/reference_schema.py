"""A common schema that a dataset says it follows (`conforme_a`), read from the file beside its declaration.

`datasets/JEU.schema.json` is a Table Schema as schema.data.gouv.fr publishes it. Nothing is fetched: the file is what
the dataset is held to, at the version that somebody put there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from eclor.errors import DeclarationRefused, Place

SUFFIX: Final = ".schema.json"
_MOST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class ReferenceSchema:
    """A common schema: its address, its fields by name in small letters, its key likewise, what it calls empty."""

    address: str
    fields: Mapping[str, Mapping[str, JsonValue]]
    key: tuple[str, ...]
    missing_values: tuple[str, ...]


_WORDS: Final = frozenset({"title", "description", "example", "examples", "rdfType"})
_ASKED: Final = ("$schema", "fields", "fieldsMatch", "primaryKey", "foreignKeys", "missingValues")


class _Written(BaseModel):
    """The parts of the file that are used; words for people may be anything."""

    model_config = ConfigDict(frozen=True)

    fields: list[dict[str, JsonValue]] = Field(min_length=1)
    key: str | list[str] = Field([], alias="primaryKey")
    missing_values: list[str] = Field([""], alias="missingValues")


def read_reference(declared: Path, address: str | None) -> ReferenceSchema | None:
    """Return the schema beside a declaration, none if there is no such file.

    Refuses (`DeclarationRefused`) a file that is no Table Schema, and one whose address (`conforme_a`) is not declared.
    """
    file = declared.with_name(declared.stem + SUFFIX)
    if not file.exists():
        return None
    refused = DeclarationRefused("dataset.reference", place=Place(str(file), 1, 1), file=file.name)
    if address is None or file.stat().st_size > _MOST_BYTES:
        raise refused
    try:
        written = _Written.model_validate(json.loads(file.read_bytes()))
    except (ValueError, RecursionError, ValidationError):
        raise refused from None
    named = {str(field["name"]).lower(): field for field in written.fields if field.get("name")}
    if len(named) < len(written.fields):
        raise refused
    key = (written.key,) if isinstance(written.key, str) else tuple(written.key)
    return ReferenceSchema(address, named, tuple(name.lower() for name in key), tuple(written.missing_values))


def plain_schema(written: JsonValue) -> dict[str, JsonValue]:
    """Return a Table Schema without what is meant for people; raises `TypeError` on what is none."""
    if not isinstance(written, dict) or not isinstance(written.get("fields"), list):
        raise TypeError(type(written).__name__)
    asked: dict[str, JsonValue] = {name: written[name] for name in _ASKED if name in written}
    key = asked.get("primaryKey")
    named: dict[str, JsonValue] = {"primaryKey": [key]} if isinstance(key, str) else {}
    return {**asked, **named, "fields": [plain_field(field) for field in cast("list[JsonValue]", asked["fields"])]}


def plain_field(written: JsonValue) -> JsonValue:
    """Return a field without its words for people."""
    if not isinstance(written, dict):
        return written
    return {name: value for name, value in written.items() if name not in _WORDS}
