"""The description of the open API held to what is served: requests drawn from it, by an unmodified client of its kind.

What it says is accepted must be, what it says is refused must be, with the statuses and media types that it lists, and
nothing may fail (5xx).
"""

import os
import subprocess
from pathlib import Path

import pytest

CHECK = Path(os.environ.get("ECLOR_SHARED", "../shared")).resolve() / "tools" / "clients.sh"
PYTHON = Path(".venv-clients/bin/python").absolute()

pytestmark = [
    pytest.mark.timeout(400),
    pytest.mark.skipif(not CHECK.is_file(), reason="ECLOR_SHARED names no folder with the checkers"),
    pytest.mark.skipif(not PYTHON.exists(), reason="no .venv-clients: the checkers' own environment"),
]


def test_the_description_is_true(address: str, tmp_path: Path) -> None:
    asked = {**os.environ, "PY": str(PYTHON), "EXAMPLES": "2", "LINES_SHOWN": "400"}
    command = ["bash", str(CHECK), address, "--only", "openapi"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=asked, cwd=tmp_path, timeout=380)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed, 0 failed, 0 skipped" in done.stdout, done.stdout
