"""What the personal-data gate finds in the corpora: one measure a line of the bars, on tables written as Parquet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.personal_corpora import desk
from benchmarks.personal_corpora.blind_tables import blind_tables
from benchmarks.personal_corpora.clean_tables import Table, clean_tables
from benchmarks.personal_corpora.leaks import Leak, fixed_form, hidden, in_context, in_names
from benchmarks.personal_corpora.more_clean_tables import more_clean_tables
from benchmarks.personal_corpora.published import HANDS, agents_texts, leaking_tables, published_tables
from benchmarks.personal_corpora.sentences import sentences
from benchmarks.personal_corpora.unseen_tables import unseen_tables
from catalog.gates.detector import Detector
from catalog.gates.findings import Finding
from catalog.gates.recognisers import Decision
from catalog.gates.scanned import ScannedColumn, Tallies, scan, scan_names

PERSON: Final = "person"


@dataclass(frozen=True, slots=True)
class Measure:
    """A share that was measured, the bar it is held to, and what missed."""

    name: str
    share: float
    bar: float
    at_most: bool
    of: int
    missed: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether the bar is held."""
        return self.share < self.bar if self.at_most else self.share >= self.bar

    def __str__(self) -> str:
        sign = "<" if self.at_most else "≥"
        verdict = "holds" if self.holds else "MISSED"
        return f"{verdict:6} {self.name:58} {self.share:7.3f} (bar {sign} {self.bar}, of {self.of})"


@dataclass(frozen=True, slots=True)
class Bench:
    """Scans tables with one detector; `folder` is scratch."""

    detector: Detector
    folder: Path

    def scanned(self, table: Mapping[str, Sequence[str | None]]) -> Mapping[str, Tallies]:
        """Return what the gate finds in each column of a table."""
        path = self.folder / "table.parquet"
        pq.write_table(pa.table({name: pa.array(cells, pa.string()) for name, cells in table.items()}), path)
        with TemporaryDirectory(dir=self.folder) as scratch:
            return scan(self.detector, path, [ScannedColumn(name) for name in table], scratch=Path(scratch))

    def leaks(self, leaks: Iterable[Leak], *, decided: frozenset[Decision]) -> "Tally":
        """Return how many leaking columns are decided so, and how many of the planted cells are counted."""
        tally = Tally()
        for leak in leaks:
            found = self.scanned(leak.columns)
            tallies = [each for column in leak.columns for each in found.get(column, {}).items()]
            tally.add(leak, [finding for finding, _ in tallies], decided=decided)
            cells = [each.rows for finding, each in tallies if finding.kind == leak.kind]
            counted = min(max(cells, default=0), leak.planted)
            tally.cells_found += counted
            tally.cells += leak.planted
            if counted < leak.planted:
                tally.short += (f"{leak.family}/{next(iter(leak.columns))}: {counted} of {leak.planted}",)
        return tally


@dataclass(slots=True)
class Tally:
    """Columns that leak, those of them that are decided as they should be, and their cells."""

    columns: int = 0
    found: int = 0
    cells: int = 0
    cells_found: int = 0
    missed: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    """Where fewer cells are counted than were planted."""

    def add(self, leak: Leak, findings: list[Finding], *, decided: frozenset[Decision]) -> None:
        """Count a leaking column."""
        self.columns += 1
        if any(finding.decision in decided for finding in findings):
            self.found += 1
        else:
            self.missed += (f"{leak.family}/{next(iter(leak.columns))}",)


BLOCKED: Final = frozenset({Decision.BLOCK})
FLAGGED: Final = frozenset(Decision)


def leak_measures(bench: Bench, seeds: Iterable[int]) -> Iterator[Measure]:
    """Yield what is found of planted identifiers: fixed forms, in context, hidden, in names."""
    seeds = tuple(seeds)
    fixed = bench.leaks((leak for seed in seeds for leak in fixed_form(seed)), decided=BLOCKED)
    yield Measure("fixed forms: columns blocked", fixed.found / fixed.columns, 0.99, False, fixed.columns, fixed.missed)
    yield Measure("fixed forms: cells counted", fixed.cells_found / fixed.cells, 0.99, False, fixed.cells, fixed.short)
    context = bench.leaks((leak for seed in seeds for leak in in_context(seed)), decided=FLAGGED)
    yield Measure(
        "in context: columns flagged", context.found / context.columns, 0.97, False, context.columns, context.missed
    )
    concealed = bench.leaks((leak for seed in seeds for leak in hidden(seed)), decided=FLAGGED)
    named = [(family, text) for seed in seeds for family, text in in_names(seed)]
    missed = [f"name/{family}" for family, text in named if not _flagged_name(bench.detector, text)]
    total, found = concealed.columns + len(named), concealed.found + len(named) - len(missed)
    yield Measure("hidden: flagged", found / total, 0.95, False, total, (*concealed.missed, *missed))


def _flagged_name(detector: Detector, text: str) -> bool:
    return bool(scan_names(detector, text, ()).file) and bool(scan_names(detector, "", [text]).columns)


def clean_measures(bench: Bench, seeds: Iterable[int], *, rows: int) -> Iterator[Measure]:
    """Yield the shares of clean columns that are blocked, and that are sent to review."""
    seeds = tuple(seeds)
    for label, corpus, blocked, to_review in (
        ("made-up tables", clean_tables, 0.01, 0.05),
        ("tables held out once", more_clean_tables, 0.02, 0.10),
        ("tables measured blind", unseen_tables, 0.02, 0.10),
        ("tables never seen", blind_tables, 0.02, 0.10),
    ):
        tables = [(f"{seed}/{name}", table) for seed in seeds for name, table in corpus(seed, rows=rows).items()]
        yield from share_of_clean(bench, tables, label=label, blocked=blocked, to_review=to_review)


def share_of_clean(
    bench: Bench, tables: Iterable[tuple[str, Table]], *, label: str, blocked: float, to_review: float
) -> Iterator[Measure]:
    """Yield the shares of columns of clean tables that are blocked or to review, with what was found in them."""
    columns, wrong = 0, {Decision.BLOCK: list[str](), Decision.REVIEW: list[str]()}
    for name, table in tables:
        for column, tallies in bench.scanned(table).items():
            columns += 1
            if tallies:
                gravest = min(finding.decision for finding in tallies)
                kinds = ",".join(sorted({finding.kind for finding in tallies}))
                wrong[gravest].append(f"{name}.{column}: {kinds}")
    for decision, bar in ((Decision.BLOCK, blocked), (Decision.REVIEW, to_review)):
        found = wrong[decision]
        yield Measure(
            f"clean, {label}: {decision.value}", len(found) / max(columns, 1), bar, True, columns, tuple(found)
        )


def name_measures(bench: Bench, seeds: Iterable[int], *, size: int) -> Iterator[Measure]:
    """Yield F2 of names in sentences, review counted, and the share of sentences without a name that are flagged."""
    seeds = tuple(seeds)
    named = [text for seed in seeds for text in sentences(seed, size, named=True)]
    unnamed = [text for seed in seeds for text in sentences(seed, size, named=False)]
    yield from _of_names(bench, named, unnamed, label="planted text", bar=0.95)


def published_measures(bench: Bench) -> Iterator[Measure]:
    """Yield what is found in tables as they are published, and in notes as agents write them."""
    tables = published_tables().items()
    yield from share_of_clean(bench, tables, label="tables as published", blocked=0.02, to_review=0.10)
    texts = agents_texts()
    yield from _of_names(bench, texts["named"], texts["unnamed"], label="agents' notes", bar=0.85)


_LEAK_BARS: Final = {"fixed": 0.99, "context": 0.97, "hidden": 0.95, "name": 0.95}


def stranger_measures(bench: Bench, hands: Iterable[str] = HANDS) -> Iterator[Measure]:
    """Yield what is found in the tables, the leaks and the notes of other hands."""
    for hand in hands:
        tables = published_tables(hand).items()
        yield from share_of_clean(bench, tables, label=f"tables of a {hand}", blocked=0.02, to_review=0.10)
        yield from _of_leaks(bench, hand)
        texts = agents_texts(f"{hand}_texts.txt")
        yield from _of_names(bench, texts["named"], texts["unnamed"], label=f"a {hand}'s notes", bar=0.85)


def _of_leaks(bench: Bench, hand: str) -> Iterator[Measure]:
    """Yield the shares of leaking tables that are told, by families; what a column's name allows has no bar."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for family, table, leaking in leaking_tables(hand):
        decided = BLOCKED if family == "fixed" else FLAGGED
        seen = bench.scanned(table)
        flagged = any(finding.decision in decided for column in leaking for finding in seen.get(column, {}))
        found.setdefault(family, []).append((leaking[0], flagged))
    for family, bar in _LEAK_BARS.items():
        if of := len(found.get(family, ())):
            missed = tuple(column for column, flagged in found[family] if not flagged)
            yield Measure(f"leaks of a {hand}, {family}", 1 - len(missed) / of, bar, False, of, missed)


DESK_BARS: Final = {"fixed": 0.99, "context": 0.97, "hidden": 0.95, "name": 0.85}


def desk_measures(bench: Bench) -> Iterator[Measure]:
    """Yield what is found in the tables, the leaks and the notes of a town's desk: those worked at, those held out."""
    for label, held_out in (("desk", False), ("desk, held out", True)):
        tables = desk.tables(held_out=held_out).items()
        yield from share_of_clean(bench, tables, label=f"tables of a {label}", blocked=0.02, to_review=0.10)
        planted = [each for each in desk.leaks(held_out=held_out) if each.family in DESK_BARS]
        found = {each.name: bench.scanned(each.table).get(each.column, {}) for each in planted}
        for family, bar in DESK_BARS.items():
            decided, of = BLOCKED if family == "fixed" else FLAGGED, [each for each in planted if each.family == family]
            missed = [each.name for each in of if not any(one.decision in decided for one in found[each.name])]
            yield Measure(f"leaks of a {label}, {family}", 1 - len(missed) / len(of), bar, False, len(of), (*missed,))
        notes = desk.notes(held_out=held_out)
        named = [each.text for each in notes if "n" in each.kinds]
        unnamed = [each.text for each in notes if not each.kinds]
        yield from _of_names(bench, named, unnamed, label=f"notes of a {label}", bar=0.85)


def _of_names(bench: Bench, named: list[str], unnamed: list[str], *, label: str, bar: float) -> Iterator[Measure]:
    missed = [text for text, seen in zip(named, _each_alone(bench, named), strict=True) if not seen]
    alarms = [text for text, seen in zip(unnamed, _each_alone(bench, unnamed), strict=True) if seen]
    hits = len(named) - len(missed)
    f2 = 5 * hits / (5 * hits + 4 * len(missed) + len(alarms)) if hits else 0.0
    yield Measure(f"names in {label}: F2", f2, bar, False, len(named) + len(unnamed), tuple(missed))
    yield Measure(f"{label}: false alarms", len(alarms) / len(unnamed), 0.30, True, len(unnamed), tuple(alarms))


def alarm_measure(bench: Bench, texts: Iterable[str]) -> Measure:
    """Return the share of texts written by others, which name nobody, that are flagged."""
    texts = list(texts)
    alarms = [text for text, seen in zip(texts, _each_alone(bench, texts), strict=True) if seen]
    return Measure("names: false alarms in captured text", len(alarms) / len(texts), 0.30, True, len(texts))


def _each_alone(bench: Bench, texts: list[str]) -> Iterator[bool]:
    """Tell of each text whether a person is found in it: each a column of its own."""
    for at in range(0, len(texts), 200):
        names = [f"observation {number}" for number in range(at, at + len(texts[at : at + 200]))]
        found = bench.scanned({name: [text] for name, text in zip(names, texts[at : at + 200], strict=True)})
        yield from (any(finding.kind == PERSON for finding in found[name]) for name in names)
