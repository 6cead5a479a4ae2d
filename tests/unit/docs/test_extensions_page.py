"""The page on extensions: its examples are whole, and hold what its kit asks."""

import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from anonymizers import kit
from anonymizers.extensions import Group
from catalog.gates.subject import Subject
from eclor.errors import GateRefused
from tests.unit.docs.pages import blocks, page, quoted, table

TEXT = page("developer/extensions.md")
GUARANTEE, GATE, TREATMENT, TESTS = blocks(TEXT, "python")


def module(name: str, source: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    made = ModuleType(name)
    exec(source, made.__dict__)
    monkeypatch.setitem(sys.modules, name, made)
    return made


def test_the_examples_pass_the_tests_that_the_page_writes_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    module("acme_even", GUARANTEE, monkeypatch)
    module("acme_tens", TREATMENT, monkeypatch)
    module("test_acme", TESTS, monkeypatch).test_mine_hold()
    assert "check_guarantee(" in TESTS
    assert "check_treatment(" in TESTS


def test_the_example_of_a_gate_refuses_in_its_own_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gate = module("acme_size", GATE, monkeypatch).Size()
    gate.warm()
    subject = Subject("bancs", tmp_path, 100_000, (), {}, (), ())
    assert gate.judge(subject, scratch=tmp_path).faults == ()
    (fault,) = gate.judge(replace(subject, count=100_001), scratch=tmp_path).faults
    assert "100000 lignes" in GateRefused(fault.code, gate="size", **fault.facts).french()


def test_the_groups_and_the_checks_are_those_of_the_code() -> None:
    rows = table(TEXT, "kind", "group of entry points", "is", "who asks for it")
    assert {quoted(row[1])[0] for row in rows} == {group.value for group in Group}
    for row in table(TEXT, "check", "holds"):
        assert callable(getattr(kit, quoted(row[0])[0].partition("(")[0]))
    assert f'[project.entry-points."{Group.GUARANTEES.value}"]' in "".join(blocks(TEXT, "toml"))
