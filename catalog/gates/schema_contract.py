"""The part of Table Schema that one scan can be sure of; a descriptor with anything else is left to the library."""

from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

_V2: Final = "https://datapackage.org/profiles/2.0/tableschema.json"
_ORDERED: Final = frozenset({"date", "datetime", "integer", "number", "time", "year"})
_FORMATS: Final = {
    "date": {"default", "%Y-%m-%d"},
    "geopoint": {"default", "array"},
    "string": {"default", "email", "uri", "uuid"},
}


class Known(BaseModel):
    """A part of a descriptor, of which every key is known and of its exact type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class KnownConstraints(Known):
    """The constraints that a field may have."""

    required: bool = False
    unique: bool = False
    pattern: str | None = None
    enum: list[JsonValue] | None = Field(None, min_length=1)
    minimum: JsonValue = None
    maximum: JsonValue = None
    exclusive_minimum: JsonValue = Field(None, alias="exclusiveMinimum")
    exclusive_maximum: JsonValue = Field(None, alias="exclusiveMaximum")
    min_length: int | None = Field(None, alias="minLength")
    max_length: int | None = Field(None, alias="maxLength")

    def bounds(self) -> list[tuple[str, JsonValue]]:
        """Return the declared bounds and how a value compares with each."""
        asked = {
            ">=": self.minimum,
            "<=": self.maximum,
            ">": self.exclusive_minimum,
            "<": self.exclusive_maximum,
        }
        return [(sign, bound) for sign, bound in asked.items() if bound is not None]


class KnownField(Known):
    """A field, of which the words for people do not matter here."""

    name: str
    type: Literal[
        "any", "boolean", "date", "datetime", "geojson", "geopoint", "integer", "number", "string", "time", "year"
    ] = "string"
    format: str = "default"
    title: str = ""
    description: str = ""
    unit: str = ""
    constraints: KnownConstraints = KnownConstraints()
    missing_values: tuple[str, ...] | None = Field(None, alias="missingValues", strict=False)
    true_values: tuple[str, ...] = Field(("true", "True", "TRUE", "1"), alias="trueValues", strict=False)
    false_values: tuple[str, ...] = Field(("false", "False", "FALSE", "0"), alias="falseValues", strict=False)


class KnownSchema(Known):
    """A schema of such fields."""

    version: str = Field("", alias="$schema")
    fields: list[KnownField] = Field(min_length=1)
    primary_key: list[str] = Field([], alias="primaryKey")
    missing_values: tuple[str, ...] = Field(("",), alias="missingValues", strict=False)


def known_schema(descriptor: object) -> KnownSchema | None:
    """Return a descriptor that is known in all its parts and that the library finds valid; else none."""
    try:
        schema = KnownSchema.model_validate(descriptor)
    except ValidationError:
        return None
    names = [field.name for field in schema.fields]
    sound = len({*names}) == len(names) and "" not in names and {*schema.primary_key} <= {*names}
    return schema if sound and schema.version in {"", _V2} and all(_is_sound(each) for each in schema.fields) else None


def _is_sound(field: KnownField) -> bool:
    """Tell whether a field has the format and the constraints that its type may have."""
    constraints = field.constraints
    asked = {name for name in constraints.model_fields_set if getattr(constraints, name) is not None}
    allowed = {"required", "unique", "enum"}
    if field.type in _ORDERED:
        allowed |= {"minimum", "maximum", "exclusive_minimum", "exclusive_maximum"}
    if field.type == "string":
        allowed |= {"pattern", "min_length", "max_length"}
    return asked <= allowed and field.format in _FORMATS.get(field.type, {"default"})
