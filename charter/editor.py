"""The JSON Schema of a policy and of a charter, made from the model that judges them, for editors that complete YAML.

Draft 7, every block written in place, as the YAML language servers read it; LANGUAGE.md section 1 names its twin, the
published schema, and a test holds that both admit the same documents.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

from charter.guarantees import GUARANTEES_OF_A_TABLE
from charter.model import KEYS_OF_SHAPES, Charter, Policy, PolicyField, Publication
from charter.vocabulary import FieldType, Shape, french_key
from charter.words import blocks_of
from eclor.sentences import help_charter, help_policy

Schema = dict[str, Any]

_DRAFT: Final = "http://json-schema.org/draft-07/schema#"
_HEADS: Final = {
    Policy: (
        "Politique de publication d'un jeu de données",
        "Une politique par jeu. Elle ne peut que durcir la charte-socle ; ce qui n'est pas déclaré est refusé.",
    ),
    Charter: ("Charte-socle d'un territoire", "Les planchers votés ; une politique ne peut que les durcir."),
}


class _WithoutNull(GenerateJsonSchema):
    """The language has no null: a key that may be absent is either absent or of its type."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        made = super().default_schema(schema)
        if not isinstance(made.get("default", ""), str):
            del made["default"]
        return made

    def field_title_should_be_set(self, schema: object) -> bool:
        """Leave titles to the help texts."""
        del schema
        return False


def schema_of(model: type[Policy | Charter]) -> Schema:
    """Return the JSON Schema of a policy or of a charter, with a French title and help text for every key."""
    mode: JsonSchemaMode = "validation"
    made = model.model_json_schema(by_alias=True, schema_generator=_WithoutNull, mode=mode)
    defined = made.pop("$defs", {})
    title, description = _HEADS[model]
    head = {"$schema": _DRAFT, "title": title, "description": description}
    body = _explained(_in_place(made, defined), model, _texts(model))
    return head | {key: value for key, value in body.items() if key not in head}


def _texts(model: type[BaseModel]) -> Mapping[str, Mapping[str, tuple[str, str]]]:
    return help_policy.HELP if model is Policy else help_charter.HELP


def _in_place(schema: Any, defined: Mapping[str, Schema]) -> Any:  # noqa: ANN401 - any part of a JSON document
    """Write each definition where it is referred to, a list of fixed length as a list with bounds."""
    if isinstance(schema, list):
        return [_in_place(part, defined) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return _in_place(defined[schema["$ref"].rpartition("/")[2]], defined)
    kept = {key: part for key, part in schema.items() if key != "discriminator"}
    if "prefixItems" in kept:
        kept["items"] = kept.pop("prefixItems")[0]
    if "enum" in kept and "title" in kept:
        kept = {key: part for key, part in kept.items() if key not in {"title", "description"}}
    return {key: _in_place(part, defined) for key, part in kept.items()}


def _explained(schema: Schema, model: type[BaseModel], texts: Mapping[str, Mapping[str, tuple[str, str]]]) -> Schema:
    """Say of each key of a block, and of the blocks inside, what it is; add what its keys ask of one another."""
    said = {}
    for name, field in model.model_fields.items():
        key = french_key(name)
        inner = schema["properties"][key]
        for block in blocks_of(field.annotation):
            for held in list(_blocks_in(inner)):
                held.update(_explained(held, block, texts))
        title, description = texts[model.__name__][name]
        said[key] = {"title": title, "description": description} | inner
    for word in ("title", "description"):
        schema.pop(word, None)
    return schema | {"properties": said} | _CONDITIONS.get(model, dict)()


def _blocks_in(schema: Schema) -> Iterator[Schema]:
    """Yield the schema of each block that a key's value is, or is a list or a choice of."""
    if "properties" in schema:
        yield schema
        return
    for inner in (*schema.get("oneOf", ()), schema.get("items")):
        if isinstance(inner, dict):
            yield from _blocks_in(inner)


def _decimals_go_with_decimal() -> Schema:
    kind, decimals = french_key("type"), french_key("decimals")
    return {
        "if": {"properties": {kind: {"const": FieldType.DECIMAL.value}}, "required": [kind]},
        "then": {"required": [decimals]},
        "else": {"properties": {decimals: False}},
    }


def _keys_go_with_shape() -> Schema:
    shape = french_key("shape")
    cases = [
        {
            "if": {"properties": {shape: {"const": kind.value}}, "required": [shape]},
            "then": {
                "required": [french_key(name) for name in mine],
                "properties": {
                    french_key(name): False
                    for other, names in KEYS_OF_SHAPES.items()
                    for name in (names if other is not kind else ())
                },
            },
        }
        for kind, mine in KEYS_OF_SHAPES.items()
    ]
    return {"allOf": cases}


def _a_table_says_each_guarantee() -> Schema:
    publication, shape, guarantees = french_key("publication"), french_key("shape"), french_key("guarantees")
    is_table = {"properties": {shape: {"const": Shape.TABLE.value}}, "required": [shape]}
    asked = {"required": [french_key(name) for name in GUARANTEES_OF_A_TABLE]}
    return {
        "if": {"properties": {publication: is_table}, "required": [publication]},
        "then": {"properties": {guarantees: asked}},
    }


_CONDITIONS: Final[dict[type[BaseModel], Callable[[], Schema]]] = {
    PolicyField: _decimals_go_with_decimal,
    Publication: _keys_go_with_shape,
    Policy: _a_table_says_each_guarantee,
}
