"""The examples of the documentation: one file a part of the API. To add one: its function, its line in the table."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from api.pages.snippets import around, beyond, rows, whole
from api.pages.snippets.example import Example
from api.pages.snippets.snippet import LANGUAGES, Language, Snippet

TOPICS: Final[Mapping[str, Callable[[Example], Iterable[Snippet]]]] = MappingProxyType(
    {
        "fichiers": whole.files,
        "versions": whole.versions,
        "plages": whole.ranges,
        "filtrer": rows.filtered,
        "trier": rows.sorted_rows,
        "grouper": rows.grouped,
        "paginer": rows.paged,
        "direct": beyond.live,
        "carte": beyond.places,
        "ckan": beyond.ckan,
        "catalogue": around.catalogue,
        "descriptions": around.descriptions,
    }
)
"""Anchor of the page → its examples."""


class Snippets:
    """The examples of a dataset by their topic, and for which readers each is shown."""

    def __init__(self, example: Example) -> None:
        self._by_topic = {topic: tuple(make(example)) for topic, make in TOPICS.items()}

    def of(self, topic: str) -> tuple[Snippet, ...]:
        """Return the examples of a topic, in the order of the languages; none where the dataset has no use for it."""
        return self._by_topic[topic]

    def readers(self, topic: str, snippet: Snippet) -> tuple[Language, ...]:
        """Return the languages whose readers are shown an example: its own, and for curl those that have none here."""
        written = {one.language for one in self._by_topic[topic]}
        others = tuple(language for language in LANGUAGES if language not in written)
        return (snippet.language, *others) if snippet.language is Language.CURL else (snippet.language,)
