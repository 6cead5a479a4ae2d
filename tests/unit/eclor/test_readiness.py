"""A server that dies while it starts is said at once, never waited for."""

from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from socket import socket
from threading import Event, Thread

import pytest

from api.pages import site
from eclor.errors import SettingsRefused
from eclor.readiness import free, wait_until_ready

pytestmark = pytest.mark.timeout(30)


class Ready(BaseHTTPRequestHandler):
    """Answers that it is ready."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()


def unused_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_status_of_a_server_that_ended_is_returned() -> None:
    assert wait_until_ready(unused_port(), until=Event(), ended=lambda: 3) == 3


def test_a_server_that_ends_while_it_is_waited_for_is_noticed() -> None:
    answers = iter([None, None, 1])
    assert wait_until_ready(unused_port(), until=Event(), ended=lambda: next(answers)) == 1


def test_a_server_that_answers_is_ready() -> None:
    server = HTTPServer(("127.0.0.1", 0), Ready)
    Thread(target=server.serve_forever, daemon=True).start()
    assert not free(server.server_port)
    assert wait_until_ready(server.server_port, until=Event(), ended=lambda: None) is None
    server.shutdown()
    server.server_close()


def test_who_is_asked_to_stop_waits_no_more() -> None:
    stopping = Event()
    stopping.set()
    assert wait_until_ready(unused_port(), until=stopping, ended=lambda: None) is None


def test_pages_are_not_served_without_their_assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "BUILT", tmp_path)
    with pytest.raises(SettingsRefused, match="make install"):
        site.read_manifest()
