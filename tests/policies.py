"""Policies for tests: a small territory of our own, read through the language's own doors, and changed as text."""

import os
from datetime import UTC, datetime
from pathlib import Path

from charter.compile import check
from charter.document import Document
from charter.reader import parse
from charter.territory import Territory, load
from charter.vocabulary import State
from eclor.errors import PolicyRefusals, PolicyRefused

FIXTURES = Path(__file__).parent / "unit" / "charter" / "language" / "fixtures"
SHARED = Path(os.environ.get("ECLOR_SHARED", "../shared"))
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
NAMES = ("passages", "attente", "chantiers", "air", "trajets")


def text_of(name: str) -> str:
    return (FIXTURES / "politiques" / f"{name}.yaml").read_text(encoding="utf-8")


def territory() -> Territory:
    return load(FIXTURES / "charter")


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with each `old` that stands exactly once replaced by its `new`."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def read_text(text: str) -> Document:
    return parse(text.encode(), "essai.yaml")


def refusals(
    text: str | bytes, held: Territory, *, now: datetime = NOW, state: State = State.DRAFT
) -> list[PolicyRefused]:
    """Every refusal of a policy's text, whether reading or judging found it."""
    payload = text.encode() if isinstance(text, str) else text
    try:
        document = parse(payload, "essai.yaml")
    except PolicyRefusals as found:
        return found.refusals
    return check(document, held, now=now, state=state)


def codes(found: list[PolicyRefused]) -> list[str]:
    return [refusal.code for refusal in found]


def lines_of(text: str, part: str) -> list[int]:
    """The lines, from 1, that hold a part."""
    return [number for number, content in enumerate(text.splitlines(), start=1) if part in content]
