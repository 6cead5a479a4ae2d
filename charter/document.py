"""A document that was read: plain values, and the place of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast, final

from charter.model import Plain
from charter.vocabulary import french_key
from eclor.errors import Place, PolicyRefusals, PolicyRefused
from eclor.sentences.variants import variant

PlainPath = tuple[str | int, ...]
"""French keys and ranks from the root: ``("garanties", "comptages", 0, "k")``."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a value stands and where its key does; a list's item has no key, so both are the item's place."""

    key: Place
    value: Place


@final
@dataclass(frozen=True, slots=True)
class Document:
    """A file of the language as strings, integers, lists and maps, under its French keys."""

    file: str
    plain: Plain
    places: Mapping[PlainPath, Spot]

    @classmethod
    def of(cls, file: str, root: object, places: Mapping[PlainPath, Spot]) -> "Document":
        """Make a document of a root that is a block; refuse (S202) another."""
        if not isinstance(root, dict):
            fault = variant("S202", "block", name=file)
            raise PolicyRefusals([PolicyRefused("S202", place=places[()].value, **fault)])
        return cls(file, cast("Plain", root), places)

    def key(self, *path: str | int) -> Place:
        """Return the place of a path's key, or of the nearest block around it that stands in the file."""
        return self._spot(path).key

    def value(self, *path: str | int) -> Place:
        """Return the place of a path's value, or of the nearest block around it that stands in the file."""
        return self._spot(path).value

    def at(self, *names: str | int) -> Place:
        """Return the place of the key under English names: ``at("guarantees", "minimum_counts", 0, "k")``."""
        return self.key(*(french_key(name) if isinstance(name, str) else name for name in names))

    def _spot(self, path: PlainPath) -> Spot:
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]
