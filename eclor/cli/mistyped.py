"""A command that was not typed as it is written: said in French, and in English to an operator, with its cure (exit 2).

The library that reads commands knows what is wrong and says it in English alone; its words are the only thing that
tells one mistake from another, and a test holds each of them.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import typer

from eclor.cli.typed import Typed
from eclor.errors import SettingsRefused

_WRONG_CALL: Final = 2
_KINDS: Final = tuple(
    (code, re.compile(words, re.DOTALL))
    for code, words in (
        ("command.unknown", r"No such command '(?P<given>.*?)'\.(?: Did you mean (?P<meant>.+)\?)?"),
        ("command.none", r"Missing command\."),
        ("command.no-option", r"No such option: (?P<given>.+?)(?: \(Possible options: (?P<meant>.+)\))?"),
        ("command.no-value", r"Option '(?P<given>.+)' requires .+\."),
        ("command.missing", r"Missing (?:argument|option) '(?P<given>.+?)'.*"),
        ("command.extra", r"Got unexpected extra argument\(s\).*"),
        ("command.no-file", r"Invalid value for (?P<given>.+?): \w+ '(?P<value>.*)' does not exist\."),
        ("command.not-a-folder", r"Invalid value for (?P<given>.+?): \w+ '(?P<value>.*)' is a file\."),
        ("command.not-a-file", r"Invalid value for (?P<given>.+?): \w+ '(?P<value>.*)' is a directory\."),
        ("command.not-readable", r"Invalid value for (?P<given>.+?): \w+ '(?P<value>.*)' is not readable\."),
        ("command.not-an-instant", r"Invalid value for (?P<given>.+?): '(?P<value>.*)' is not an ISO 8601 instant\."),
        (
            "command.not-a-choice",
            r"Invalid value for (?P<given>.+?): (?:Value error, )?(?P<value>.*) is not one of (?P<choices>.+)\.",
        ),
        ("command.not-a-number", r"Invalid value for (?P<given>.+?): Input should be a valid (?:integer|number).*"),
        ("command.bad-value", r"(?:Invalid value for )?(?P<given>.+?): (?P<reason>.+)"),
    )
)
"""What the library says → what we say; the first that fits."""


@contextmanager
def mistyped_said(typed: Typed) -> Iterator[None]:
    """Say what of a command (as far as it was read) is not as it is written, and exit 2; its help passes.

    A setting that cannot be read is said too: each command reads them all.
    """
    try:
        yield
    except ValueError as wrong:
        refusal = _unreadable_setting(wrong)
        if refusal is None:
            raise
        raise typed.refuse(refusal, _WRONG_CALL) from wrong
    except typer.TyperException as wrong:
        refusal = _refusal(wrong, typed.words)
        if refusal is None:
            raise
        raise typed.refuse(refusal, _WRONG_CALL) from wrong


def _refusal(wrong: typer.TyperException, command: str) -> SettingsRefused | None:
    """Return a mistake in our words; none for what is not one: the help that a bare command shows."""
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context else command
    said = wrong.format_message()
    for code, words in _KINDS:
        if found := words.fullmatch(said):
            facts = {name: (value or "").replace("'", "") for name, value in found.groupdict().items()}
            facts |= {"command": path, "help": f"{path} --help", "folder": str(Path.cwd()), **_meant(facts)}
            return SettingsRefused(code, place=None, **facts)
    return None


def _unreadable_setting(wrong: ValueError) -> SettingsRefused | None:
    """Return the refusal of the settings that cannot be read, by their names: a value may be a token."""
    from pydantic import ValidationError  # noqa: PLC0415 - only what went wrong needs it here

    if not isinstance(wrong, ValidationError) or wrong.title != "Settings":
        return None
    named = {str(one["loc"][0]) for one in wrong.errors()}
    names = sorted(name if name.isupper() else f"ECLOR_{name.upper()}" for name in named)
    return SettingsRefused("settings.unreadable", names=", ".join(names))


def _meant(facts: Mapping[str, str]) -> dict[str, str]:
    """Return the question whether something near was meant, in both languages; nothing where nothing is near."""
    near = facts.get("meant")
    return {
        "meant_fr": f" Vouliez-vous dire : {near} ?" if near else "",
        "meant_en": f" Did you mean: {near}?" if near else "",
    }
