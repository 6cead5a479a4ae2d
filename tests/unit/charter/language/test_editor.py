"""The JSON Schema made from the model: the same verdict as the model and as the published one, help for every key."""

import json
from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from jsonschema import Draft7Validator
from typer.testing import CliRunner

from charter.document import Document
from charter.editor import schema_of
from charter.model import Charter, Policy
from charter.reader import parse, read
from charter.shape import shape
from eclor.cli.policy import app
from tests.plain_changes import paths, put
from tests.policies import FIXTURES, NAMES, SHARED, read_text, text_of

WRONG: tuple[object, ...] = (..., 0, 7, "7", "oui", [], ["a", "a"], {"a": 1})
OURS = Draft7Validator(schema_of(Policy))
OURS_OF_CHARTER = Draft7Validator(schema_of(Charter))


def twin(document: Document, plain: object) -> Document:
    assert isinstance(plain, dict)
    return Document(document.file, plain, document.places)


def mutants(document: Document) -> Iterator[object]:
    """One wrong value a place, another one each time."""
    for path, wrong in zip((path for path in paths(document.plain) if path), cycle(WRONG), strict=False):
        yield put(document.plain, path, wrong)


def test_the_schemas_are_schemas() -> None:
    Draft7Validator.check_schema(schema_of(Policy))
    Draft7Validator.check_schema(schema_of(Charter))


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_of_a_policy_admits_what_the_model_admits(name: str) -> None:
    document = read_text(text_of(name))
    assert OURS.is_valid(document.plain)
    for plain in mutants(document):
        value, _ = shape(twin(document, plain), Policy)
        assert OURS.is_valid(plain) == (value is not None), plain


def test_the_schema_of_a_charter_admits_what_the_model_admits() -> None:
    document = read(FIXTURES / "charter" / "charte-socle.yaml")
    assert OURS_OF_CHARTER.is_valid(document.plain)
    for plain in mutants(document):
        value, _ = shape(twin(document, plain), Charter)
        assert OURS_OF_CHARTER.is_valid(plain) == (value is not None), plain


@pytest.mark.captures
def test_the_schema_of_a_policy_says_what_the_published_one_says() -> None:
    if not SHARED.exists():
        pytest.skip("the folder named by ECLOR_SHARED is missing")
    published = Draft7Validator(json.loads((SHARED / "charter" / "charte-politique.schema.json").read_text("utf-8")))
    files = sorted((SHARED / "charter" / "politiques").glob("*.yaml"))
    assert len(files) == 11
    for file in files:
        document = parse(file.read_bytes(), file.name)
        assert published.is_valid(document.plain)
        assert OURS.is_valid(document.plain)
        for plain in mutants(document):
            assert OURS.is_valid(plain) == published.is_valid(plain), (file.name, plain)


@pytest.mark.captures
def test_the_schema_of_a_charter_says_what_the_published_one_says() -> None:
    if not SHARED.exists():
        pytest.skip("the folder named by ECLOR_SHARED is missing")
    published = Draft7Validator(json.loads((SHARED / "charter" / "charte-socle.schema.json").read_text("utf-8")))
    document = read(SHARED / "charter" / "charte-socle.yaml")
    assert OURS_OF_CHARTER.is_valid(document.plain)
    for plain in mutants(document):
        assert OURS_OF_CHARTER.is_valid(plain) == published.is_valid(plain), plain


def keys(schema: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(schema, dict):
        for key, inner in schema.get("properties", {}).items():
            if isinstance(inner, dict) and inner.keys() - {"const"}:
                yield key, inner
        for word, part in schema.items():
            if word not in {"if", "then", "else", "allOf"}:
                yield from keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys(part)


@pytest.mark.parametrize("model", [Policy, Charter])
def test_every_key_has_a_title_and_a_help_text(model: type[Policy | Charter]) -> None:
    said = [(key, inner) for key, inner in keys(schema_of(model)) if isinstance(inner, dict)]
    assert len(said) > 60
    for key, inner in said:
        assert inner["title"], key
        assert inner["description"].endswith((".", "»")), key


def test_the_command_writes_the_schema_and_nothing_else() -> None:
    for words, model in ((["schema"], Policy), (["schema", "--socle"], Charter)):
        ran = CliRunner().invoke(app, words)
        assert ran.exit_code == 0
        assert json.loads(ran.stdout) == schema_of(model)
