"""A corpus of broken CSV files, each judged as frictionless judges it, and what `eclor conform` says of them."""

import json
import signal
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from typer.testing import CliRunner

from catalog.gates.runner import Limits
from catalog.gates.schema_judging import judge_file
from catalog.gates.schema_library import Contract, errors_of
from eclor.cli import app
from eclor.sentences import SENTENCES
from tests.by_frictionless import by_library, outcome, told

SCHEMA: dict[str, Any] = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "unique": True, "minimum": 1}},
        {"name": "commune", "type": "string", "constraints": {"enum": ["54580", "57041"]}},
        {"name": "jour", "type": "date"},
        {"name": "note", "type": "string", "constraints": {"pattern": "[a-zé ]*", "maxLength": 9}},
    ],
    "missingValues": ["", "NA"],
}
HEADER = "id,commune,jour,note\n"
GOOD = "1,54580,2026-05-04,bac plein\n2,57041,,\n"
BROKEN: dict[str, tuple[str | bytes, list[str]]] = {
    "right": (HEADER + GOOD, []),
    "right, another dialect": ((HEADER + GOOD).replace(",", ";").replace("\n", "\r\n"), []),
    "right, tabs": ((HEADER + GOOD).replace(",", "\t"), []),
    "right, with a mark of order": (b"\xef\xbb\xbf" + (HEADER + GOOD).encode(), []),
    "right, not ended": (HEADER + GOOD.rstrip("\n"), []),
    "a type": (HEADER + "x,54580,2026-05-04,\n", ["type-error"]),
    "two faults in a cell's row": (
        HEADER + "0,54581,2026-02-30,\n",
        ["constraint-error", "constraint-error", "type-error"],
    ),
    "a required cell": (HEADER + "NA,54580,,\n", ["constraint-error"]),
    "a value twice, once with a sign": (HEADER + "1,54580,,\n+1,54580,,\n", ["unique-error"]),
    "a value twice": (HEADER + GOOD + "3,54580,,\n2,54580,,\n", ["unique-error"]),
    "a pattern and a length": (HEADER + "1,54580,,BAC PLEIN ICI\n", ["constraint-error", "constraint-error"]),
    "an extra cell": (HEADER + "1,54580,,,x\n2,54580,,\n", ["extra-cell"]),
    "missing cells": (HEADER + "1,54580\n", ["missing-cell", "missing-cell"]),
    "a blank line": (HEADER + "1,54580,,\n\n2,54580,,\n", ["blank-row"]),
    "a row of nothing": (HEADER + ",,,\n", ["blank-row"]),
    "a quote that does not end": (HEADER + '1,54580,,"bac\n2,54580,,\n', ["constraint-error"] * 2),
    "a cell of two lines": (HEADER + '1,54580,,"a\nb"\n', ["constraint-error"]),
    "other names": ("id,ville,jour,note\n" + GOOD, ["incorrect-label"]),
    "other names and a fault": ("id,ville,jour,note\nx,,,\n", ["incorrect-label", "type-error"]),
    "a name twice": ("id,commune,jour,jour\n" + GOOD, ["duplicate-label"]),
    "no name": ("id,commune,jour,\n" + GOOD, ["blank-label"]),
    "a column too few": ("id,commune,jour\n1,54580,\n", ["missing-label"]),
    "a column too many": ("id,commune,jour,note,x\n1,54580,,,\n", ["extra-label"]),
    "no header": (GOOD, ["incorrect-label"] * 4),
    "nothing": ("", ["source-error"]),
    "a header alone": (HEADER, []),
    "another encoding": (HEADER.encode() + "1,54580,,fermé\n".encode("cp1252"), ["encoding-error"]),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_judged_as_the_library_judges_it(kind: str, tmp_path: Path) -> None:
    content, kinds = BROKEN[kind]
    file = tmp_path / "given.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = outcome(lambda: told(errors_of(judge_file(file, Contract("a", SCHEMA), scratch=tmp_path).report)))
    assert found == outcome(lambda: by_library(file, SCHEMA, ours=False))
    assert sorted(str(error[0]) for error in found) == sorted(kinds)


@pytest.mark.parametrize(
    "kind", ["right", "a row of nothing", "two faults in a cell's row", "a value twice", "an extra cell"]
)
def test_eclor_conform_says_it_in_french_and_in_the_report_of_the_library(kind: str, tmp_path: Path) -> None:
    content, kinds = BROKEN[kind]
    (tmp_path / "given.csv").write_text(str(content), encoding="utf-8")
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    given = ["conform", str(tmp_path / "given.csv"), str(tmp_path / "schema.json")]
    said, listed = CliRunner().invoke(app, given), CliRunner().invoke(app, [*given, "--json"])
    assert (said.exit_code, listed.exit_code) == (int(bool(kinds)),) * 2
    lines = said.stderr.splitlines()
    assert len(lines) == len(kinds)
    assert all(line.split("[")[1].split("]")[0] in SENTENCES for line in lines)
    report = json.loads(listed.stdout)["report"]
    assert sorted(error["type"] for error in errors_of(report)) == sorted(kinds)


@pytest.mark.parametrize(
    "schema",
    [
        [],
        {"fields": [1]},
        {"fields": [], "foreignKeys": 5},
        {"fields": [{"name": "numero", "constraints": {"pattern": "("}}]},
        {"fields": [{"name": "numero", "type": "integer", "constraints": {"minimum": "un"}}]},
    ],
)
def test_eclor_conform_needs_a_schema_that_can_be_followed(schema: object, tmp_path: Path) -> None:
    (tmp_path / "given.csv").write_text("numero,nom\n1,a\n", encoding="utf-8")
    (tmp_path / "schema.json").write_text(json.dumps(schema), encoding="utf-8")
    said = CliRunner().invoke(app, ["conform", str(tmp_path / "given.csv"), str(tmp_path / "schema.json")])
    assert (said.exit_code, "[dataset.reference]" in said.stderr) == (2, True)
    words = ["conform", str(tmp_path / "given.csv"), str(tmp_path / "schema.json"), "--json"]
    said = CliRunner().invoke(app, words)
    assert (said.exit_code, json.loads(said.stdout)["messages"][0]["code"]) == (2, "dataset.reference")


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_eclor_conform_that_finds_no_end_is_stopped_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: list[str]
) -> None:
    monkeypatch.setattr("catalog.gates.runner.LIMITS", Limits(judge_s=1, rows_per_s=100))
    tries_for_ever = {"fields": [{"name": "nom", "type": "string", "constraints": {"pattern": "(a+)+$"}}]}
    (tmp_path / "given.csv").write_text(f"nom\n{'a' * 60}!\n", encoding="utf-8")
    (tmp_path / "schema.json").write_text(json.dumps(tries_for_ever), encoding="utf-8")
    started = monotonic()
    said = CliRunner().invoke(app, ["conform", str(tmp_path / "given.csv"), str(tmp_path / "schema.json"), *more])
    assert (said.exit_code, bool(said.stdout)) == (1, bool(more))
    assert not more or json.loads(said.stdout)["messages"][0]["code"] == "conform.late"
    assert (
        "given.csv: [conform.late] Le fichier n'a pas pu être jugé en 1 secondes. Cherchez dans le schéma"
        in said.stderr
    )
    assert monotonic() - started < 20
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
