"""Each door's type is made in one place: the syntax trees say so, and planted ways round are caught."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROOMS = ("anonymizers", "api", "catalog", "charter", "eclor", "harvesters")
MAKERS = {
    "Source": "harvesters/declaration.py",
    "RawDataset": "harvesters/intake.py",
    "Plan": "charter/compile.py",
    "Release": "charter/apply.py",
    "ValidatedRelease": "catalog/validate.py",
    "CatalogEntry": "catalog/publish.py",
}
"""Door type → the file of its only maker."""
DEFINED = MAKERS | {"Source": "harvesters/source.py"}
"""Door type → the file that says what it is: its maker's, unless others need the one and not the other."""
ROUND_THE_DOOR = {"__new__", "replace", "copy", "deepcopy", "loads", "load", "_replace", "__class__"}


def called(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2], node


def makings(source: str, name: str) -> list[str]:
    """The ways in which a source text makes a value of the door type `name`."""
    tree = ast.parse(source)
    made = [ast.unparse(node) for function, node in called(tree) if function == name]
    made += [
        ast.unparse(node)
        for function, node in called(tree)
        if function == "__new__" and any(ast.unparse(argument).rpartition(".")[2] == name for argument in node.args)
    ]
    subclasses = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return made + [node.name for node in subclasses if any(ast.unparse(base) == name for base in node.bases)]


def rooms() -> Iterator[tuple[str, str]]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "maker"), MAKERS.items())
def test_a_door_type_is_made_by_its_maker_alone_and_once(name: str, maker: str) -> None:
    places = {file: made for file, text in rooms() if (made := makings(text, name))}
    assert set(places) == {maker}
    assert len(places[maker]) == 1


@pytest.mark.parametrize(("name", "file"), DEFINED.items())
def test_a_door_type_is_final_frozen_slotted_and_has_no_default(name: str, file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    (found,) = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == name)
    decorators = {ast.unparse(decorator) for decorator in found.decorator_list}
    assert decorators == {"final", "dataclass(frozen=True, slots=True)"}
    fields = [node for node in found.body if isinstance(node, ast.AnnAssign)]
    assert fields
    assert all(field.value is None for field in fields)
    assert not any(isinstance(node, ast.FunctionDef) and node.decorator_list == ["classmethod"] for node in found.body)


@pytest.mark.parametrize("name", MAKERS)
def test_no_door_value_is_copied_with_a_change_nor_unpickled(name: str) -> None:
    """`replace`, `copy` and `pickle` would make a second value of a door type without its maker."""
    for file, text in rooms():
        tree = ast.parse(text)
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert not imported & {"pickle", "copy", "marshal", "dill"}, file
        for function, node in called(tree):
            if function == "replace" and len(node.args) == 1 and node.keywords:
                assert _not_a_door(node.args[0], tree, name), f"{file}: {ast.unparse(node)}"


def _not_a_door(argument: ast.expr, tree: ast.AST, name: str) -> bool:
    """An argument annotated in this file as the door type is one; the type checker says the rest."""
    variable = ast.unparse(argument)
    annotated = {
        node.arg: ast.unparse(node.annotation)
        for node in ast.walk(tree)
        if isinstance(node, ast.arg) and node.annotation is not None
    }
    return annotated.get(variable, "") != name


@pytest.mark.parametrize(
    "planted",
    [
        "Release(dataset='x')",
        "apply_module.Release(dataset='x')",
        "object.__new__(Release)",
        "Release.__new__(Release)",
        "class Mine(Release):\n    pass",
    ],
)
def test_a_planted_way_round_a_door_is_caught(planted: str) -> None:
    assert makings(planted, "Release")
