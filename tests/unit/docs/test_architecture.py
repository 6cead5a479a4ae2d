"""The developer's page says what the tables, the doors and the layers are."""

import tomllib
from importlib import import_module

import pytest

from tests.unit.docs.pages import ROOT, blocks, page, quoted, table

TEXT = page("developer/architecture.md")
ROWS = table(TEXT, "to add", "write", "one line in", "there are")
EXTENSIONS = [(quoted(row[2])[0], quoted(row[3])) for row in ROWS if quoted(row[3])]
DOORS = [(quoted(row[2])[0], quoted(row[3])[0]) for row in table(TEXT, "door", "takes", "makes", "by")]


def named(place: str) -> object:
    module, _, attribute = place.partition(":")
    return getattr(import_module(module), attribute)


@pytest.mark.parametrize(("place", "told"), EXTENSIONS, ids=[place for place, _ in EXTENSIONS])
def test_a_table_holds_what_the_page_says(place: str, told: list[str]) -> None:
    held = named(place)
    assert isinstance(held, dict | tuple) or hasattr(held, "keys")
    assert told == list(held)  # type: ignore[call-overload]


def test_every_table_that_takes_a_line_is_there() -> None:
    assert all(named(quoted(row[2])[0]) for row in ROWS)


def test_the_page_knows_every_kind_of_extension() -> None:
    told = {place for place, _ in EXTENSIONS}
    assert told >= {
        "harvesters.protocols:PROTOCOLS",
        "harvesters.transport:TRANSPORTS",
        "harvesters.simulators.domains:DOMAINS",
        "anonymizers.treatments:TREATMENTS",
        "anonymizers.guarantees:GUARANTEES",
        "catalog.exports:EXPORTS",
        "catalog.gates:GATES",
    }


@pytest.mark.parametrize(("made", "maker"), DOORS, ids=[made for made, _ in DOORS])
def test_a_door_is_a_function_that_returns_its_type(made: str, maker: str) -> None:
    returned = str(named(maker).__annotations__["return"])
    assert made in returned


def test_the_layers_are_those_that_are_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert blocks(TEXT, "text") == ["\n".join(layers) + "\n"]


def test_the_parsers_page_lists_every_protocol() -> None:
    from harvesters.protocols import PROTOCOLS  # noqa: PLC0415 - only this test reads it

    rows = table(page("developer/parsers.md"), "name", "shape", "a row is", "keys of a row", "options")
    assert [name for row in rows for name in quoted(row[0])] == list(PROTOCOLS)


def test_every_folder_of_tests_is_named() -> None:
    told = {quoted(row[0])[0] for row in table(TEXT, "folder", "holds")}
    assert all((ROOT / folder).is_dir() for folder in told)
