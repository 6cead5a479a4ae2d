"""What stands behind the same words in several cells: a column of its own, of which these words are the name.

A label and a number, a member of JSON, what a link asks for, a topic of a broker: *carte id. X4RTBPFJ3 (copie au
dossier)*, `{"eui":"70b3…","fw":"1.8"}`, `…?type=cni&num=X4RTBPFJ3`. Such a value is asked about as a column of them
would be.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import regex

from catalog.gates.recognisers.traces import MONTH
from catalog.gates.unexplained_alike import beginning
from catalog.gates.unexplained_parts import Texts

_TOKEN: Final = re.compile(r"[^\s\"“”«»{}()<>\[\]|=&?,;]+")
_MONTH: Final = regex.compile(rf"(?i)(?:{MONTH})\p{{L}}{{0,7}}\.?")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_LABEL: Final = re.compile(r"[^\W\d_]{2,}[:_=/#.-]+|[^\W\d_]{2,}(?=\d)")
_PATH: Final = re.compile(r".*[/:=_#](?=.)")
_ENDING: Final = re.compile(r"[/_.-]*[^\W\d_]+\Z")
_BETWEEN: Final = r"[^\pL]*"
_LONGEST: Final = 400
"""Characters of a cell that is a form, no text."""
_FEWEST: Final = 2
_FEWEST_CHARACTERS: Final = 6
_FEWEST_BEHIND: Final = 7
_FEWEST_GLUED: Final = 10
"""Behind words, behind one that is glued, and behind letters alone: numbers of series have them before fewer digits."""
_VALUE: Final = "\0"


class Labelled(NamedTuple):
    """Different values that stand at one place of cells alike, the words before them, and the cells' form (RE2)."""

    label: str
    values: Sequence[str]
    form: str


class _Cell(NamedTuple):
    """A cell: its words, NUL for each value; its values; itself."""

    said: str
    values: Sequence[str]
    text: str


def labelled(texts: Texts) -> Iterator[Labelled]:
    """Yield what stands at each place of cells that differ in nothing else."""
    alike = defaultdict[str, list[_Cell]](list)
    for text, _ in texts:
        if len(text) <= _LONGEST and _LETTERS.search(text):
            cell = _parted(text)
            alike[cell.said].append(cell)
    for said, cells in alike.items():
        labels = said.split(_VALUE)[:-1]
        for label, *values in zip(labels, *(each.values for each in cells), strict=True):
            if len(several := sorted(set(values))) >= _FEWEST:
                yield from _of_one_place(label, several, _form(cells[0]))


def _of_one_place(label: str, values: Sequence[str], form: str) -> Iterator[Labelled]:
    """Yield values as they stand behind words, and without what all of them begin and end with."""
    if label and max(map(len, values)) >= _FEWEST_CHARACTERS:
        yield Labelled(label, values, form)
    ended = _ENDING.search(beginning([each[::-1] for each in values])[::-1])
    end = ended[0] if ended else ""
    begun = beginning(values)
    for found in {"", *(mark[0] for mark in (_LABEL.match(begun), _PATH.match(begun)) if mark)}:
        bare = [each[len(found) :].removesuffix(end) for each in values]
        fewest = _FEWEST_GLUED if found.isalpha() else _FEWEST_BEHIND
        if found + end and max(map(len, bare)) >= fewest:
            yield Labelled(" ".join((label, *_LETTERS.findall(found), *_LETTERS.findall(end))), bare, form)


def _parted(text: str) -> _Cell:
    """Part a cell: values are what has a digit, or a month, with one mark between."""
    said, values, end = list[str](), list[str](), -2
    for found in _TOKEN.finditer(text):
        if not re.search(r"\d", found[0]) and not _MONTH.fullmatch(found[0]):
            said.append(f"{found[0].lower()} ")
        elif end == found.start() - 1:
            values[-1] += text[end : found.end()]
            end = found.end()
        else:
            said.append(_VALUE)
            values.append(found[0])
            end = found.end()
    return _Cell("".join(said), values, text)


def _form(cell: _Cell) -> str:
    """Return what takes the cells that differ from one in their values alone."""
    said = (_BETWEEN.join(_LETTERS.findall(each)) for each in cell.said.split(_VALUE))
    return rf"(?is:{_BETWEEN}{'.*'.join(said)}{_BETWEEN})"
