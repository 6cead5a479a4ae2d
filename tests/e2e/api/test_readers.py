"""The published files, read over HTTP by the libraries that people use."""

from pathlib import Path

import httpx
import pandas as pd
from frictionless import Package
from typer.testing import CliRunner

from catalog.download import download_version
from catalog.verify import verify_folder
from eclor.cli import app
from tests.serving import IN_ORDER, POINTS, SERIES


def test_frictionless_finds_the_newest_package_valid(address: str) -> None:
    for slug in (SERIES, POINTS):
        package = Package(f"{address}/dataset/{slug}/datapackage.json")
        report = package.validate()
        assert report.valid, report.flatten(["message"])


def test_pandas_reads_every_row_of_the_parquet(address: str) -> None:
    rows = pd.read_parquet(f"{address}/dataset/{SERIES}/data.parquet")
    assert rows["site"].tolist() == [row[0] for row in IN_ORDER]
    assert [None if pd.isna(value) else int(value) for value in rows["foyers"]] == [row[3] for row in IN_ORDER]
    assert pd.read_csv(f"{address}/dataset/{SERIES}/data.csv")["statut"].tolist() == [row[4] for row in IN_ORDER]


def test_a_version_is_verified_by_its_address_alone(address: str, tmp_path: Path) -> None:
    proof = download_version(f"{address}/dataset/{SERIES}", tmp_path)
    assert (proof.version, verify_folder(tmp_path).version) == (2, 2)
    said = CliRunner().invoke(app, ["verify", f"{address}/dataset/{SERIES}/versions/1/proof.json"])
    assert (said.exit_code, said.output.splitlines()[-1]) == (0, "Vérifié.")


def test_several_answers_on_one_connection(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        for path, status in (("/healthz", 200), ("/readyz", 200), ("/openapi.json", 200), ("/nothing", 404)):
            assert client.get(path).status_code == status
        assert client.get("/openapi.json").json()["openapi"] == "3.1.0"
        part = client.get(f"/dataset/{SERIES}/data.parquet", headers={"Range": "bytes=0-3"})
        assert (part.status_code, part.content) == (206, b"PAR1")
