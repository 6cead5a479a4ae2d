"""What a dataset's pages say of it to search engines and to those who cite it, by its record."""

from dataclasses import dataclass

from markupsafe import Markup
from orjson import dumps

from api.shelf import Kept
from catalog.metadata.citation import reference, sentence
from catalog.metadata.record import Publisher
from catalog.metadata.recording import record_of
from catalog.metadata.schema_org import schema_org


@dataclass(frozen=True, slots=True)
class Described:
    """The dataset's node for search engines, as a page may hold it, and the words by which a version is cited."""

    structured: Markup
    cited: str


def described(kept: Kept, publisher: Publisher, origin: str) -> Described:
    """Return what the pages of a version say."""
    record = record_of(kept.dataset, kept.version, publisher)
    return Described(_in_page(schema_org(record, origin)), sentence(reference(record, origin)))


def _in_page(node: dict[str, object]) -> Markup:
    """Return JSON that no text of it can end, nor turn into markup, inside a `script` element."""
    text = dumps(node).decode()
    for letter in "<>&":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)  # noqa: S704 - its three letters of markup are escaped just above
