"""What the page of guarantees promises is each held by a test that it names; no test of attack is left out of it."""

import re

from tests.unit.docs.pages import ROOT

PAGE = (ROOT / "docs" / "guarantees.md").read_text("utf-8")
HELD = [line for line in PAGE.split("## What holds")[1].split("## ")[0].splitlines() if line.startswith("| ")][2:]
TEST = re.compile(r"`(tests/[a-z_0-9/]+\.py)`")


def test_each_promise_names_its_tests() -> None:
    assert len(HELD) > 8
    assert [line for line in HELD if not TEST.search(line) and not line.endswith("| the same |")] == []
    assert [name for name in TEST.findall(PAGE) if not (ROOT / name).is_file()] == []


def test_every_test_of_attack_is_on_the_page() -> None:
    there = {f"tests/attack/{file.name}" for file in (ROOT / "tests" / "attack").glob("test_*.py")}
    assert there - set(TEST.findall(PAGE)) == set()
