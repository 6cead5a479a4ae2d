"""Elements of XML as nested values: names without namespace, leaves as text, what may repeat as lists."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from harvesters.parsing import Row
from harvesters.xml_names import Names

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TYPE: Final = "@type"
"""Where the type that stands in for an element's own (`xsi:type`) is kept."""
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_XSI_TYPE: Final = f"{_XSI}type"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_PREFERRED: Final = "fr"
_VALUES: Final = "values"
_SPOKEN: Final = frozenset({_VALUES, "value"})
_SAID_OF_TEXT: Final = frozenset({"lang", "nil", "overridden"})
"""Attributes that make no object of a text: its language, that it is none, that it replaces a default (SIRI)."""

_Spoken = dict[str, dict[str, str | None]]
"""Name, language, text."""
_SILENCE: Final[_Spoken] = {}

Noted = tuple[str, object, Row]
"""A member that was asked for: its name, its value, and the members that it stands among."""


class _AttributeNames(Names):
    """Attribute to the name of its member: `@type` for xsi:type, empty for the other xsi ones, which are none."""

    def called(self, written: str) -> str:
        if written == _XSI_TYPE:
            return TYPE
        return "" if written.startswith(_XSI) else super().called(written)


def add_text(texts: dict[str, str | None], lang: str, text: str | None) -> None:
    """Add a text to those of its language: a second one stands below the first."""
    former = texts.get(lang)
    texts[lang] = f"{former}\n{text}" if former and text else former or text


def by_language(said: Iterable[tuple[str, str | None]]) -> dict[str, str | None]:
    """Return texts by their language, all of them, in their order."""
    texts: dict[str, str | None] = {}
    for lang, text in said:
        add_text(texts, lang, text)
    return texts


def put_texts(row: Row, key: str, texts: Mapping[str, str | None]) -> None:
    """Put a text that comes in languages: French, else the first, under its name; the others under `name@lang`.

    One that is left empty is nobody's first choice.
    """
    if len(texts) <= 1:
        row[key] = next(iter(texts.values()), None)
        return
    said = [lang for lang, text in texts.items() if text] or list(texts)
    main = next((lang for lang in said if lang.lower().startswith(_PREFERRED)), said[0])
    row[key] = texts[main]
    row.update({f"{key}@{lang}": text for lang, text in texts.items() if lang != main})


def _unwrap(value: Row, key: str) -> None:
    """Take what an element of a list wraps under its own name for one, no list: only the outer one repeats."""
    wrapped = value.get(key)
    if isinstance(wrapped, list) and len(wrapped) == 1:
        value[key] = wrapped[0]


def _texts_of(element: "Element") -> "Element | None":
    """Return what holds the `value lang` of an element, None where none does: its `values`, or itself (DATEX II v1)."""
    first = element[0]
    if first.get("lang") is not None:
        return element
    return first if len(element) == 1 and first.tag.endswith(_VALUES) else None


@dataclass(slots=True)
class Shaping:
    """How a standard's elements become members."""

    lists: frozenset[str]
    """Names that give a list, however few of them come."""
    names: Names
    asked: frozenset[str] = frozenset()
    """Names of members to note on the way, so that nobody needs to look for them afterwards."""
    noted: list[Noted] = field(default_factory=list)
    _special: frozenset[str] = field(init=False)
    _attributes: _AttributeNames = field(init=False)

    def __post_init__(self) -> None:
        self._special = self.lists | self.asked
        self._attributes = _AttributeNames(self.names.payload)

    def attributes(self, element: "Element") -> Row:
        """Return the attributes by their names: `@type` for xsi:type, none of the other xsi ones."""
        names = self._attributes
        row: Row = {}
        for attribute, value in element.items():
            if name := names[attribute]:
                row[name] = value if name is not TYPE else value.rpartition(":")[2]
        return row

    def row(self, element: "Element") -> Row:
        """Return an element's attributes and children as members."""
        row = self.attributes(element) if element.keys() else {}
        names, special = self.names, self._special
        spoken = _SILENCE
        for child in element:
            key = names[child.tag]
            if len(child):
                first = child[0]
                if names[first.tag] in _SPOKEN and key not in row and (texts := _texts_of(child)) is not None:
                    self._put_values(row, key, texts)
                    continue
                value: object = self.row(child)
            elif child.keys():
                if child.get(_LANG) is not None:
                    spoken = self._hear(spoken or {}, key, child)
                    continue
                value = self._leaf(child)
            else:
                text = child.text
                value = (text.strip() or None) if text else None
            if key in special or key in row:
                self._put(row, key, value)
            else:
                row[key] = value
        for key in spoken:
            self._put_texts(row, key, spoken[key])
        return row

    def _put_texts(self, row: Row, key: str, texts: Mapping[str, str | None]) -> None:
        put_texts(row, key, texts)
        if key in self.asked:
            self.noted.append((key, row[key], row))

    def _put(self, row: Row, key: str, value: object) -> None:
        """Put a member that is noted, or stands in a list."""
        if key in self.asked:
            self.noted.append((key, value, row))
        if key in self.lists and isinstance(value, dict):
            _unwrap(value, key)
        former = row.get(key)
        if isinstance(former, list):
            former.append(value)
        elif key in row:
            row[key] = [former, value]
        else:
            row[key] = [value] if key in self.lists else value

    def _hear(self, spoken: _Spoken, key: str, element: "Element") -> _Spoken:
        """Keep the text of an element that comes once a language (`xml:lang`); a second one in it stands below."""
        add_text(spoken.setdefault(key, {}), element.get(_LANG, ""), (element.text or "").strip() or None)
        return spoken

    def _leaf(self, element: "Element") -> object:
        text = (element.text or "").strip() or None
        row = {key: value for key, value in self.attributes(element).items() if key not in _SAID_OF_TEXT}
        return row | ({} if text is None else {"value": text}) if row else text

    def _put_values(self, row: Row, key: str, values: "Element") -> None:
        """Put a text in languages (`value lang`), as DATEX II writes them."""
        if len(values) == 1 and key not in self._special:  # as most come: one language
            row[key] = (values[0].text or "").strip() or None
            return
        texts = by_language((value.get("lang") or "", (value.text or "").strip() or None) for value in values)
        if key in self.lists:
            row[key] = list(texts.values())
        else:
            self._put_texts(row, key, texts)
