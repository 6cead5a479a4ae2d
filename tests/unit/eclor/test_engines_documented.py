"""The page on the two engines names every difference that is told or tested, and a test that stands for each."""

import re
from pathlib import Path

import pytest

from tests.e2e.engines.test_differences import DIFFERENCES
from tests.policies import SHARED

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "developer" / "engines.md").read_text("utf-8")
LINES = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in PAGE.partition("## What runs")[0].splitlines()
    if line.startswith("| ") and not line.startswith(("| case", "| ---"))
]
QUOTED, NAMED = re.compile(r'"([^"]+)"'), re.compile(r"`(tests/[^`:]+\.py)::(\w+)`")


def test_every_difference_that_is_tested_has_its_line() -> None:
    assert sorted(name for line in LINES for name in QUOTED.findall(line[2])) == sorted(DIFFERENCES)


@pytest.mark.parametrize("line", LINES, ids=[line[0] for line in LINES])
def test_every_line_has_a_test_that_stands(line: list[str]) -> None:
    tests = NAMED.findall(line[2])
    assert tests or QUOTED.findall(line[2])
    for file, name in tests:
        assert f"\ndef {name}(" in (ROOT / file).read_text("utf-8")


@pytest.mark.captures
def test_every_difference_of_the_engine_facts_has_its_line() -> None:
    facts = SHARED / "docs" / "engine.md"
    if not facts.exists():
        pytest.skip("ECLOR_SHARED names no folder with the engine facts")
    table = facts.read_text("utf-8").partition("| case | DuckDB | Spark | fix |")[2].partition("\n\n")[0]
    told = [line.strip("| ").split(" | ")[0] for line in table.splitlines()[2:]]
    assert told
    assert {*told} <= {line[0] for line in LINES}
