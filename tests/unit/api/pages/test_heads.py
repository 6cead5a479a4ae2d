"""The journal's signed heads, for whoever wants to keep them."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.pages.heads import HEADS, Heads, whole_lines
from charter.chain import read_head
from eclor.world import SystemClock


def test_a_line_that_is_still_being_written_is_left_out() -> None:
    assert whole_lines(b'{"a":1}\n{"b":') == b'{"a":1}\n'
    assert whole_lines(b'{"a":') == b""
    assert whole_lines(b"") == b""


def test_the_heads_are_given_as_they_are_stored_and_conditionally(client: TestClient) -> None:
    first = client.get("/charter/journal/heads.jsonl")
    assert first.status_code == 200
    assert [read_head(line).index for line in first.content.splitlines()]
    again = client.get("/charter/journal/heads.jsonl", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_heads_are_read_again_only_when_they_have_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, heads = tmp_path / "journal" / HEADS, Heads(tmp_path, SystemClock())
    assert heads.answer().body == b""
    file.parent.mkdir()
    file.write_bytes(b'{"a":1}\n')
    assert heads.answer().body == b'{"a":1}\n'
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: pytest.fail("read without a change"))
        assert heads.answer().body == b'{"a":1}\n'
    with file.open("ab") as journal:
        journal.write(b'{"a":2}\n')
    assert heads.answer().body == b'{"a":1}\n{"a":2}\n'
    file.unlink()
    assert heads.answer().body == b""
