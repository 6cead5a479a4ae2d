"""A broker behind TLS: heard whole where its certificate is vouched for, refused where it is not."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from eclor.errors import SourceUnavailable
from harvesters.listening import drain
from harvesters.raw_store import RawStore
from harvesters.receiving import Keeping
from tests.e2e.harvest.listener import SECRETS, lamps
from tests.e2e.harvest.mosquitto import Mosquitto, available, free_port, publish, publisher
from tests.e2e.harvest.test_mqtt import CALM
from tests.harvesting import all_of, reach, store_at

pytestmark = [
    pytest.mark.broker,
    pytest.mark.skipif(not available, reason="no mosquitto on this machine"),
    pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine"),
]
NAMED = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
NUMBERS = range(3000)


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[tuple[Mosquitto, int]]:
    """A broker with a second port, behind a certificate of its own."""
    broker, port = Mosquitto.in_folder(tmp_path / "broker"), free_port()
    made = ["-keyout", str(broker.folder / "key.pem"), "-out", str(broker.folder / "certificate.pem"), "-nodes"]
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", *made, *NAMED], check=True, capture_output=True)
    with (broker.folder / "mosquitto.conf").open("a") as configuration:
        configuration.write(f"listener {port} 127.0.0.1\nkeyfile {broker.folder}/key.pem\n")
        configuration.write(f"certfile {broker.folder}/certificate.pem\n")
    broker.start()
    yield broker, port
    broker.stop()


def _drained(tmp_path: Path, port: int) -> RawStore:
    source, store = lamps(tmp_path, f"mqtts://127.0.0.1:{port}"), store_at(tmp_path)
    drain(source, all_of(source), keeping=Keeping.APPEND, store=store, reach=reach(store, SECRETS, CALM))
    return store


def test_what_is_said_behind_tls_is_held_whole(
    tmp_path: Path, secure: tuple[Mosquitto, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    broker, port = secure
    monkeypatch.setenv("SSL_CERT_FILE", str(broker.folder / "certificate.pem"))
    _drained(tmp_path, port)  # the first visit makes the session
    client = publisher(broker)
    publish(client, NUMBERS)
    client.disconnect()
    client.loop_stop()
    store, source = _drained(tmp_path, port), lamps(tmp_path, broker.url)
    assert store.held(source.dataset, source.name).rows == len(NUMBERS)


def test_a_broker_that_nobody_vouches_for_is_refused(tmp_path: Path, secure: tuple[Mosquitto, int]) -> None:
    with pytest.raises(SourceUnavailable) as refused:
        _drained(tmp_path, secure[1])
    assert refused.value.code == "source.down"
