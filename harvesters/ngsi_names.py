"""NGSI-LD without its context: names that are addresses to short ones, expanded JSON-LD to the normalized form.

A broker that is asked without the `@context` of an entity gives its attributes by their whole addresses.
"""

from collections import Counter
from typing import Final

from harvesters.parsing import Row

_CORE: Final = "https://uri.etsi.org/ngsi-ld/"
_VALUES: Final = {
    f"{_CORE}has{name[0].upper()}{name[1:]}": name
    for name in ("value", "object", "languageMap", "vocab", "json", "valueList", "objectList")
}


def short(name: str) -> str:
    """Return what a name that is an address ends with (`powerState`), another name as it is."""
    if not name.startswith(("https://", "http://")):
        return name
    return name.rstrip("/#").replace("#", "/").rpartition("/")[2] or name


def by_short_names(attributes: Row) -> Row:
    """Return attributes by their short names, but those that would then be called alike, or as what an entity is."""
    times = Counter(["id", "type", *map(short, attributes)])
    return {short(name) if times[short(name)] == 1 else name: value for name, value in attributes.items()}


def normalized(element: object) -> object:
    """Return an entity of expanded JSON-LD (`@id`, `@type`) in the normalized form, anything else as it is."""
    if not isinstance(element, dict) or "id" in element or "@id" not in element:
        return element
    return {"id": element["@id"], "type": _kind(element), **_members(element)}


def _members(found: Row) -> Row:
    return {name: _single(value) for name, value in found.items() if not name.startswith("@")}


def _single(values: object) -> object:
    """Return what JSON-LD holds in a list, without it where it is alone."""
    if not isinstance(values, list):
        return _plain(values)
    plain = [_plain(value) for value in values]
    return plain[0] if len(plain) == 1 else plain


def _plain(value: object) -> object:
    match value:
        case {"@value": held}:
            return held
        case {"@list": list() as held}:
            return [_plain(one) for one in held]
        case {"@id": str() as identifier, **rest} if not rest:
            return identifier
        case dict():
            return _attribute(value) if any(name in value for name in _VALUES) else _object(value)
        case _:
            return value


def _object(value: Row) -> Row:
    kind = {"type": _kind(value)} if "@type" in value else {}
    return kind | by_short_names(_members(value))


def _attribute(value: Row) -> Row:
    own = _object({name: said for name, said in value.items() if name not in _VALUES})
    for name, plain_name in _VALUES.items():
        if name in value:
            own[plain_name] = _languages(value[name]) if plain_name == "languageMap" else _single(value[name])
    return own


def _languages(texts: object) -> object:
    match texts:
        case [{"@language": str()}, *_]:
            return {str(text.get("@language")): text.get("@value") for text in texts if isinstance(text, dict)}
        case _:
            return _single(texts)


def _kind(value: Row) -> object:
    kinds: object = value.get("@type")
    kinds = [short(str(kind)) for kind in kinds] if isinstance(kinds, list) else kinds
    return kinds[0] if isinstance(kinds, list) and len(kinds) == 1 else kinds
