"""The real gates, with every name look-up and connection made to fail: same verdicts, nothing asked."""

import socket
from pathlib import Path

import pytest

from catalog.gates.expectations import ExpectationsGate
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.schema import SchemaGate
from tests.gated import GOOD_VISITS, NOTES, VISITS, notes


def test_no_gate_asks_anything_of_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    (tmp_path / "visits").mkdir()
    (tmp_path / "notes").mkdir()

    def refuse(*what: object, **_: object) -> None:
        asked.append(what)
        raise OSError

    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    for gate, subject, found in (
        (SchemaGate(), VISITS.of(GOOD_VISITS, tmp_path / "visits"), 0),
        (ExpectationsGate(), VISITS.of(GOOD_VISITS, tmp_path / "visits"), 0),
        (PersonalDataGate(), NOTES.of(notes(20, row_3="sophie.martin@exemple.co.uk"), tmp_path / "notes"), 1),
    ):
        gate.warm()
        assert len(gate.judge(subject, scratch=tmp_path).faults) == found
    assert asked == []
