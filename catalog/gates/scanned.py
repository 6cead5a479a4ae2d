"""The scan for personal data of any Parquet file, a release's or not, and of the names that it and its columns bear."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress, groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

import numpy as np
import regex
from numpy.typing import NDArray

from catalog.gates.cells import Cells, TextCount
from catalog.gates.context_words import ContextWords
from catalog.gates.findings import PERSON, Context, Finding
from catalog.gates.keyed_cells import keyed_findings
from catalog.gates.parted import parted_findings
from catalog.gates.plain import WINDOW, decodes, pieces, plain, windows
from catalog.gates.recognisers import RECOGNISERS, Decision
from catalog.gates.recognisers.first_look import first_look
from catalog.gates.recognisers.look import KNOWN_NAME
from catalog.gates.recognisers.recogniser import has_word
from catalog.gates.recognisers.traces import PERSONAL_POSITION
from catalog.gates.scanned_column import OFFICIALS, ScannedColumn, Tallies, Tally
from catalog.gates.shapes import shape
from catalog.gates.sieve import HIDES, KNOWN_NAMES, MAY_BE_TIED, MAY_DECODE, Bits, Sieve
from catalog.gates.split_cells import split_findings
from catalog.gates.unexplained import unexplained_findings
from charter.vocabulary import FieldType

if TYPE_CHECKING:
    from catalog.gates.detector import Detector

__all__ = ["OFFICIALS", "NamesFound", "ScannedColumn", "Tallies", "Tally", "scan", "scan_names"]

BY_MODEL: Final = Finding(PERSON, Decision.REVIEW)
NAME: Final = Context.of("")
_FREE: Final = frozenset({FieldType.TEXT, FieldType.CODE})
_SHORT_KINDS: Final = frozenset({"birth-date", "family-allowance", "plate"})
_LONGEST_SENTENCE: Final = 20_000
_FEW_TEXTS: Final = 2_000
"""Texts that cost less to look at one by one than to ready a scan for them."""
_SHORT_TEXT: Final = 4_096
"""Characters beyond which only RE2 asks the filters: Python takes the square of the length for some of them."""


@dataclass(frozen=True, slots=True)
class NamesFound:
    """What stands in the name of a file and in the names of its columns; a name without findings is no key."""

    file: Tallies
    columns: Mapping[str, Tallies]


def scan(detector: "Detector", rows: Path, columns: Sequence[ScannedColumn], *, scratch: Path) -> Mapping[str, Tallies]:
    """Return what is found in each column of a Parquet file, blocks first: every row, whatever its type.

    Raises whatever keeps a cell from being read: the file is then refused, never passed.
    """
    contexts = _contexts(columns)
    with Cells.opened(rows, scratch, _of_somebodys_places(columns, contexts)) as cells:
        found = {column.name: _Search(detector, cells, column, contexts[column.name]).tallies() for column in columns}
        together = (split_findings(cells, columns), parted_findings(cells, columns))
        for name, finding, tally in chain(*together, keyed_findings(detector, cells, columns)):
            found[name].setdefault(finding, tally)
        for name, finding, tally in unexplained_findings(cells, columns, found, detector.words):
            found[name][finding] = tally
    return {name: dict(sorted(tallies.items())) for name, tallies in found.items()}


def _contexts(columns: Sequence[ScannedColumn]) -> Mapping[str, Context]:
    names = [column.name for column in columns]
    return {
        column.name: Context.of(
            column.name,
            words=column.words,
            category=column.category,
            beside=(name for name in names if name != column.name),
        )
        for column in columns
    }


def _of_somebodys_places(columns: Sequence[ScannedColumn], contexts: Mapping[str, Context]) -> frozenset[str]:
    """Return the columns of no known type that would be half of somebody's position, if they hold decimals."""
    return frozenset(
        column.name for column in columns if column.of_type is None and contexts[column.name].gives(PERSONAL_POSITION)
    )


def scan_names(detector: "Detector", file_name: str, column_names: Iterable[str]) -> NamesFound:
    """Return what stands in a file's name, and in the names of its columns."""
    columns = {name: _in_a_name(detector, name) for name in column_names}
    return NamesFound(_in_a_name(detector, file_name), {name: found for name, found in columns.items() if found})


def _in_a_name(detector: "Detector", name: str) -> Tallies:
    found: defaultdict[Finding, Tally] = defaultdict(Tally)
    apart = regex.sub(r"(?<=\p{Ll})(?=\p{Lu})", " ", name)
    for text in dict.fromkeys([name, name.replace("_", " "), apart.replace("_", " ").replace("-", " ")]):
        for finding in detector.by_pattern(text, NAME) - found.keys():
            found[finding].add(TextCount(text, 1, 1))
    return dict(sorted(found.items()))


class _Search:
    """What is looked for in one column."""

    def __init__(self, detector: "Detector", cells: Cells, column: ScannedColumn, context: Context) -> None:
        self.detector, self.cells, self.column, self.context = detector, cells, column, context
        self.persons = not column.closed and OFFICIALS not in column.declared
        self.sieve = Sieve.of(self.context, names=self.persons)
        self.said = ContextWords(self.sieve.with_word)
        is_free = column.of_type is None or column.of_type.type in _FREE
        self.by_model = is_free and self.persons and not (self.context.of_places or self.context.of_works)

    def tallies(self) -> dict[Finding, Tally]:
        """Return what is found; nothing in a column whose every cell has its type's form."""
        found: defaultdict[Finding, Tally] = defaultdict(Tally)
        first: dict[Finding, TextCount] = {}
        column = self.column
        if column.of_type and not self._named() and self.cells.all_match(column.name, column.of_type):
            return found
        for seen, findings in self._told():
            for finding in findings:
                found[finding].add(seen)
                first.setdefault(finding, seen)
        for finding, seen in first.items():
            found[finding].example = self._example(seen.text, finding.kind)
        return found

    def _told(self) -> Iterator[tuple[TextCount, frozenset[Finding]]]:
        """Yield the texts in which something is found, and what: by their first rows, but for the long ones."""
        unplaced: list[tuple[TextCount, frozenset[Finding]]] = []
        for batch in self.cells.suspects(self.column.name, self.sieve):
            told = [*self._judged(batch)]
            yield from (each for each in told if each[0].first_row)
            unplaced += (each for each in told if not each[0].first_row)
        if unplaced:
            first = self.cells.first_rows(self.column.name)
            placed = [(seen._replace(first_row=first[seen.text]), findings) for seen, findings in unplaced]
            yield from sorted(placed, key=lambda each: each[0].first_row)

    def _example(self, text: str, kind: str) -> str:
        """Return the shape of what was found in a text, as far as it stands in plain sight."""
        (stretches,) = self.detector.stretches([text[:_LONGEST_SENTENCE]], self.context)
        return next((shape(text[each.start : each.end]) for each in stretches if each.kind == kind), "")

    def _named(self) -> bool:
        """Tell whether the column's own name says that short codes or dates in it are somebody's."""
        words = f"{self.context.name} {self.context.guessed}"
        return any(has_word(each.context, words) for each in RECOGNISERS if each.kind in _SHORT_KINDS)

    def _judged(self, batch: Sequence[TextCount]) -> Iterator[tuple[TextCount, frozenset[Finding]]]:
        """Yield the texts in which something is found, and what."""
        texts = [each.text for each in batch]
        seen = self._views(texts)
        looks = self._looked_at(seen)
        asked = np.where(looks & KNOWN_NAME, seen.bits, seen.bits & ~KNOWN_NAMES)
        judged: dict[int, frozenset[Finding]] = {}
        passed = np.flatnonzero(asked)
        of_place = zip(seen.places[passed].tolist(), passed.tolist(), asked[passed].tolist(), strict=True)
        for place, views in groupby(of_place, key=itemgetter(0)):
            told = self.detector.in_views([(seen.views[at], bits) for _, at, bits in views], self.context)
            judged[place] = told if self.persons else frozenset(each for each in told if each.kind != PERSON)
        if self.by_model:
            self._named_by_model(texts, seen, looks, judged)
        yield from ((batch[place], judged[place]) for place in sorted(judged) if judged[place])

    def _looked_at(self, seen: "_Seen") -> NDArray[np.uint8]:
        """Return the first look at each view; add the bits of the filters that ask for a word beside a match."""
        tied: list[int] = np.flatnonzero(seen.bits & MAY_BE_TIED).tolist()
        seen.bits[tied] &= ~MAY_BE_TIED
        if self.persons:
            parts = self.detector.outline(seen.views)
            looks = first_look(parts)
            said = self.said.said(parts)[tied] if tied else np.zeros(0, np.int64)
        else:
            looks = np.zeros(len(seen.views), np.uint8)
            said = self.said.said(self.detector.outline([seen.views[at] for at in tied]))
        seen.bits[tied] |= self.sieve.tied([seen.views[at] for at in tied], said, self.cells.beside)
        return looks

    def _views(self, texts: Sequence[str]) -> "_Seen":
        """Return the views of texts; the plain form of each comes first."""
        if len(texts) < _FEW_TEXTS and max(map(len, texts), default=0) <= _SHORT_TEXT:
            few = [(place, view) for place, text in enumerate(texts) for view in windows(text)]
            return _Seen.of(few, np.fromiter((self.detector.flags(view) for _, view in few), np.int64, len(few)))
        bits = self._bits(texts)
        hides = (bits & HIDES).astype(bool)
        hides |= np.fromiter(map(len, texts), np.int64, len(texts)) > WINDOW
        for place in np.flatnonzero((bits & MAY_DECODE).astype(bool) & ~hides).tolist():
            hides[place] = decodes(texts[place])
        plain_ones = np.flatnonzero(~hides)
        hiding = [(place, view) for place in np.flatnonzero(hides).tolist() for view in windows(texts[place])]
        found = [*((place, texts[place]) for place in plain_ones.tolist()), *hiding]
        told = np.append(bits[plain_ones], self._bits([view for _, view in hiding]))
        return _Seen.of(found, told & ~(HIDES | MAY_DECODE))

    def _bits(self, texts: Sequence[str]) -> Bits:
        return self.sieve.flags(texts, self.cells.beside)

    def _named_by_model(
        self, texts: Sequence[str], seen: "_Seen", looks: NDArray[np.uint8], judged: dict[int, frozenset[Finding]]
    ) -> None:
        """Add what the language model finds in texts in which no list found a person; it reads a long one in pieces."""
        unnamed = np.ones(len(texts), bool)
        unnamed[[place for place, told in judged.items() if any(each.kind == PERSON for each in told)]] = False
        is_long = np.fromiter(map(len, texts), np.int64, len(texts)) > _LONGEST_SENTENCE
        first = np.unique(seen.places, return_index=True)[1]
        short = np.flatnonzero(unnamed & ~is_long & (looks[first] > 0))
        parts = [
            (place, plain(piece))
            for place in np.flatnonzero(unnamed & is_long).tolist()
            for piece in pieces(texts[place], _LONGEST_SENTENCE)
        ]
        named = self.detector.by_model_where(
            [seen.views[at] for at in first[short].tolist()], looks[first[short]].tolist(), self.context
        )
        named_in_part = self.detector.by_model([piece for _, piece in parts], self.context)
        for place in [*compress(short.tolist(), named), *compress([place for place, _ in parts], named_in_part)]:
            judged[place] = judged.get(place, frozenset()) | {BY_MODEL}


@dataclass(frozen=True, slots=True)
class _Seen:
    """The views of some texts: the place of each one's text, the plain form first, and the bits of its filters."""

    places: NDArray[np.int64]
    views: Sequence[str]
    bits: Bits

    @classmethod
    def of(cls, views: Sequence[tuple[int, str]], bits: Bits) -> Self:
        places = np.fromiter((place for place, _ in views), np.int64, len(views))
        return cls(places, [view for _, view in views], bits)
