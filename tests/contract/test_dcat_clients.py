"""The served catalogue judged by what judges catalogues: the published shapes, the European score, data.gouv.fr's.

They run unmodified from the clients' environment, by HTTP, with HEAD on every link.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from catalog.declaration import DatasetDeclaration
from eclor.world import SystemClock
from tests.unit.catalog.publish.released import DECLARED_POINTS, Home, MovingClock, passages, places

TOOLS = Path(os.environ.get("ECLOR_SHARED", "../shared")).resolve() / "tools"
PYTHON = Path(".venv-clients/bin/python").absolute()

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(not TOOLS.is_dir(), reason="ECLOR_SHARED names no folder with the checkers"),
    pytest.mark.skipif(not PYTHON.exists(), reason="no .venv-clients: the checkers' own environment"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two datasets published today, one of high value: a score of freshness counts from the machine's own clock."""
    made = Home(tmp_path_factory.mktemp("home"), clock=MovingClock(SystemClock().now()))
    made.published(passages(made))
    high_value = DatasetDeclaration.model_validate(DECLARED_POINTS | {"forte_valeur": ["environnement"]})
    made.published(places(made).of(declaration=high_value))
    return made


def judged(tool: str, address: str, *options: str) -> str:
    command = [str(PYTHON), str(TOOLS / f"{tool}.py"), address, *options]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_published_shapes_find_no_violation(address: str) -> None:
    said = judged("dcat_gate", f"{address}/catalog.ttl")
    profiles = dict(re.findall(r"^\S+ +(\w+): (\d+) violations", said, re.MULTILINE))
    assert profiles == dict.fromkeys(("core", "range", "vocab", "full", "hvd", "recommended", "deprecated"), "0")


def test_the_european_score_is_whole(address: str) -> None:
    said = judged("mqa", f"{address}/catalog.rdf", "--min", "405")
    assert "2 passed, 0 failed" in said
    assert "lost:" not in said


def test_the_score_of_data_gouv_fr_is_whole(address: str) -> None:
    said = judged("udata_score", f"{address}/catalog.jsonld")
    assert len(re.findall(r"^ok +9/9", said, re.MULTILINE)) == len(("passages", "places"))
    assert "note:" not in said
