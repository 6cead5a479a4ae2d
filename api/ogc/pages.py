"""The documents of the OGC API as a page shows them: a title, links, one table; French words around the same facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from orjson import Fragment, dumps

from api.ogc.addresses import Addresses
from api.ogc.conformance import CLASSES
from api.ogc.serving import Subject

_MOST_COLUMNS: Final = 8
"""Columns of a page's table; an item's own page has all."""
_WAYS: Final = frozenset({"about", "enclosure", "items"})
_TYPES: Final = {"string": "texte", "number": "nombre", "boolean": "vrai ou faux"}


@dataclass(frozen=True, slots=True)
class Way:
    """A link of a page, and what it leads to."""

    href: str
    words: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, its heads, its rows; the first cell of a row may be a link."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[tuple[Way | str, ...]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page; `up` leads back."""

    title: str
    lead: str
    ways: Sequence[Way] = ()
    table: Table | None = None
    following: str | None = None
    up: Sequence[Way] = field(default_factory=tuple)


def landing_page(document: Mapping[str, Any], addresses: Addresses) -> Shown:
    """Show where the API begins."""
    return Shown(
        document["title"],
        document["description"],
        (
            Way(addresses.under("collections"), "Collections", "Un jeu de données par collection, et leur catalogue."),
            Way(addresses.under("conformance"), "Conformité", "Les normes de l'OGC qui tiennent ici."),
            Way(addresses.under("api"), "Description", "Chaque adresse et ses paramètres."),
        ),
    )


def conformance_page(addresses: Addresses) -> Shown:
    """Show the conformance classes."""
    rows = [(address,) for address in CLASSES]
    table = Table("Classes de conformité", ("Classe",), rows)
    return Shown("Conformité", "Ces classes des normes de l'OGC tiennent ici.", table=table, up=_up(addresses))


def description_page(document: Mapping[str, Any], addresses: Addresses) -> Shown:
    """Show each address with its parameters."""
    rows = [
        (path, ", ".join(one["name"] for one in operation["get"]["parameters"]))
        for path, operation in document["paths"].items()
    ]
    table = Table("Adresses", ("Adresse", "Paramètres"), rows)
    ways = (Way(addresses.under("api", query=[("f", "json")]), "OpenAPI 3.0", "La même description, en JSON."),)
    return Shown("Adresses et paramètres", f"Sous {addresses.landing}.", ways, table, up=_up(addresses))


def collections_page(document: Mapping[str, Any], addresses: Addresses) -> Shown:
    """Show all collections."""
    ways = [Way(addresses.collection(one["id"]), one["title"], one["description"]) for one in document["collections"]]
    return Shown("Collections", "Un jeu de données par collection.", ways, up=_up(addresses))


def collection_page(document: Mapping[str, Any], addresses: Addresses) -> Shown:
    """Show one collection."""
    name = document["id"]
    ways = (
        Way(addresses.items(name), "Objets", "Page par page, et par filtre."),
        Way(addresses.under("collections", name, "queryables"), "Propriétés", "Ce qui se filtre."),
        *(Way(one["href"], "Page du jeu") for one in document["links"] if one["rel"] == "about"),
    )
    return Shown(document["title"], document["description"], ways, up=_up(addresses, "collections"))


def queryables_page(document: Mapping[str, Any], subject: Subject, addresses: Addresses) -> Shown:
    """Show what can be filtered of a collection."""
    rows = [
        (name, _TYPES.get(one.get("type", ""), "géométrie"), one.get("title", ""))
        for name, one in document["properties"].items()
    ]
    table = Table("Propriétés", ("Nom", "Type", "Titre"), rows)
    return Shown(
        f"Propriétés : {subject.title}",
        "Chacune se donne en paramètre (nom=valeur), ou dans « filter » (CQL2).",
        table=table,
        up=_up(addresses, "collections", subject.name),
    )


def items_page(document: Mapping[str, Any], subject: Subject, addresses: Addresses) -> Shown:
    """Show a page of items."""
    titles = {name: one.title or name for name, one in subject.queryables.by_name.items()}
    found = document["features"]
    shown = (name for name in titles if found and name in found[0]["properties"])
    names = [*islice(shown, _MOST_COLUMNS)]
    rows: list[tuple[Way | str, ...]] = [
        (
            Way(addresses.item(subject.name, str(one["id"])), str(one["id"])),
            *(_cell(one["properties"].get(name)) for name in names),
        )
        for one in found
    ]
    table = Table("Objets", ("Identifiant", *(titles.get(name, name) for name in names)), rows) if rows else None
    following = next((one["href"] for one in document["links"] if one["rel"] == "next"), None)
    matched = document.get("numberMatched")
    lead = f"{document['numberReturned']} objets" + ("" if matched is None else f" sur {matched}") + "."
    return Shown(subject.title, lead, (), table, following, _up(addresses, "collections", subject.name))


def item_page(document: Mapping[str, Any], subject: Subject, addresses: Addresses) -> Shown:
    """Show one item: what has a title; what only programs read is in the document."""
    properties = document["properties"]
    rows = [
        (one.title or name, _cell(properties[name]))
        for name, one in subject.queryables.by_name.items()
        if name in properties
    ]
    if document["geometry"] is not None:
        rows.append(("Géométrie", _cell(document["geometry"])))
    ways = [Way(one["href"], one["title"]) for one in document["links"] if one["rel"] in _WAYS and "title" in one]
    table = Table("Valeurs", ("Propriété", "Valeur"), rows)
    up = _up(addresses, "collections", subject.name, "items")
    return Shown(f"{subject.title} : {document['id']}", "Une case masquée est vide.", ways, table, None, up)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "oui" if value else "non"
        case int() | float():
            return str(value)
        case [str(), *_]:
            return ", ".join(map(str, value))
        case Fragment() | dict() | list() | _:
            return dumps(value).decode()


def _up(addresses: Addresses, *parts: str) -> tuple[Way, ...]:
    words = {1: "Collections", 2: "Collection", 3: "Objets"}
    ways: Iterable[Way] = (Way(addresses.under(*parts[:depth]), words[depth]) for depth in range(1, len(parts) + 1))
    return (Way(addresses.landing, "OGC API"), *ways)
