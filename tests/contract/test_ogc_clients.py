"""Unmodified GIS clients against a real server: GDAL, OWSLib, the standard's own corpus of filters."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.serving import POINTS, SERIES

CHECKS = Path(os.environ.get("ECLOR_SHARED", "../shared")).resolve() / "tools" / "clients.sh"
CLIENTS = Path(".venv-clients/bin/python").absolute()


@pytest.mark.skipif(not CHECKS.exists(), reason="ECLOR_SHARED names no folder of checks")
@pytest.mark.skipif(not CLIENTS.exists(), reason="the clients' own environment is not installed")
@pytest.mark.parametrize("check", ["ogr", "features", "records", "cql2"])
def test_a_client_reads_what_it_looks_for(address: str, check: str) -> None:
    environment = {**os.environ, "PY": str(CLIENTS), "DATASET": f"/dataset/{POINTS}", "VERBOSE": "1"}
    done = subprocess.run(
        ["bash", str(CHECKS), address, "--only", check],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
    )
    assert "1 passed, 0 failed, 0 skipped" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL's tools are not installed")
def test_gdal_reads_every_row_of_a_table_without_places(address: str) -> None:
    command = ["ogrinfo", "-ro", "-al", f"OAPIF:{address}/ogc", SERIES, "-oo", "PAGE_SIZE=7"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
    assert said.count("OGRFeature") == 30
    assert said.count("passages (Integer) = (null)") == 6


@pytest.mark.skipif(shutil.which("ogr2ogr") is None, reason="GDAL's tools are not installed")
def test_gdal_asks_for_a_box_and_for_another_system(address: str, tmp_path: Path) -> None:
    made = tmp_path / "points.csv"
    command = ["ogr2ogr", "-f", "CSV", "-lco", "GEOMETRY=AS_XY", str(made), f"OAPIF:{address}/ogc", POINTS]
    command += ["-spat", "5.88", "49.46", "5.90", "49.48", "-oo", "CRS=EPSG:3857", "-spat_srs", "EPSG:4326"]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    lines = made.read_text().splitlines()
    assert [line.split(",")[:2] for line in lines[1:]] == [["655671.801", "6354990.127"]]
