"""What a house must be: quick to ask for help, silent on the network when imported, one table a kind of extension."""

import subprocess
import sys
from importlib import import_module

import pytest

HEAVY = (
    "ibis",
    "duckdb",
    "pyspark",
    "presidio_analyzer",
    "great_expectations",
    "fastapi",
    "pandas",
    "spacy",
    "pyarrow",
)


def test_asking_for_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from eclor.cli import app; app(['--help'], standalone_mode=False); print([m for m in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = told.rpartition("[")[2]
    assert not [name for name in HEAVY if f"'{name}'" in loaded]


def test_importing_everything_asks_the_network_nothing() -> None:
    code = """
import pkgutil, socket, sys
def refused(*_, **__): raise SystemExit('a name was looked up at import')
socket.getaddrinfo = socket.create_connection = refused
import anonymizers, api, catalog, charter, eclor, harvesters
for room in (anonymizers, api, catalog, charter, eclor, harvesters):
    for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'):
        if not found.name.endswith(('__main__', '.env')) and '.migrations' not in found.name:
            __import__(found.name)
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


@pytest.mark.parametrize(
    ("table", "attribute"),
    [
        ("harvesters.protocols", "PROTOCOLS"),
        ("harvesters.transport", "TRANSPORTS"),
        ("catalog.exports", "EXPORTS"),
        ("catalog.gates", "GATES"),
        ("anonymizers.treatments", "TREATMENTS"),
        ("anonymizers.guarantees", "GUARANTEES"),
    ],
)
def test_every_line_of_a_table_loads(table: str, attribute: str) -> None:
    lines = getattr(import_module(table), attribute)
    assert lines
    for place in lines.values():
        module, _, name = str(place).partition(":")
        assert getattr(import_module(module), name) is not None
