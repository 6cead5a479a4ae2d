"""Patterns that the scan judges mean to RE2 what they mean to Python; the others are left to the library."""

import re
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from catalog.gates.expectations_scan import Scan, compiled
from catalog.gates.subject import Expected

TEXTS: Final = ["", "a", "aa", "ab", "ab{,2}", "alpha", ":a", "l]", "(c)", "7"]
MATCH: Final = "expect_column_values_to_match_regex"


def broken(pattern: str, folder: Path) -> tuple[int, ...] | None:
    """Return the rows that do not match, from 1; None for a pattern that the scan leaves to the library."""
    file = folder / "release.parquet"
    pq.write_table(pa.table({"texte": TEXTS}), file)
    with Scan.opened(file, folder) as scan:
        made = compiled(Expected(MATCH, {"column": "texte", "regex": pattern}), scan.table())
        [outcome] = scan.outcomes([made]) if made else [None]
    return outcome.rows if outcome else None


@pytest.mark.parametrize("pattern", ["^ab", "^a$|^7$", "a$b", "a^", "^$a", "x(?:^a)", "^a{1,2}", r"^[^\]]+\]", r"a\{"])
def test_the_scan_matches_as_python_does(pattern: str, tmp_path: Path) -> None:
    rows = tuple(row for row, text in enumerate(TEXTS, 1) if not re.search(pattern, text))
    assert broken(pattern, tmp_path) == rows


@pytest.mark.parametrize(
    "pattern", ["b{,2}$", "^b{,2}", "[[:alpha:]]", r"\B", "(?#c)a", r"\u0061", r"\x61", r"\141", r"[\b]", r"[a\b]"]
)
def test_what_the_two_write_otherwise_is_left_to_the_library(pattern: str, tmp_path: Path) -> None:
    assert broken(pattern, tmp_path) is None
