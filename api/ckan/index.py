"""What searches look into: a dataset's values by the names that CKAN's index gives them, and its words by weight."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from catalog.search import tokens


class Document(dict[str, Sequence[str]]):
    """A dataset's values by field; `text` holds all that bare words look into."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        super().__init__(values)
        self._spoken: dict[str, list[str]] = {}

    def spoken(self, field: str) -> Sequence[str]:
        """Return the words of a field's texts, one space around each; read once, when first asked for."""
        if field not in self._spoken and field in self:
            self._spoken[field] = [f" {' '.join(tokens(text))} " for text in self[field]]
        return self._spoken.get(field, ())


_PLAIN: Final = (
    "author",
    "id",
    "license_id",
    "maintainer",
    "name",
    "notes",
    "owner_org",
    "state",
    "title",
    "type",
    "url",
    "version",
)
_DATES: Final = ("metadata_created", "metadata_modified")


def document(shown: Mapping[str, object], *, is_open: bool) -> Document:
    """Return what filters look into (CKAN's index of datasets)."""
    resources, groups = _list(shown, "resources"), _list(shown, "groups")
    tags = [str(tag["name"]) for tag in _list(shown, "tags") if not tag.get("vocabulary_id")]
    organization = shown.get("organization")
    owner = organization if isinstance(organization, Mapping) else {}
    found: dict[str, Sequence[str]] = {name: [str(shown[name])] for name in _PLAIN if shown.get(name)}
    found |= {f"extras_{key}": [value] for key, value in _extras(shown)}
    found |= {key: [value] for key, value in _extras(shown) if key not in found}
    found |= {name: [f"{shown[name]}Z"] for name in _DATES}
    found |= {
        "organization": _texts([owner], "name"),
        "groups": _texts(groups, "name"),
        "tags": tags,
        "res_format": _texts(resources, "format"),
        "res_name": _texts(resources, "name"),
        "res_url": _texts(resources, "url"),
        "title_string": [str(shown["title"])],
        "dataset_type": [str(shown["type"])],
        "capacity": ["public" if is_open else "private"],
        "private": [str(bool(shown["private"])).lower()],
        "entity_type": ["package"],
        "site_id": ["default"],
        "*": ["*"],
    }
    found["text"] = [
        *_texts([shown], "title", "name", "notes", "author", "maintainer"),
        *tags,
        *_texts(groups, "name", "title"),
        *_texts([owner], "name", "title"),
        *_texts(resources, "name", "description"),
        *(value for _, value in _extras(shown)),
    ]
    return Document(found)


def weighed(shown: Mapping[str, object], indexed: Document) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return the words of a dataset by the weight of where they stand (CKAN: name^4 title^4 tags^2 groups^2)."""
    return (
        (4, _words([str(shown["title"]), str(shown["name"])])),
        (2, _words([*indexed["tags"], *indexed["groups"]])),
        (1, _words(indexed["text"])),
    )


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in tokens(text))


def _list(shown: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = shown.get(name)
    return found if isinstance(found, list) else []


def _texts(things: Iterable[Mapping[str, object]], *names: str) -> list[str]:
    return [str(thing[name]) for thing in things for name in names if thing.get(name)]


def _extras(shown: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(str(extra["key"]), str(extra["value"])) for extra in _list(shown, "extras")]
