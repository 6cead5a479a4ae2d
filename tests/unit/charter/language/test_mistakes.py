"""What a tired hand gets wrong in the guide's example is refused where it stands, with what to write instead.

`mistakes.txt` holds each mistake as a change of the example and the messages it earns: written by
``pytest tests/unit/charter/language/test_mistakes.py --rewrite``, and read as code is.
"""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from charter.compile import check
from charter.reader import parse, read
from charter.territory import load
from eclor.errors import PolicyRefusals
from eclor.sentences.language_variants import VARIANTS

MISTAKES = Path(__file__).with_name("mistakes.txt")
EXAMPLE = Path(__file__).parents[4] / "docs" / "dpo" / "exemple"
POLICY = (EXAMPLE / "politiques" / "velos-prets.yaml").read_text("utf-8")
TERRITORY = load(EXAMPLE / "charter")
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
BESIDE = {("L100", "file"), ("L103", "office"), ("L103", "utf-16"), ("L103", "other"), ("L118", "second")}
"""Wordings that no change of a text earns: they are tried below."""


class Mistake(NamedTuple):
    """A change of the example, and every message that it earns, first fault first."""

    name: str
    changes: tuple[tuple[str, str], ...]
    messages: tuple[str, ...]


def escaped(line: str) -> str:
    text = line.replace("\\n", "\n").replace("\\t", "\t")
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)


def mistakes() -> list[Mistake]:
    found = []
    for block in MISTAKES.read_text("utf-8").strip().split("\n\n"):
        lines = {mark: [line[2:] for line in block.split("\n") if line[0] == mark] for mark in "#-+="}
        changes = zip(map(escaped, lines["-"]), map(escaped, lines["+"]), strict=True)
        found.append(Mistake(lines["#"][0], tuple(changes), tuple(lines["="])))
    return found


def said_of(payload: bytes) -> list[str]:
    try:
        return [refusal.located() for refusal in check(parse(payload, "velos-prets.yaml"), TERRITORY, now=NOW)]
    except PolicyRefusals as found:
        return [refusal.located() for refusal in found.refusals]


def said_after(mistake: Mistake) -> list[str]:
    text = POLICY
    for old, new in mistake.changes:
        assert old in text, f"{mistake.name}: {old!r} is not in the example"
        text = text.replace(old, new, 1)
    return [told.removeprefix("velos-prets.yaml:") for told in said_of(text.encode())]


def rewritten(found: list[Mistake]) -> str:
    blocks = []
    for block, mistake in zip(MISTAKES.read_text("utf-8").strip().split("\n\n"), found, strict=True):
        kept = [line for line in block.split("\n") if line[0] != "="]
        blocks.append("\n".join([*kept, *(f"= {told}" for told in said_after(mistake))]))
    return "\n\n".join(blocks) + "\n"


def test_the_mistakes_are_told_as_they_were_reviewed(rewrite: bool) -> None:
    if rewrite:
        MISTAKES.write_text(rewritten(mistakes()), "utf-8")
    assert len(mistakes()) > 120
    for mistake in mistakes():
        assert said_after(mistake) == list(mistake.messages), mistake.name


@pytest.mark.parametrize("mistake", mistakes(), ids=lambda mistake: mistake.name)
def test_a_mistake_is_refused_with_its_place_and_its_cure(mistake: Mistake) -> None:
    assert mistake.messages
    for told in mistake.messages:
        assert re.fullmatch(r"[1-9][0-9]*:[1-9][0-9]*: \[[A-Z][0-9]{3}\] \S.+[.?)]", told)
        assert "[L118]" in told or len(re.findall(r"[.?](?= |$)", told)) >= 2, "a finding and a cure"


def pattern(code: str, wording: str) -> str:
    sentence = VARIANTS[code][wording]
    words = f"{sentence.fr} {sentence.cure_fr}".strip().replace("{{", "{").replace("}}", "}")
    return re.sub(r"\\{[a-z]+\\}", ".*", re.escape(words))


def test_every_wording_of_reading_is_earned_by_a_mistake() -> None:
    told = [re.sub(r"^[0-9:]+ ", "", message) for mistake in mistakes() for message in mistake.messages]
    wordings = {(code, wording) for code, ways in VARIANTS.items() for wording in ways if code.startswith("L")}
    earned = {
        (code, wording)
        for code, wording in wordings
        if any(re.fullmatch(rf"\[{code}\] {pattern(code, wording)}", message) for message in told)
    }
    assert wordings - earned == BESIDE


OTHER_BYTES = [
    (b"\xef\xbb\xbf" + POLICY.encode(), "1:1: [L102]", "et non en « UTF-8 avec BOM »."),
    (POLICY.encode("cp1252"), "1:28: [L103]", "et non en « ANSI » ni en « Windows-1252 »."),
    (POLICY.encode("utf-16"), "1:1: [L103]", "Enregistrez-le en « UTF-8 »."),
    (b"PK\x03\x04\x14\x00\x08\xff", "1:1: [L103]", "Copiez son contenu dans un éditeur de texte"),
    (b"{\\rtf1\\ansi langage: 1}", "1:1: [L103]", "Copiez son contenu dans un éditeur de texte"),
    (f"{POLICY}\n{POLICY}".encode(), "136:1: [L118]", "donnez-lui son propre fichier."),
    (f"{POLICY}---\n{POLICY}".encode(), "133:1: [L109]", "Gardez un seul document par fichier."),
    (b"", "1:1: [L113]", "Écrivez une valeur ou supprimez la clé."),
    (b"Bonjour, voici la politique.\n", "1:1: [S202]", "Écrivez « clé: valeur », une par ligne."),
]


@pytest.mark.parametrize(("payload", "begins", "says"), OTHER_BYTES, ids=[begins for _, begins, _ in OTHER_BYTES])
def test_a_file_of_another_kind_says_which_and_what_to_do(payload: bytes, begins: str, says: str) -> None:
    (told,) = said_of(payload)
    assert told.startswith(f"velos-prets.yaml:{begins}")
    assert says in told


def test_a_file_that_is_not_there_is_said_to_be_unreadable(tmp_path: Path) -> None:
    with pytest.raises(PolicyRefusals) as found:
        read(tmp_path / "velos.yaml")
    assert "Ce fichier ne peut pas être lu. Vérifiez son nom" in found.value.refusals[0].located()


def test_lines_that_end_as_on_windows_and_a_space_before_a_colon_are_no_mistakes() -> None:
    assert said_of(POLICY.replace("\n", "\r\n").encode()) == []
    assert said_of(POLICY.replace("base_legale:", "base_legale :").encode()) == []
