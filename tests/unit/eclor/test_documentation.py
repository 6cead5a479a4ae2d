"""What the documentation lists is what the code has."""

from pathlib import Path

import pytest

from eclor.cli import COMMANDS
from eclor.sentences import SENTENCES
from eclor.sentences.language_variants import VARIANTS
from eclor.settings import Settings

ROOT = Path(__file__).parents[3]


def _errors_page() -> str:
    lines = [
        "# Errors",
        "",
        "Every refusal has a code, which is the contract; its sentences may get better. `{…}` is filled with facts of",
        "the refusal, never with a cell's value. Written from the code by `pytest tests/unit/eclor --rewrite`.",
        "",
    ]
    for code, sentence in sorted(SENTENCES.items()):
        lines += [f"## {code}", "", f"HTTP {sentence.status}", ""]
        for way in VARIANTS.get(code, {}).values() or [sentence]:
            lines += [f"- fr: {way.fr} {way.cure_fr}".rstrip(), f"- en: {way.en} {way.cure_en}".rstrip()]
        lines.append("")
    return "\n".join(lines)


def test_every_error_code_has_its_page_entry(rewrite: bool) -> None:
    page = ROOT / "docs" / "errors.md"
    if rewrite:
        page.write_text(_errors_page())
    assert page.read_text() == _errors_page()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_code_says_what_is_and_what_to_do_in_both_languages(code: str) -> None:
    sentence = SENTENCES[code]
    assert sentence.fr
    assert sentence.en
    assert bool(sentence.cure_fr) == bool(sentence.cure_en)
    assert 400 <= sentence.status < 600


WITHOUT_CURE = {
    "journal.no-entry",  # of an index that no reader asks for
    *(f"payload.{odd}" for odd in ("blank-lines", "cap-no-info", "cells-padded", "dcat-none", "entreprises-none")),
    *(f"payload.{odd}" for odd in ("geometry", "gtfs-stranger", "icalendar-component", "ocpi-no-connector")),
    "payload.vigicrues-not-covered",
    *(f"run.{waits}" for waits in ("no-period", "not-begun", "period-open")),
}
"""Warnings of what costs no row, and walks that wait: nothing is asked of anybody."""


def test_every_refusal_says_what_to_do() -> None:
    assert {code for code, sentence in SENTENCES.items() if not sentence.cure_fr} == WITHOUT_CURE


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"`ECLOR_{name.upper()}`" in (ROOT / "docs" / "operator" / "settings.md").read_text()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_documented(name: str) -> None:
    assert f"`eclor {name}" in (ROOT / "docs" / "operator" / "commands.md").read_text()
