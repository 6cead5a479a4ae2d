"""A third-party HTTP client reads the simulated systems."""

import csv
import io
import json
from collections.abc import Iterator

import defusedxml.ElementTree
import httpx
import pytest

from tests.e2e.simulators.running import Running
from tests.e2e.simulators.subscriber import subscriber

FILES = (
    "/dechets/datapackage.json",
    "/dechets/points-de-collecte.csv",
    "/equipements.geojson",
    "/etat-civil/prenoms.csv",
)
EXPORT = "/eclairage/historique.ndjson"
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


@pytest.fixture
def client(systems: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=systems.url, timeout=60, trust_env=False) as opened:
        yield opened


@pytest.mark.parametrize("path", [*FILES, EXPORT, "/cap/alertes.xml"])
def test_what_a_client_has_is_not_sent_again(client: httpx.Client, path: str) -> None:
    first = client.head(path)
    assert first.headers["etag"].startswith('"')
    assert client.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert client.get(path, headers={"If-Modified-Since": first.headers["last-modified"]}).status_code == 304


@pytest.mark.parametrize("path", FILES)
def test_a_head_says_the_length_of_the_body_and_a_range_gives_a_part(client: httpx.Client, path: str) -> None:
    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=10-29", "If-Range": whole.headers["etag"]})
    assert int(client.head(path).headers["content-length"]) == len(whole.content)
    assert (part.status_code, part.content) == (206, whole.content[10:30])


def test_the_export_is_a_day_of_4600_lamps(client: httpx.Client) -> None:
    lines, last = 0, b""
    with client.stream("GET", EXPORT) as answer:
        for chunk in answer.iter_bytes():
            lines += chunk.count(b"\n")
            last = (last + chunk)[-2000:]
    assert lines == 4600 * 96
    assert json.loads(last.splitlines()[-1])["time"].startswith("2026-11-22T22:59:59")


def test_a_download_of_the_export_resumes(client: httpx.Client) -> None:
    size = int(client.head(EXPORT).headers["content-length"])
    end = client.get(EXPORT, headers={"Range": f"bytes={size - 3000}-"}).content
    assert json.loads(end.splitlines()[-1])["deviceInfo"]["tags"]["luminaire"]


def test_the_tables_have_their_rows(client: httpx.Client) -> None:
    points = list(csv.DictReader(io.StringIO(client.get(FILES[1]).content.decode())))
    acts = list(csv.DictReader(io.StringIO(client.get(FILES[3]).content.decode())))
    assert len(points) == 355
    assert 1800 < len(acts) < 2300
    assert 380 < len(json.loads(client.get(FILES[2]).content)["features"]) < 440


def test_alerts_are_cap_and_an_exercise_stands_beside(client: httpx.Client) -> None:
    said = {}
    for channel in ("alertes", "exercice"):
        alert = defusedxml.ElementTree.fromstring(client.get(f"/cap/{channel}.xml").content)
        said[channel] = alert.findtext(f"{CAP}status")
    assert said == {"alertes": "Actual", "exercice": "Exercise"}
    assert client.get("/cap/autre.xml").status_code == 404


def test_a_subscriber_is_told_of_the_queues(client: httpx.Client) -> None:
    with subscriber() as (uri, told):
        asked = {
            "type": "Subscription",
            "entities": [{"type": "RecyclingCentreQueue"}],
            "notification": {"attributes": ["siteCode", "waitingMinutes", "dateObserved"], "endpoint": {"uri": uri}},
        }
        created = client.post("/ngsi-ld/v1/subscriptions", json=asked)
        _, notification = told.get(timeout=10)
        client.delete(created.headers["location"])
    assert {each["siteCode"]["value"] for each in notification["data"]} == {"VIL", "AUD", "OTT", "AUM", "BOU"}
    assert "vehiclesPresent" not in json.dumps(notification)
