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
_LONGEST: Final = 400
_FEWEST: Final = 2
_FEWEST_CHARACTERS: Final = 7
_FEWEST_GLUED: Final = 10
"""Behind a label, and behind letters alone, as numbers of series of things have them before fewer digits."""


class Labelled(NamedTuple):
    """Values that stand at one place of cells of one form, in the rows that `form` (RE2) takes, behind a label."""

    label: str
    values: Sequence[str]
    form: str


def labelled(texts: Texts) -> Iterator[Labelled]:
    """Yield what stands at each place of cells that differ in nothing else."""
    alike = defaultdict[str, list[list[tuple[str, int, int]]]](list)
    sample = dict[str, str]()
    for text, _ in texts:
        if len(text) <= _LONGEST and _LETTERS.search(text):
            said, values = _parted(text)
            alike[said].append(values)
            sample.setdefault(said, text)
    for said, rows in alike.items():
        if len(rows) >= _FEWEST and rows[0]:
            yield from _of_one_form(said, sample[said], rows)


def _of_one_form(said: str, sample: str, rows: Sequence[Sequence[tuple[str, int, int]]]) -> Iterator[Labelled]:
    form = _form(sample, rows[0])
    for place, label in enumerate(said.split("\0")[:-1]):
        values = sorted({row[place][0] for row in rows})
        if len(values) >= _FEWEST:
            yield from (Labelled(f"{label} {word}", bare, form) for word, bare in _bared(values, alone=said == "\0"))


def _bared(values: Sequence[str], *, alone: bool) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield values without what all of them begin or end with, and the words of that; `alone`: only so."""
    if not alone:
        yield "", values
    begun = beginning(values)
    for found in {mark[0] for mark in (_LABEL.match(begun), _PATH.match(begun)) if mark}:
        bare = [each[len(found) :] for each in values]
        if max(map(len, bare)) >= (_FEWEST_GLUED if found.isalpha() else _FEWEST_CHARACTERS):
            yield " ".join(_LETTERS.findall(found)), bare
    ended = _ENDING.search(beginning([each[::-1] for each in values])[::-1])
    if ended and not any(each == ended[0] for each in values):
        yield from ((ended[0], [each[: -len(ended[0])] for each in values]),)


def _parted(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return the words of a text, NUL for each value, and its values with their places: what has a digit, or a month."""
    said, values, before = list[str](), list[tuple[str, int, int]](), -2
    for found in _TOKEN.finditer(text):
        token = found[0]
        if any(map(str.isdigit, token)) or _MONTH.fullmatch(token):
            if values and values[-1][2] == before == found.start() - 1:
                values[-1] = (text[values[-1][1] : found.end()], values[-1][1], found.end())
            else:
                said.append("\0")
                values.append((token, found.start(), found.end()))
            before = found.end()
        else:
            said.append(f"{token.lower()} ")
    return "".join(said), values


def _form(sample: str, values: Sequence[tuple[str, int, int]]) -> str:
    """Return what takes the cells that differ from a sample in their values alone."""
    ends = [0, *(end for _, _, end in values)]
    starts = [*(start for _, start, _ in values), len(sample)]
    said = (r"\W*".join(map(re.escape, _LETTERS.findall(sample[end:start]))) for end, start in zip(ends, starts, strict=True))
    return rf"(?is:\W*{'.*'.join(said)}\W*)"
