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


# The client does not count 414 among its refusals, and draws, once in some hundred runs, a query longer than what is
# read (RFC 9110, section 15.5.15).
REFUSALS = """\
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 414, 415, 422, 428, 429]
"""
# The seed of such a draw: each day the same requests, others in the soak.
TOO_LONG = 162529585377619923200575577574296596032


def test_the_description_is_true(address: str, tmp_path: Path) -> None:
    _drawn(address, tmp_path, f"seed = {TOO_LONG}\n{REFUSALS}", examples=2)


@pytest.mark.soak
@pytest.mark.parametrize("turn", range(6))
def test_the_description_is_true_of_other_draws(address: str, tmp_path: Path, turn: int) -> None:
    _drawn(address, tmp_path, REFUSALS, examples=10 * (turn + 1))


def _drawn(address: str, folder: Path, settings: str, examples: int) -> None:
    (folder / "schemathesis.toml").write_text(settings, encoding="utf-8")
    asked = {**os.environ, "PY": str(PYTHON), "EXAMPLES": str(examples), "LINES_SHOWN": "400"}
    command = ["bash", str(CHECK), address, "--only", "openapi"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=asked, cwd=folder, timeout=380)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed, 0 failed, 0 skipped" in done.stdout, done.stdout
