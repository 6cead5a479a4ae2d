"""Whatever the documentation points at is there: pages, headings, files of the code, commands and their options."""

import re
import shlex
from pathlib import Path

import pytest
from typer.core import TyperGroup

from eclor.cli import COMMANDS, _load
from tests.unit.docs.pages import EXAMPLE, PAGES, ROOT, blocks, headings, named, quoted

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:^|\s)(?:\.venv/bin/)?(eclor (?:[a-z]|--)[^\n|…#]*)", re.MULTILINE)
CODE_PATH = re.compile(r"`((?:[a-z_]+/)+[a-z_0-9.-]*)`")


def slug(heading: str) -> str:
    """The anchor that a heading gets on a forge."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower())
    return kept.replace(" ", "-")


def anchors(file: Path) -> set[str]:
    return {slug(words) for _, _, words in headings(file.read_text("utf-8"))}


@pytest.mark.parametrize("file", PAGES, ids=named)
def test_every_link_inside_leads_somewhere(file: Path) -> None:
    lost = []
    for target in LINK.findall(file.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (file.parent / path).resolve() if path else file
        if not there.exists() or (anchor and anchor not in anchors(there)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("file", PAGES, ids=named)
def test_every_path_of_the_code_is_there(file: Path) -> None:
    paths = {path for path in CODE_PATH.findall(file.read_text("utf-8")) if path.split("/")[0] in _folders()}
    assert [path for path in sorted(paths) if not (ROOT / path).exists() and not (EXAMPLE / path).exists()] == []


def _folders() -> set[str]:
    return {"anonymizers", "api", "catalog", "charter", "eclor", "harvesters", "tests", "web", "docs", "policies"}


def written_commands() -> list[str]:
    """Every `eclor …` of the documentation, in a shell block or in back quotes, once; one over two lines whole."""
    texts = [file.read_text("utf-8") for file in PAGES]
    parts = [part for text in texts for part in (*blocks(text, "sh"), *quoted(text))]
    return sorted({command.strip() for part in parts for command in COMMAND.findall(_joined(part))})


def _joined(part: str) -> str:
    return re.sub(r"\\\n\s*", "", part)


@pytest.mark.parametrize("command", written_commands())
def test_every_command_is_one_and_has_its_options(command: str) -> None:
    words = shlex.split(command, comments=True)[1:]
    if words[0] == "--help":
        return
    assert words[0] in COMMANDS
    found = _load(words[0])
    if isinstance(found, TyperGroup) and len(words) > 1 and not words[1].startswith("--"):
        assert words[1] in found.commands
        found = found.commands[words[1]]
    known = {"--help", *(option for parameter in found.params for option in parameter.opts)}
    assert [word for word in words if word.startswith("--") and word.split("=")[0] not in known] == []


def test_commands_are_found_in_the_documentation() -> None:
    told = {shlex.split(command, comments=True)[1] for command in written_commands()}
    assert set(COMMANDS) <= told
