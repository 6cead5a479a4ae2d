"""The smallest shapes of the language: blocks, names, texts, durations, days, whole numbers, lists without repeats."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError

from charter.vocabulary import DURATION_UNITS, french_key

Items = TypeVar("Items", bound=tuple[object, ...])

_DURATION = rf"[1-9][0-9]{{0,3}} ({'|'.join(DURATION_UNITS)})"


class Block(BaseModel):
    """A block of the language: closed, frozen, French outside, English inside."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=False, alias_generator=french_key, validate_by_name=False
    )


def _without_repeats(items: Items) -> Items:
    for rank, item in enumerate(items):
        if item in items[:rank]:
            kind, message = "repeated", "stands twice"
            raise PydanticCustomError(kind, message, {"item": str(item)})
    return items


def _real_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        kind, message = "unreal_day", "no such day"
        raise PydanticCustomError(kind, message) from None
    return text


class _NoRepeat(AfterValidator):
    """A list without repeats, which its JSON Schema says too."""

    __slots__ = ()

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, object]:
        return {**handler(schema), "uniqueItems": True}


NoRepeat = _NoRepeat(_without_repeats)
SlugText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=80)]
ColumnText = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
PlainText = Annotated[str, StringConstraints(min_length=3, max_length=1000)]
SourceValue = Annotated[str, StringConstraints(min_length=1, max_length=200)]
DateText = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_real_day)]
DurationText = Annotated[str, StringConstraints(pattern=rf"^{_DURATION}$")]
DelayText = Annotated[str, StringConstraints(pattern=rf"^aucun$|^{_DURATION}$")]
VersionNumber = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
Count = Annotated[int, Field(strict=True, ge=3, le=100_000)]
Bound = Annotated[int, Field(strict=True, ge=-1_000_000_000, le=1_000_000_000)]


class Validity(Block):
    """First and last day, both included."""

    start: DateText
    end: DateText


def blocks_of(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the blocks that an annotation holds, in its lists and choices too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from blocks_of(inner)


def due(attribute: str, *, under: str = "") -> PydanticCustomError:
    """Return the fault of a block that lacks a key which its other keys call for; `under` is the block inside."""
    kind, message = "key_due", "a key is due"
    return PydanticCustomError(kind, message, {"attribute": attribute, "under": under})


def undue(attribute: str) -> PydanticCustomError:
    """Return the fault of a block that has a key which its other keys rule out."""
    kind, message = "key_undue", "a key is undue"
    return PydanticCustomError(kind, message, {"attribute": attribute, "under": ""})
