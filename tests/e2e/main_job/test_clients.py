"""Clients that know nothing of eclor read what the main job serves."""

import csv
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import httpx
import pandas as pd
import pytest
from ckanapi import RemoteCKAN

from tests.e2e.main_job.conftest import LIGHTING, Job

pytestmark = [pytest.mark.broker, pytest.mark.xdist_group("main-job"), pytest.mark.timeout(600)]
BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[3]
POLICIES = ROOT / "policies" / "ccphva" / "politiques"
OUT = {file.stem for file in POLICIES.glob("*.yaml")} - {"prenoms"}
"""Every dataset but the one that its guarantees refuse."""
LEFT_OUT = {file.stem for file in (POLICIES.parent / "datasets").glob("*.yaml")} - OUT - {"prenoms"}
"""What is announced as not collected: CKAN lists it, without a file."""


def tool(*words: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "NO_COLOR": "1"}
    return subprocess.run(words, env=environment, capture_output=True, text=True, check=False, timeout=120)


def rows_of(job: Job, slug: str) -> list[dict[str, object]]:
    return json.loads((job.newest(slug) / "data.json").read_text("utf-8"))  # type: ignore[no-any-return]


def resource(job: Job, slug: str) -> str:
    with RemoteCKAN(job.url) as ckan:
        shown = ckan.action.package_show(id=slug)
    (active,) = [one["id"] for one in shown["resources"] if one["datastore_active"]]
    return str(active)


def test_ckanapi_lists_what_is_out_and_nothing_else(job: Job) -> None:
    with RemoteCKAN(job.url) as ckan:
        assert set(ckan.action.package_list()) == OUT | LEFT_OUT
        for slug in LEFT_OUT:
            assert ckan.action.package_show(id=slug)["resources"] == []
        for slug in OUT:
            shown = ckan.action.package_show(id=slug)
            assert shown["name"] == slug
            assert {one["format"] for one in shown["resources"]} >= {"CSV", "JSON"}


def test_ckanapi_pages_through_all_rows_once(job: Job) -> None:
    expected = rows_of(job, "points-de-collecte")
    got: list[dict[str, object]] = []
    with RemoteCKAN(job.url) as ckan:
        asked = resource(job, "points-de-collecte")
        while page := ckan.action.datastore_search(resource_id=asked, limit=100, offset=len(got))["records"]:
            got += page
            assert len(page) <= 100
    assert [row["id_point"] for row in got] == [row["id_point"] for row in expected]


def test_ckanapi_dumps_all_datasets(job: Job) -> None:
    dumped = tool("ckanapi", "-r", job.url, "dump", "datasets", "--all")
    assert dumped.returncode == 0, dumped.stderr
    assert {json.loads(line)["name"] for line in dumped.stdout.splitlines()} == OUT | LEFT_OUT


@pytest.fixture(scope="module")
def frictionless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], tuple[int, str]]]:
    """What judges the package at an address: its exit code, and what it said."""
    said = tmp_path_factory.mktemp("frictionless") / "said.json"
    words = [sys.executable, "-m", "tests.e2e.main_job.validating"]
    with subprocess.Popen(
        words, cwd=ROOT, env={**os.environ, "NO_COLOR": "1"}, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:

        def judged(address: str) -> tuple[int, str]:
            print(json.dumps([address, str(said)]), file=process.stdin, flush=True)
            return int(process.stdout.readline()), said.read_text("utf-8")

        yield judged


@pytest.mark.parametrize("slug", sorted(OUT))
def test_frictionless_finds_every_package_valid(
    job: Job, slug: str, frictionless: Callable[[str], tuple[int, str]]
) -> None:
    code, said = frictionless(f"{job.url}/dataset/{slug}/datapackage.json")
    assert code == 0, said[:2000]
    assert json.loads(said)["valid"]


@pytest.mark.parametrize("slug", sorted(OUT))
def test_pandas_reads_the_parquet_by_its_address(job: Job, slug: str) -> None:
    version = job.newest(slug)
    frame = pd.read_parquet(f"{job.url}/dataset/{slug}/versions/{version.name}/data.parquet")
    expected = rows_of(job, slug)
    assert len(frame) == len(expected)
    with (version / "data.csv").open(encoding="utf-8", newline="") as table:
        released = next(csv.reader(table))  # by night no bus runs: the header stands alone
    assert list(frame.columns)[: len(released)] == released
    assert {*frame.columns} - {*released} <= {"geometry", "bbox"}, "what GeoParquet adds where rows have a place"


def test_duckdb_reads_the_parquet_by_its_address(job: Job) -> None:
    found = importlib.util.find_spec("duckdb_extension_httpfs")
    if found is None or found.origin is None:
        pytest.skip("no duckdb-extension-httpfs: DuckDB would ask the network for what reads an address")
    (extension,) = Path(found.origin).parent.rglob("httpfs.duckdb_extension")
    with duckdb.connect() as connection:
        connection.execute(f"LOAD '{extension}'")
        got = connection.execute(
            "SELECT commune, count(*), sum(energie_wh)::BIGINT FROM read_parquet(?) GROUP BY ALL ORDER BY ALL",
            [f"{job.url}/dataset/{LIGHTING}/data.parquet"],
        ).fetchall()
    frame = pd.DataFrame(rows_of(job, LIGHTING)).groupby("commune")["energie_wh"].agg(["size", "sum"])
    assert got == [(commune, int(size), int(total)) for commune, (size, total) in frame.iterrows()]


def test_a_file_is_asked_for_in_part_or_not_at_all(job: Job) -> None:
    address, whole = f"{job.url}/dataset/equipements/data.csv", (job.newest("equipements") / "data.csv").read_bytes()
    with httpx.Client(trust_env=False, headers={"Accept-Encoding": "identity"}) as client:
        head = client.head(address)
        assert (head.status_code, head.content, int(head.headers["content-length"])) == (200, b"", len(whole))
        known = client.get(address, headers={"If-None-Match": head.headers["etag"]})
        assert (known.status_code, known.content) == (304, b"")
        part = client.get(address, headers={"Range": "bytes=10-109", "If-Range": head.headers["etag"]})
        assert (part.status_code, part.content) == (206, whole[10:110])
        assert client.get(address).content == whole


def test_a_live_state_is_told_at_once_to_who_listens(job: Job) -> None:
    address = f"{job.url}/api/v1/live/dechetteries-attente"
    with httpx.Client(trust_env=False, timeout=20) as client, client.stream("GET", address) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        told = next(line for line in stream.iter_lines() if line.startswith("data: "))
    event = json.loads(told.removeprefix("data: "))
    assert event["dataset"] == "dechetteries-attente"
    assert {row["site"] for row in event["records"]} == {"AUD", "AUM", "BOU", "OTT", "VIL"}


def test_what_was_refused_has_no_file(job: Job) -> None:
    answer = httpx.get(f"{job.url}/dataset/prenoms/data.csv", trust_env=False)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
