"""The shape of a document (S202): a plain document becomes a typed value, or says in French what is ill-shaped."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from charter.document import Document, PlainPath
from charter.model import Charter, Policy
from charter.respelt import near_word, respelt
from charter.scalars import integer, shown
from charter.vocabulary import french_key
from charter.words import blocks_of
from eclor.errors import Place, PolicyRefused
from eclor.sentences.variants import variant

Shaped = TypeVar("Shaped", bound=BaseModel)

_VOTED: Final = frozenset(map(french_key, Charter.model_fields)) - frozenset(map(french_key, Policy.model_fields))
_WORDINGS: Final = {
    "model_type": "block",
    "dict_type": "block",
    "tuple_type": "list",
    "int_type": "integer",
    "string_type": "text",
    "enum": "word",
    "literal_error": "word",
    "string_pattern_mismatch": "form",
    "greater_than_equal": "low",
    "less_than_equal": "high",
    "string_too_short": "short-text",
    "string_too_long": "long-text",
    "too_short": "short-list",
    "too_long": "long-list",
    "repeated": "repeated",
    "unreal_day": "unreal-day",
}
_NATURE: Final = french_key("nature")
_VOTED_NATURES: Final = frozenset({"charte-socle", "roles", "catalogue"})
_LIKE: Final = 0.5
"""How much a key must resemble an admitted one to be taken for it."""

_ALIKE: Final = 0.8
"""How much, where another block has a key of just that name: it is more likely misplaced than misspelt."""

_MAY_BE_EMPTY: Final = frozenset(map(french_key, ("by", "minimum_counts", "data_subjects")))
_OF_COLUMNS: Final = frozenset(map(french_key, ("dimensions", "columns", "by", "fields")))
_NONE: Final = "aucun"
"""What a hand writes for no item at all, in a list that admits none."""

_BOUNDS: Final = ("ge", "le", "min_length", "max_length")
_FORMS: Final = (
    ("minute", "un nombre de 1 à 9999 et minutes, heures, jours, semaines, mois ou ans ; exemple « 30 jours »"),
    ("[0-9]{4}-", "AAAA-MM-JJ"),
    ("_]", "lettres minuscules sans accent, chiffres et « _ », en commençant par une lettre"),
    ("ed25519", "« ed25519: » et 43 caractères de la clé publique"),
    ("(-", "mots en lettres minuscules sans accent et chiffres, liés par « - »"),
)


def shape(document: Document, model: type[Shaped]) -> tuple[Shaped | None, list[PolicyRefused]]:
    """Return the typed value and no refusal, or none and every S202, in the order of the file."""
    try:
        return model.model_validate(document.plain), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        if model is Policy and (other := _other_nature(found, document)):
            return None, [other]
        meant = _meant(found, document=document, model=model)
        faults = [
            fault
            for details in found
            if not _is_meant(details, meant, document=document) and not _is_echo(details)
            for fault in _refusals(details, document=document, model=model)
        ]
    return None, sorted(faults, key=lambda fault: fault.place or Place(document.file))


def _other_nature(found: list[ErrorDetails], document: Document) -> PolicyRefused | None:
    """Return the one refusal of a voted file given as a policy: what it lacks to be one says nothing."""
    for details in found:
        given = details["input"]
        if details["loc"] == (_NATURE,) and isinstance(given, str) and given in _VOTED_NATURES:
            expected = _admitted(str(details["ctx"]["expected"]))[0]
            return _refused(document.key(_NATURE), "nature", value=shown(given), expected=expected)
    return None


def _refusals(details: ErrorDetails, *, document: Document, model: type[BaseModel]) -> Iterator[PolicyRefused]:
    path = _path(details, document)
    context: Mapping[str, Any] = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            yield _unknown(document, path, model)
        case "missing" if isinstance(path[-1], str):
            yield _refused(document.key(*path[:-1]), "missing", key=path[-1])
        case "key_due":
            block = (*path, french_key(context["under"])) if context["under"] else path
            wording = "due-decimals" if context["attribute"] == "decimals" else "due"
            yield _refused(document.key(*block), wording, key=french_key(context["attribute"]))
        case "key_undue":
            key = french_key(context["attribute"])
            yield _refused(document.key(*path, key), "undue", key=key)
        case _:
            yield _misfit(details, path=path, document=document, model=model)


def _meant(found: list[ErrorDetails], *, document: Document, model: type[BaseModel]) -> frozenset[PlainPath]:
    """Return the paths of the keys that a misspelt or misplaced one stands for: that they are missing is said by it."""
    unknown = [_path(details, document) for details in found if details["type"] == "extra_forbidden"]
    return frozenset(_meant_by(path, document=document, model=model) for path in unknown)


def _meant_by(path: PlainPath, *, document: Document, model: type[BaseModel]) -> PlainPath:
    if near := _near(path, document=document, model=model):
        return (*path[:-1], near)
    home = _home(model, path)
    if home is None:
        return path
    return (home, path[-1]) if home else path[-1:]


def _is_meant(details: ErrorDetails, meant: frozenset[PlainPath], *, document: Document) -> bool:
    return details["type"] == "missing" and _path(details, document) in meant


def _is_echo(details: ErrorDetails) -> bool:
    """Tell whether a list is called too short only because its items are ill-shaped, which is told of each."""
    return details["type"] == "too_short" and len(details["input"]) >= details["ctx"]["min_length"]


def _near(path: PlainPath, *, document: Document, model: type[BaseModel]) -> str:
    """Return the key that an unknown one most resembles, "" if none: first among those that its block lacks."""
    key = str(path[-1])
    block: object = document.plain
    for step in path[:-1]:
        block = _inside(block, step)
    known = _keys(model, path[:-1])
    absent = [name for name in known if isinstance(block, Mapping) and name not in block]
    cutoff = _LIKE if _home(model, path) is None else _ALIKE
    alike = [get_close_matches(key, keys, n=1, cutoff=cutoff) for keys in (absent, known)]
    return next((near for found in alike for near in found), "")


def _home(model: type[BaseModel], path: PlainPath) -> str | None:
    """Return the block where a key belongs that no other block has, "" for the first level, None where none is sure."""
    key, tops = str(path[-1]), _keys(model, ())
    homes = [*([""] if key in tops else []), *(top for top in tops if key in _keys_below(model, top))]
    return homes[0] if len(homes) == 1 else None


def _keys_below(model: type[BaseModel], key: str) -> list[str]:
    """Return the keys of the block under a first-level key, none where it holds a list or a plain value."""
    annotation = next(field.annotation for name, field in model.model_fields.items() if french_key(name) == key)
    is_list = get_origin(annotation) is tuple
    blocks = () if is_list else (annotation, *get_args(annotation))
    models = [block for block in blocks if isinstance(block, type) and issubclass(block, BaseModel)]
    return [french_key(name) for block in models for name in block.model_fields]


def _refused(place: Place, wording: str, /, **facts: object) -> PolicyRefused:
    return PolicyRefused("S202", place=place, **variant("S202", wording, **facts))


def _misfit(details: ErrorDetails, *, path: PlainPath, document: Document, model: type[BaseModel]) -> PolicyRefused:
    context: Mapping[str, Any] = details.get("ctx", {})
    kind = details["type"]
    pattern = _pattern(model, path) if kind in {"string_type", "string_pattern_mismatch"} else ""
    wording = "short-list" if kind == "missing" else "form" if pattern else _WORDINGS.get(kind, "other")
    value, admitted = context.get("item", details["input"]), _admitted(str(context.get("expected", "")))
    facts = {
        "name": next((step for step in reversed(path) if isinstance(step, str)), document.file),
        "value": _told(value),
        "bound": next((context[bound] for bound in _BOUNDS if bound in context), 2),
        "admitted": ", ".join(admitted),
        "form": next((form for mark, form in _FORMS if mark in pattern), "…"),
        "near": _respelt(wording, value, admitted=admitted, pattern=pattern),
        "block": _due_keys(model, path) if wording == "block" else "",
    }
    return _refused(document.key(*path), _finer(wording, value, facts["near"], facts["name"]), **facts)


def _respelt(wording: str, value: object, *, admitted: list[str], pattern: str) -> str:
    """Return what the hand most likely meant, "" where nothing is near."""
    match wording:
        case "word":
            return near_word(str(value), admitted)
        case "form":
            return respelt(str(value), pattern)
        case _:
            return ""


def _finer(wording: str, value: object, near: object, name: object) -> str:
    """Return the wording whose cure fits the value."""
    match wording:
        case "word" if name == french_key("margins"):
            finer = "margins"
        case "form" if ";" in str(value) or (name in _OF_COLUMNS and " " in str(value)):
            finer = "form-several"
        case "word" | "form" if near:
            finer = f"{wording}-near"
        case "block":
            finer = "block-of"
        case "list" if isinstance(value, str | int):
            finer = "list-of-none" if name in _MAY_BE_EMPTY and str(value).startswith(_NONE) else "list-of-one"
        case "integer" if name == french_key("bins"):
            finer = "bounds"
        case "integer" if not (isinstance(value, str) and integer(value) is not None):
            finer = "integer-alone"
        case _:
            finer = wording
    return finer


def _due_keys(model: type[BaseModel], path: PlainPath) -> str:
    """Return the block to write at a path, as its due keys say it."""
    for step in path:
        if isinstance(step, str):
            model = _block_of(model, step)
    due = [french_key(name) for name, field in model.model_fields.items() if field.is_required()]
    return "{" + ", ".join(f"{key}: …" for key in due) + "}"


def _told(value: object) -> str:
    """Return what a message quotes of a value: its text, or what it is."""
    match value:
        case list():
            return "[…]"
        case Mapping():
            return "{…}"
        case _:
            return shown(str(value))


def _pattern(model: type[BaseModel], path: PlainPath) -> str:
    """Return the form that the text at a path must have, "" where any text does."""
    *blocks, key = [step for step in path if isinstance(step, str)]
    for block in blocks:
        model = _block_of(model, block)
    field = next(field for name, field in model.model_fields.items() if french_key(name) == key)
    return next(_patterns(field.annotation, *field.metadata), "")


def _patterns(*parts: object) -> Iterator[str]:
    for part in parts:
        if pattern := getattr(part, "pattern", None):
            yield str(pattern)
        yield from _patterns(*get_args(part))


def _admitted(expected: str) -> list[str]:
    return re.findall(r"'([^']*)'", expected) or [expected]


def _path(details: ErrorDetails, document: Document) -> PlainPath:
    """Return the error's path through the document, without the names that pydantic gives to branches."""
    path: PlainPath = ()
    here: object = document.plain
    last = len(details["loc"]) - 1
    for rank, step in enumerate(details["loc"]):
        if (found := _inside(here, step)) is not None:
            here = found
        elif rank < last or details["type"] != "missing":
            continue
        path = (*path, step)
    return path


def _inside(here: object, step: str | int) -> object | None:
    if isinstance(here, Mapping):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None


def _unknown(document: Document, path: PlainPath, model: type[BaseModel]) -> PolicyRefused:
    place, key = document.key(*path), str(path[-1])
    if model is Policy and len(path) == 1 and key in _VOTED:
        return _refused(place, "voted", key=key)
    if near := _near(path, document=document, model=model):
        return _refused(place, "unknown-near", key=shown(key), near=near)
    if (home := _home(model, path)) is not None:
        return _refused(place, "misplaced" if home else "misplaced-top", key=shown(key), home=home)
    return _refused(place, "unknown", key=shown(key), known=", ".join(_keys(model, path[:-1])))


def _keys(model: type[BaseModel], path: PlainPath) -> list[str]:
    """Return the keys that the block at a path admits, in their order."""
    for step in path:
        if isinstance(step, str):
            model = _block_of(model, step)
    return [french_key(name) for name in model.model_fields]


def _block_of(model: type[BaseModel], key: str) -> type[BaseModel]:
    annotation = next(field.annotation for name, field in model.model_fields.items() if french_key(name) == key)
    return next(blocks_of(annotation))
