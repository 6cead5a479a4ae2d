"""Help is in the user's language: French for the commands of a DPO, a garant or a service, English for the others."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.testing import CliRunner

from eclor.cli import COMMANDS, FOR_USERS, _load, app

ENGLISH = re.compile(r"\b(the|of|by|is|its|when|where|default|required|Show|Commands|folder|file)\b")


def leaves(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, one in getattr(command, "commands", {}).items():
        yield from leaves((*words, name), one)


TYPED = [found for name in FOR_USERS for found in leaves((name,), _load(name))]


def shown(*words: str) -> str:
    result = CliRunner().invoke(app, [*words, "--help"], prog_name="eclor", env={"COLUMNS": "150"})
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(("words", "command"), TYPED, ids=[" ".join(words) for words, _ in TYPED])
def test_a_users_command_says_all_of_itself_in_french(words: tuple[str, ...], command: Any) -> None:
    assert all(parameter.help for parameter in command.params), [one.name for one in command.params if not one.help]
    said = re.sub(r"--[a-z-]+|<.*?>|`.*?`|\[OPTIONS\].*", "", shown(*words))
    assert "Montrer cette aide." in said
    assert not ENGLISH.findall(said), said


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - FOR_USERS.keys()))
def test_a_developers_command_stays_in_english(name: str) -> None:
    shown("scan")
    said = shown(name)
    assert "Show this message and exit." in said
    assert "[obligatoire]" not in said


def test_the_list_of_commands_is_told_to_both() -> None:
    said = shown()
    assert (
        said.index("Pour la déléguée") < said.index("policy") < said.index("For those who run it") < said.index("push")
    )
