"""Sources that fail in every way they can, through the whole walk: a clear French message, and the former version."""

import socket
from pathlib import Path

import pytest

from catalog.gates.runner import GateRunner
from tests.e2e.faults.town import BENCHES, NOON, VISITS, Town, benches, opened, put, visits
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer

pytestmark = pytest.mark.xdist_group("faults")  # one set of warm gates for all

WHOLE = benches(50)
HTML = b"<!DOCTYPE html><html><body>Connexion</body></html>"


def _drips(server: Scripted) -> Script:
    def script(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\nid_banc,")
        server.released.wait(10)

    return script


def _hangs_up(connection: socket.socket, _: bytes) -> None:
    connection.close()


FAULTS = {
    "silent": (_hangs_up, "unavailable", "source.truncated", "127.0.0.1"),
    "in trouble": (answer(status="503 Service Unavailable"), "unavailable", "source.status", "503"),
    "longer than it says": (answer(WHOLE, length=len(WHOLE) + 9), "unavailable", "source.truncated", "127.0.0.1"),
    "shorter than it is": (answer(WHOLE, length=len(WHOLE) - 9), "refused", "payload.cut-short", "bancs.csv:51"),
    "half a file": (answer(WHOLE[: len(WHOLE) // 2]), "refused", "payload.cut-short", "bancs.csv:26"),
    "all but its last byte": (answer(WHOLE[:-1]), "refused", "intake.maybe-cut", "bancs.csv:51"),
    "a login page": (answer(HTML, kind="text/html"), "unavailable", "source.html", "127.0.0.1"),
    "a login page that says it is a table": (answer(HTML), "refused", "payload.html", "bancs.csv"),
    "CP1252": (
        answer(benches(50, B0007="B0007,Banc de l'église,3").decode().encode("cp1252")),
        "refused", "payload.not-utf8", "bancs.csv:8",
    ),
    "a renamed column": (
        answer(WHOLE.replace(b"places\n", b"nb_places\n", 1)), "refused", "intake.missing-column-near", "nb_places"
    ),
    "a duplicate id": (
        answer(benches(50, B0009="B0008,Banc du parc 9,4")), "refused", "gates.schema-unique", "bancs.csv:10:1"
    ),
    "a place that cannot be": (
        answer(benches(50, B0009="B0009,Banc du parc 9,40")), "refused", "gates.", "bancs.csv:10:3"
    ),
    "a person in a cell": (
        answer(benches(50, B0009="B0009,Écrire à jean.marqueur@orange.fr,4")), "refused", "gates.personal-email",
        "bancs.csv:10:2",
    ),
    "nothing": (answer(b""), "refused", "payload.empty", "bancs.csv"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_source_in_trouble_is_said_and_the_former_version_stays(
    town: Town, server: Scripted, fault: str, capfd: pytest.CaptureFixture[str]
) -> None:
    script, outcome, code, words = FAULTS[fault]
    before = town.served(BENCHES)
    server.says(script)
    done = town.walked(BENCHES, minutes=10)
    assert (done.outcome, done.door) == (outcome, "validate" if code.startswith("gates.") else "harvest")
    assert f"[{code}" in done.message_fr
    assert words in done.message_fr
    assert town.served(BENCHES) == before
    town.assert_whole()
    server.says(answer(WHOLE))
    again = town.walked(BENCHES, minutes=10)
    assert (again.outcome, again.version, again.rows_out) == ("published", 2, 50), again.message_fr
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_slow_source_is_not_waited_for_for_ever(town: Town, server: Scripted) -> None:
    before = town.served(BENCHES)
    server.says(_drips(server))
    done = town.walked(BENCHES, minutes=10)
    assert (done.outcome, done.door) == ("unavailable", "harvest")
    assert "[source.slow]" in done.message_fr
    assert town.served(BENCHES) == before


def test_nobody_at_the_address_is_said(town: Town, server: Scripted) -> None:
    before = town.served(BENCHES)
    server.listening.shutdown(socket.SHUT_RDWR)
    server.listening.close()
    done = town.walked(BENCHES, minutes=10)
    assert (done.outcome, done.door) == ("unavailable", "harvest")
    assert "[source.down]" in done.message_fr
    assert town.served(BENCHES) == before


@pytest.mark.parametrize("known", ["version 1 is out", "nothing is out"])
def test_an_unexpected_personal_column_keeps_the_whole_delivery_out(
    town: Town, territory: Path, server: Scripted, gates: GateRunner, tmp_path: Path, known: str
) -> None:
    head, *rows = benches(50).decode().splitlines()
    sent = "\n".join([f"{head},courriel", *(f"{row},marqueur@exemple.fr" for row in rows), ""])
    server.says(answer(sent.encode()))
    home = tmp_path / ("home" if known == "version 1 is out" else "empty")
    with opened(territory, home, gates=gates, clock=town.clock) as one:
        done = one.walked(BENCHES, minutes=10)
        assert (done.outcome, done.door) == ("refused", "harvest")
        assert "[intake.undeclared-column]" in done.message_fr
        assert "« courriel »" in done.message_fr
        assert one.version(BENCHES) == (1 if known == "version 1 is out" else None)
        assert all(b"marqueur" not in kept for kept in one.kept())


def test_a_day_s_file_that_holds_a_new_personal_column_closes_no_day(town: Town, tmp_path: Path) -> None:
    before = town.served(VISITS)
    head, *rows = visits(NOON.replace(day=22)).decode().splitlines()
    sent = "\n".join([f"{head},nom_foyer", *(f"{row},MARQUEUR" for row in rows), ""])
    put(tmp_path / "passages", "2026-11-22.csv", sent.encode(), at=NOON)
    done = town.walked(VISITS, days=1)
    assert (done.outcome, done.door) == ("refused", "harvest")
    assert "[intake.undeclared-column] " in done.message_fr
    assert "« nom_foyer »" in done.message_fr
    assert town.served(VISITS) == before
    assert all(b"MARQUEUR" not in kept for kept in town.kept())


def test_one_dataset_in_trouble_does_not_hold_up_another(town: Town, server: Scripted, tmp_path: Path) -> None:
    server.says(answer(HTML))
    put(tmp_path / "passages", "2026-11-22.csv", visits(NOON.replace(day=22), badges=30), at=NOON)
    assert town.walked(BENCHES, minutes=10).outcome == "refused"
    done = town.walked(VISITS, minutes=10)
    assert (done.outcome, done.version) == ("published", 2), done.message_fr
