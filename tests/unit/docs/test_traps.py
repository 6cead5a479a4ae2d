"""The page of traps names tests that are there and collected, and has a line for each numbered trap of the domains."""

import ast
import os
import re
from functools import cache
from pathlib import Path

import pytest

from tests.unit.docs.pages import ROOT

PAGE = (ROOT / "docs" / "developer" / "traps.md").read_text("utf-8")
TRAPS = [line for line in PAGE.split("## Not handled")[0].splitlines() if re.match(r"\| (?!---|trap |# )", line)]
NAMED = re.compile(r"`([\w/]+\.py)::([\w:]+)`")
DOMAINS = Path(os.environ.get("ECLOR_SHARED", "../shared")) / "docs" / "domains.md"


@cache
def collected(file: str) -> frozenset[str]:
    """The names that pytest takes in a file under `tests/`: functions, and methods of classes without a constructor."""
    if not Path(file).name.startswith("test_") or not (ROOT / "tests" / file).is_file():
        return frozenset()
    body = ast.parse((ROOT / "tests" / file).read_text("utf-8")).body
    groups = [("", body)] + [
        (f"{each.name}::", each.body)
        for each in body
        if isinstance(each, ast.ClassDef) and each.name.startswith("Test")
    ]
    functions = [(group, each) for group, inside in groups for each in inside if isinstance(each, ast.FunctionDef)]
    return frozenset(f"{group}{each.name}" for group, each in functions if each.name.startswith("test_"))


def test_each_trap_names_tests_that_are_collected() -> None:
    assert len(TRAPS) > 140
    assert [line for line in TRAPS if not NAMED.search(line)] == []
    assert [name for name in NAMED.findall(PAGE) if name[1] not in collected(name[0])] == []


def test_the_numbers_follow_one_another() -> None:
    numbers = [int(line.split("|")[1]) for line in TRAPS if re.match(r"\| \d+ \|", line)]
    assert numbers == [*range(1, len(numbers) + 1)]


@pytest.mark.skipif(not DOMAINS.is_file(), reason="ECLOR_SHARED names no folder with docs/domains.md")
def test_each_numbered_trap_of_the_domains_is_there() -> None:
    asked = DOMAINS.read_text("utf-8").split("## 17.")[1].split("## ")[0]
    numbers = re.findall(r"^\| (\d+) \|", asked, re.MULTILINE)
    assert numbers
    assert set(numbers) <= {line.split("|")[1].strip() for line in TRAPS}
