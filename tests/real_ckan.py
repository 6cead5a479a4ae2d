"""A real CKAN 2.12 on a database of ours, in the environment beside (`scripts/beside ckan`), its index held for it.

No Solr can be had by a package, so `tests.solr_index` answers for one. Redis is for what is queued, and nothing is
here: a CKAN that has none says so and serves.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import Any

import httpx

from tests.serving import free_port
from tests.solr_index import SolrIndex, running

BESIDE = Path(__file__).parents[1] / ".venv-ckan"
PROGRAM = BESIDE / "bin" / "ckan"
ADMINISTRATOR = "admin"
PATIENCE_S = 240


@dataclass(frozen=True)
class RealCkan:
    """Where it answers, and the token of who administers it."""

    address: str
    token: str

    def tried(self, action: str, **given: object) -> httpx.Response:
        """Return the answer of an action, asked by the administrator."""
        headers = {"Authorization": self.token}
        return httpx.post(f"{self.address}/api/3/action/{action}", json=given, headers=headers, timeout=PATIENCE_S)

    def asked(self, action: str, **given: object) -> Any:
        """Return the result of an action that must succeed."""
        answer = self.tried(action, **given)
        assert answer.is_success, answer.text
        return answer.json()["result"]


@contextmanager
def real_ckan(folder: Path, database: str) -> Iterator[RealCkan]:
    """Make its tables in an empty database (`postgresql://…`), start it, stop it at the end."""
    (schema,) = BESIDE.glob("lib/python3*/site-packages/ckan/config/solr/schema.xml")
    with running(SolrIndex(schema.read_bytes())) as solr:
        port = free_port()
        settings = folder / "ckan.ini"
        settings.write_text(_settings(folder, port, database, solr))
        _does(settings, "db", "init")
        _does(settings, "user", "add", ADMINISTRATOR, "email=admin@example.org", f"password={token_hex(16)}")
        _does(settings, "sysadmin", "add", ADMINISTRATOR)
        token = _does(settings, "user", "token", "add", ADMINISTRATOR, "push").split()[-1]
        serving = [str(PROGRAM), "-c", str(settings), "run", "--host", "127.0.0.1", "--port", str(port)]
        with (folder / "ckan.log").open("wb") as log:
            process = subprocess.Popen([*serving, "--disable-reloader"], stdout=log, stderr=log, cwd=folder)
        try:
            yield _ready(RealCkan(f"http://127.0.0.1:{port}", token), process)
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def _settings(folder: Path, port: int, database: str, solr: str) -> str:
    secret = token_hex(32)
    said = {
        "use": "egg:ckan",
        "SECRET_KEY": secret,
        "api_token.jwt.encode.secret": f"string:{secret}",
        "api_token.jwt.decode.secret": f"string:{secret}",
        "sqlalchemy.url": database,
        "solr_url": solr,
        "ckan.site_id": "receiving",
        "ckan.site_url": f"http://127.0.0.1:{port}",
        "ckan.storage_path": folder / "storage",
        "ckan.plugins": "",
        "ckan.auth.user_create_organizations": "false",
        "ckan.auth.user_create_groups": "false",
        "ckan.views.default_views": "",
        "SESSION_TYPE": "filesystem",
        "SESSION_FILE_DIR": folder / "sessions",
    }
    return "[app:main]\n" + "".join(f"{name} = {value}\n" for name, value in said.items())


def _does(settings: Path, *command: str) -> str:
    whole = [str(PROGRAM), "-c", str(settings), *command]
    done = subprocess.run(whole, check=False, capture_output=True, text=True, cwd=settings.parent)
    assert done.returncode == 0, f"ckan {' '.join(command[:2])}: {done.stdout}{done.stderr[-2000:]}"
    return done.stdout


def _ready(site: RealCkan, process: subprocess.Popen[bytes]) -> RealCkan:
    until = monotonic() + PATIENCE_S
    while monotonic() < until:
        assert process.poll() is None, "CKAN ended before it answered"
        try:
            site.asked("status_show")
        except httpx.TransportError:
            sleep(0.2)
        else:
            return site
    raise TimeoutError
