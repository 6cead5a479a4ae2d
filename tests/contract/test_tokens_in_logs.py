"""What a client says of itself stands in no log: tokens in headers, addresses and bodies, in good and bad requests."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from threading import Event

import httpx
import pytest

from eclor.readiness import wait_until_ready
from tests.serving import SERIES, fill, free_port
from tests.unit.catalog.publish.released import Home

TOKEN = "jeton-qui-ne-doit-etre-nulle-part"


def _ask(base: str) -> None:
    """Ask well, badly, and not in HTTP at all, always with the token."""
    with httpx.Client(base_url=base, headers={"Authorization": TOKEN, "X-CKAN-API-Key": TOKEN}) as client:
        for path in (
            f"/dataset/{SERIES}/data.csv?token={TOKEN}",
            f"/api/v1/datasets/{SERIES}/records?sort={TOKEN}",
            f"/api/3/action/package_create?apikey={TOKEN}",
            f"/nothing?{TOKEN}",
            f"/dataset/{SERIES}?q={'x' * 9_000}{TOKEN}",
        ):
            client.get(path)
            client.post(path, json={"apikey": TOKEN, "name": TOKEN})
        client.post("/api/3/action/package_create", content=f'{{"broken": "{TOKEN}'.encode())
    address = base.removeprefix("http://").split(":")
    with suppress(OSError), socket.create_connection((address[0], int(address[1])), timeout=5) as wire:
        wire.sendall(f"GET /{TOKEN} HTTP/9.9\r\nAuthorization: {TOKEN}\r\nbroken {TOKEN}\r\n\r\n".encode())
        wire.recv(1_000)
    with suppress(OSError), socket.create_connection((address[0], int(address[1])), timeout=5) as wire:
        smuggled = "POST /docs HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n"
        wire.sendall(f"{smuggled}\r\n0\r\n\r\nGET /{TOKEN} HTTP/1.1\r\nX-Log: {TOKEN}\r\n\r\n".encode())
        wire.recv(1_000)


def test_no_token_reaches_a_log(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("logged")
    home = fill(Home(folder))
    home.catalog.engine.dispose()
    port = free_port()
    environment = {**os.environ, "ECLOR_HOME": str(folder), "PORT": str(port)}
    command = [sys.executable, "-m", "eclor.cli", "serve"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            assert wait_until_ready(port, until=Event(), ended=process.poll) is None
            _ask(f"http://127.0.0.1:{port}")
        finally:
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=20)
    assert TOKEN not in said
    held = [path for path in folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    assert held == []
