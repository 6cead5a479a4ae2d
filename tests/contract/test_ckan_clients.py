"""Unmodified CKAN clients against a real server."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from ckanapi import NotAuthorized, NotFound, RemoteCKAN, ValidationError

from tests.serving import IN_ORDER, POINTS, SERIES

NAMES = ("site", "horodatage", "passages", "foyers", "statut")
EXTRAS = {"kind", "masked", "policy_digest", "policy_version", "service", "simulated"}
"""None is called like a property of a Data Package (`version`, `name`…): frictionless would take it for one."""


@pytest.fixture(scope="module")
def ckan(address: str) -> Iterator[RemoteCKAN]:
    with RemoteCKAN(address) as remote:
        yield remote


def table(ckan: RemoteCKAN) -> str:
    resources = ckan.action.package_show(id=SERIES)["resources"]
    return str(next(resource["id"] for resource in resources if resource["datastore_active"]))


def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    scripts = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        [scripts / "ckanapi", *arguments], capture_output=True, env=environment, timeout=60, check=True
    )


def test_the_command_line_dumps_all_datasets(address: str) -> None:
    dumped = [json.loads(line) for line in run("-r", address, "dump", "datasets", "--all").stdout.splitlines()]
    assert sorted(dataset["name"] for dataset in dumped) == [SERIES, POINTS]
    assert run("-r", address, "action", "package_list", "-j").stdout.split()
    groups = run("-r", address, "dump", "groups", "--all").stdout
    assert json.loads(groups)["name"] == "dechets"
    organisations = run("-r", address, "dump", "organizations", "--all").stdout
    assert json.loads(organisations)["package_count"] == 2


def test_the_command_line_dumps_a_dataset_with_its_fields(address: str, tmp_path: Path) -> None:
    file = tmp_path / "dump.gz"
    run("-r", address, "dump", "datasets", SERIES, "-z", "-O", str(file))
    assert json.loads(gzip.decompress(file.read_bytes()))["name"] == SERIES


def test_a_table_is_read_by_pages_masked_cells_null(ckan: RemoteCKAN) -> None:
    rows: list[tuple[object, ...]] = []
    for offset in range(0, 40, 8):
        page = ckan.action.datastore_search(resource_id=table(ckan), limit=8, offset=offset)
        assert page["total"] == len(IN_ORDER)
        assert [field["id"] for field in page["fields"]] == [
            "_id",
            "site",
            "horodatage",
            "passages",
            "foyers",
            "statut",
        ]
        rows += [tuple(record.values()) for record in page["records"]]
    assert rows == [(place, *row) for place, row in enumerate(IN_ORDER, 1)]


def test_filters_orders_words_and_formats(ckan: RemoteCKAN) -> None:
    search = ckan.action.datastore_search
    identifier = table(ckan)
    audun = [row for row in IN_ORDER if row[0] == "AUD"]
    assert search(resource_id=identifier, filters={"site": "AUD"})["total"] == len(audun)
    assert search(resource_id=identifier, filters={"site": ["AUD", "VIL"], "foyers": 16})["total"] == 1
    assert search(resource_id=identifier, filters={"foyers": {"gte": 40, "lt": 42}})["total"] == 1
    assert search(resource_id=identifier, filters={"foyers": None})["total"] == sum(r[3] is None for r in IN_ORDER)
    assert search(resource_id=identifier, q="masque")["total"] == sum(row[4] == "masque" for row in IN_ORDER)
    best = search(resource_id=identifier, sort="foyers desc", limit=1, fields=["foyers"], records_format="lists")
    assert best["records"] == [[44]]
    lines = search(resource_id=identifier, limit=2, records_format="csv")["records"]
    assert lines == "".join(f"{n},{','.join(map(str, row))}\n" for n, row in enumerate(IN_ORDER[:2], 1))
    assert "total" not in search(resource_id=identifier, include_total=False)


def test_the_envelope_tells_errors_apart(ckan: RemoteCKAN) -> None:
    with pytest.raises(NotFound):
        ckan.action.package_show(id="nowhere")
    with pytest.raises(NotFound):
        ckan.action.datastore_search(resource_id="nowhere")
    with pytest.raises(ValidationError):
        ckan.action.datastore_search()
    with pytest.raises(ValidationError):
        ckan.action.datastore_search(resource_id=table(ckan), filters={"nope": 1})
    with pytest.raises(NotAuthorized):
        ckan.action.package_create(name="mine")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", [SERIES, POINTS]),
        ("q=fréquentation", [SERIES]),
        ("q=points", [POINTS]),
        ("q=name:points-*", [POINTS]),
        ("fq=organization:ccphva", [SERIES, POINTS]),
        ("fq=organization:elsewhere OR name:points-de-collecte", [POINTS]),
        ("fq=groups:dechets AND -name:points-de-collecte", [SERIES]),
        ('fq=tags:"affluence"', [SERIES, POINTS]),
        ("fq=tags:(absent OR affluence) AND res_format:GeoJSON", [POINTS]),
        ("fq=metadata_modified:[2026-11-24T00:00:00Z TO *]", [SERIES, POINTS]),
        ("fq=metadata_modified:[2030-01-01T00:00:00Z TO *]", []),
        ("fq=-organization:ccphva", []),
        ("rows=1&start=1", [POINTS]),
    ],
)
def test_searches_find_what_harvesters_ask(address: str, query: str, names: list[str]) -> None:
    answer = httpx.get(f"{address}/api/3/action/package_search?sort=name asc&{query}").json()
    assert [one["name"] for one in answer["result"]["results"]] == names


def test_facets_count(address: str) -> None:
    asked = {"facet.field": '["organization", "res_format"]', "rows": 0}
    result = httpx.get(f"{address}/api/3/action/package_search", params=asked).json()["result"]
    assert result["facets"]["organization"] == {"ccphva": 2}
    assert result["facets"]["res_format"]["GeoJSON"] == 1
    assert result["search_facets"]["organization"]["items"][0]["count"] == 2


def test_a_dump_holds_every_row(address: str, ckan: RemoteCKAN) -> None:
    path = f"{address}/datastore/dump/{table(ckan)}"
    lines = httpx.get(path).text.splitlines()
    assert lines[0] == "_id,site,horodatage,passages,foyers,statut"
    shown = [",".join("" if cell is None else str(cell) for cell in row) for row in IN_ORDER]
    assert lines[1:] == [f"{place},{line}" for place, line in enumerate(shown, 1)]
    whole = httpx.get(f"{path}?format=json&fields=site,foyers&limit=3").json()
    assert whole["records"] == [[row[0], row[3]] for row in IN_ORDER[:3]]
    assert httpx.get(f"{path}?bom=true").content.startswith(b"\xef\xbb\xbf_id")
    tag = httpx.get(path).headers["etag"]
    assert httpx.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert httpx.get(f"{path}?filters=x").status_code == 400
    assert httpx.get(f"{address}/datastore/dump/nowhere").status_code == 404


def test_every_url_of_a_resource_answers_what_it_says(address: str, ckan: RemoteCKAN) -> None:
    for dataset in ckan.action.package_search(q="*:*")["results"]:
        assert {extra["key"] for extra in dataset["extras"]} == EXTRAS
        for resource in dataset["resources"]:
            answer = httpx.get(resource["url"])
            assert answer.headers["content-type"].startswith(resource["mimetype"])
            assert (len(answer.content), f'"{resource["hash"].removeprefix("sha256:")}"') == (
                resource["size"],
                answer.headers["etag"],
            )


def test_identifiers_never_change(ckan: RemoteCKAN) -> None:
    """What a harvester remembers: computed once, written here."""
    shown = ckan.action.package_show(id=POINTS)
    assert ckan.action.package_show(id=shown["id"])["name"] == POINTS
    assert ckan.action.resource_show(id=shown["resources"][0]["id"])["package_id"] == shown["id"]
