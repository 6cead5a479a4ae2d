"""The public journal, page by page, each kind of entry in words."""

from pathlib import Path

import pytest

from api.pages.journal import _SENTENCES, PAGE, journal_page
from charter.chain import FACTS, Kind
from charter.journal import Journal
from eclor.errors import VerificationFailed
from eclor.world import FileKeyRing, FixedClock, SystemRandomness, World
from tests.unit.catalog.publish.released import START


def filled(folder: Path, count: int) -> Path:
    journal = Journal(folder / "journal", World(FixedClock(START), SystemRandomness(), FileKeyRing(folder / "keys")))
    for number in range(1, count + 1):
        journal.append(Kind.WITHDRAWAL, dataset="d", version=number, reason=f"motif {number}")
    return folder / "journal"


def test_every_kind_has_a_sentence_made_of_its_own_facts() -> None:
    assert set(_SENTENCES) == set(Kind)
    for kind, sentences in _SENTENCES.items():
        facts = dict.fromkeys(FACTS[kind], "x")
        assert all(sentence.format(**facts) for sentence in sentences)


def test_pages_go_back_to_the_opening_without_hole_nor_repeat(tmp_path: Path) -> None:
    folder, seen, before = filled(tmp_path, 2 * PAGE + 7), [], None
    while True:
        page = journal_page(folder, before)
        seen += [entry.index for entry in page.entries]
        if page.before is None:
            break
        before = page.before
    assert seen == list(range(2 * PAGE + 7, -1, -1))
    assert (page.count, page.entries[-1].title) == (2 * PAGE + 8, "Ouverture du journal")


def test_an_entry_says_what_happened(tmp_path: Path) -> None:
    last = journal_page(filled(tmp_path, 3), None).entries[0]
    assert (last.title, last.detail, last.dataset) == ("Retrait de la version 3", "motif 3", "d")


def test_a_journal_not_begun_is_empty(tmp_path: Path) -> None:
    assert journal_page(tmp_path, None).entries == ()


def test_a_line_that_was_changed_is_refused(tmp_path: Path) -> None:
    file = filled(tmp_path, 3) / "entries.jsonl"
    file.write_bytes(file.read_bytes().replace(b"motif 2", b"motif 2 "[:7] + b"!"))
    file.write_bytes(file.read_bytes().replace(b'"kind":"withdrawal"', b'"kind": "withdrawal"'))
    with pytest.raises(VerificationFailed):
        journal_page(file.parent, None)
