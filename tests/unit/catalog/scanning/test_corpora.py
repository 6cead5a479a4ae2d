"""The corpora of the evaluation are what they say, and the gate holds the shortest form of its bars on them."""

from itertools import islice
from pathlib import Path
from random import Random  # noqa: TID251 - a seeded one, the same each time

import pytest

from benchmarks.personal_corpora.clean_tables import clean_tables
from benchmarks.personal_corpora.identifiers import FIXED, luhn, matricule, nir, verhoeff
from benchmarks.personal_corpora.leaks import fixed_form, in_context
from benchmarks.personal_corpora.measuring import BLOCKED, FLAGGED, Bench, share_of_clean
from benchmarks.personal_corpora.sentences import sentences
from catalog.scanning.scan import Scanner


@pytest.fixture
def bench(scanner: Scanner, tmp_path: Path) -> Bench:
    return Bench(scanner.detector, tmp_path)


def test_check_digits_are_those_of_the_standards() -> None:
    assert luhn("7992739871") == "3"  # ISO/IEC 7812-1, annex B
    assert verhoeff("236") == "3"  # J. Verhoeff, Error detecting decimal codes (1969)
    number = nir(Random(1)).replace(" ", "").replace("2A", "19").replace("2B", "18")
    assert int(number[:13]) % 97 + int(number[13:]) == 97
    assert len(matricule(Random(1))) == 13


def test_a_seed_gives_the_same_corpora() -> None:
    assert clean_tables(3, rows=5) == clean_tables(3, rows=5)
    assert clean_tables(3, rows=5) != clean_tables(4, rows=5)
    assert list(sentences(3, 40, named=True)) == list(sentences(3, 40, named=True))
    assert [leak.columns for leak in fixed_form(3)] == [leak.columns for leak in fixed_form(3)]


def test_what_is_planted_is_counted_as_it_was_planted() -> None:
    assert {leak.planted for leak in fixed_form(3)} <= {1, 3, 20}


def test_fixed_forms_block_every_planted_cell(bench: Bench) -> None:
    tally = bench.leaks(islice(fixed_form(5), 0, None, 3), decided=BLOCKED)
    assert tally.missed == ()
    assert tally.columns == len(FIXED)
    assert tally.cells_found == tally.cells


def test_context_tells_what_a_number_is(bench: Bench) -> None:
    tally = bench.leaks(islice(in_context(5), 0, None, 5), decided=FLAGGED)
    assert tally.missed == ()


def test_clean_tables_are_not_blocked(bench: Bench) -> None:
    tables = clean_tables(5, rows=60)
    few = [(name, tables[name]) for name in ("budget", "equipements", "deliberations", "signalements")]
    blocked, _ = share_of_clean(bench, few, label="", blocked=0.01, to_review=0.05)
    assert blocked.missed == ()
