"""The three writings of RDF and the pages of a catalogue, known without the library that makes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar

T = TypeVar("T")
PER_PAGE: Final = 100
"""Datasets on a page: some megabytes at most; a harvester that stops at 200 pages still reads 20,000."""


class Writing(Enum):
    """A writing of RDF: the ending of its address, its media type."""

    TURTLE = ("ttl", "text/turtle")
    JSON_LD = ("jsonld", "application/ld+json")
    RDF_XML = ("rdf", "application/rdf+xml")

    @property
    def ending(self) -> str:
        """Return the ending of an address in this writing, without its dot."""
        return self.value[0]

    @property
    def media_type(self) -> str:
        """Return its media type."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the catalogue, by its number from 1, in a writing."""

    number: int
    writing: Writing

    @staticmethod
    def count(total: int) -> int:
        """Return how many pages so many datasets fill, one at least."""
        return max(1, -(-total // PER_PAGE))

    def of(self, served: Sequence[T]) -> Sequence[T]:
        """Return what stands on it."""
        return served[(self.number - 1) * PER_PAGE : self.number * PER_PAGE]
