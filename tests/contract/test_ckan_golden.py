"""Two recorded CKANs are replayed on the contract's territory: what differs is what the documentation says, no more."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.ckan_seed import CONTRACT, Seeded, seeded

DOCUMENT = Path("docs/developer/ckan.md")
RECORDED = {"2.12": "golden.json", "2.11": "golden_2.11.json"}

pytestmark = pytest.mark.skipif(not CONTRACT.exists(), reason=f"no recorded CKAN at {CONTRACT}")


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    with seeded(tmp_path_factory.mktemp("contract")) as serving:
        yield serving


def documented(version: str) -> set[str]:
    """The pairs that the documentation says differ from a version of CKAN."""
    table = DOCUMENT.read_text("utf-8").partition("## What differs from the recorded CKAN")[2]
    rows = re.findall(r"^\| (`[^|]*`) \| (both|2\.1[12]) \| [^|]+ \|$", table, re.MULTILINE)
    return {name for names, of in rows if of in {"both", version} for name in re.findall(r"`([^`]+)`", names)}


@pytest.mark.parametrize("version", RECORDED)
def test_the_pairs_that_differ_are_those_that_the_documentation_names(
    seed: Seeded, version: str, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    golden = CONTRACT / RECORDED[version]
    command = [str(CONTRACT / "compare.py"), seed.address, "--admin-token", seed.admin, "--golden", str(golden)]
    subprocess.run([sys.executable, *command, "--json", str(report)], check=False, capture_output=True, timeout=240)
    verdicts = {pair["id"]: pair["verdict"] for pair in json.loads(report.read_bytes())}
    assert "skip" not in verdicts.values()
    assert {pair for pair, verdict in verdicts.items() if verdict == "DIFF"} == documented(version)
