"""A public endpoint is tried once: whatever it does is a state, and nothing that came is kept."""

import socket
from collections.abc import Mapping

import pytest

from eclor.world import FixedClock
from harvesters.declared import DeclaredPoint
from harvesters.public_points import PointState, Try
from harvesters.reach import Credentials, Reach
from harvesters.trying import try_point
from tests.harvesting import NOON
from tests.unit.harvesters.transport.conftest import Script, Scripted, answer

ROWS = b'{"data": [{"code_station": "A", "resultat_obs": 1}], "count": 1, "next": null}'
JSON = "application/json"


def _point(url: str, **more: object) -> DeclaredPoint:
    plain = {
        "point": "canal", "titre": "Canal", "exploitant": "Eaux", "adresse": url, "protocole": "hubeau", "jeux": [],
        "licence": "libre", "quota": "inconnu", "connu": "rien", "verifie": "rien",
    }  # fmt: skip
    return DeclaredPoint.model_validate(plain | more)


def _tried(point: DeclaredPoint, secrets: Mapping[str, str] | None = None) -> Try:
    return try_point(point, Reach(Credentials(secrets or {}), FixedClock(NOON), "tests"))


@pytest.mark.parametrize(
    ("script", "options", "state", "code"),
    [
        (answer(ROWS, kind=JSON), {}, PointState.ANSWERS, ""),
        (answer(ROWS, kind=JSON), {"pages": "hubeau"}, PointState.ANSWERS, ""),
        (answer(b'{"data": [], "count": 0}', kind=JSON), {}, PointState.OTHERWISE, "point.no-row"),
        (answer(b'{"message": "no"}', kind=JSON), {}, PointState.OTHERWISE, "payload.hubeau-error"),
        (answer(b"<html>", kind="text/html"), {}, PointState.OTHERWISE, "source.html"),
        (answer(status="404 Not Found"), {}, PointState.OTHERWISE, "source.not-found"),
        (answer(b'{"data"', length=900, kind=JSON), {}, PointState.UNREACHABLE, "source.truncated"),
        (answer(status="503 Busy"), {}, PointState.OTHERWISE, "source.status"),
    ],
)
def test_what_it_shows_is_a_state(
    server: Scripted, script: Script, options: dict[str, str], state: PointState, code: str
) -> None:
    server.says(script)
    assert _tried(_point(server.url, options=options)) == Try(state, NOON, code)
    assert len(server.heads) == 1, "asked once, whatever it answers"


def test_one_that_does_not_answer_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert _tried(_point(f"http://127.0.0.1:{port}")).state is PointState.UNREACHABLE


def test_one_whose_key_is_missing_is_not_tried_and_one_with_its_key_shows_it_to_it_alone(server: Scripted) -> None:
    server.says(answer(ROWS, kind=JSON))
    point = _point(server.url, secret="eaux", options={"authentification": "X-Key"})
    assert _tried(point) == Try(PointState.NOT_TRIED, NOON, "source.no-credential")
    assert server.heads == []
    assert _tried(point, {"ECLOR_SECRET_EAUX": "open-sesame"}).state is PointState.ANSWERS
    assert "open-sesame" in server.heads[0]


def test_options_that_no_parser_knows_are_told(server: Scripted) -> None:
    server.says(answer(ROWS, kind=JSON))
    assert _tried(_point(server.url, protocole="vigicrues")).code == "payload.vigicrues-root"
