"""Unmodified clients of the descriptors, the feeds and the sitemap, on the demonstration territory in small, served."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.browser.territory import settled
from tests.unit.catalog.publish.released import Home

CHECKS = Path(os.environ.get("ECLOR_SHARED", "../shared")).resolve() / "tools" / "clients.sh"
PYTHON = Path(".venv-clients/bin/python").absolute()
ASKED = {
    "dechetteries-passages": ("datapackage,datapackage_schema,csvw,croissant,croissant_fields,csv,jsonld,atom,sitemap"),
    "points-de-collecte": "datapackage,csvw",
    "alertes": "csvw,croissant",
}
"""A series with masked cells, places, a live state with instants and outlines → what is asked of it."""

pytestmark = [
    pytest.mark.skipif(not CHECKS.exists(), reason="ECLOR_SHARED names no folder with tools/clients.sh"),
    pytest.mark.skipif(not PYTHON.exists(), reason="the clients' environment is not there: make install makes it"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return settled(tmp_path_factory.mktemp("described"))


@pytest.mark.parametrize("slug", ASKED)
def test_every_client_reads_it_and_none_is_skipped(address: str, slug: str) -> None:
    environment = {**os.environ, "PY": str(PYTHON), "DATASET": f"/dataset/{slug}"}
    command = ["bash", str(CHECKS), address, "--only", ASKED[slug]]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    passed = len(ASKED[slug].split(","))
    assert done.stdout.splitlines()[-1:] == [f"{passed} passed, 0 failed, 0 skipped"], done.stdout + done.stderr
