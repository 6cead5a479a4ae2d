"""The journal's signed heads, for whoever wants to keep them."""

from starlette.testclient import TestClient

from api.pages.journal import whole_lines
from charter.chain import read_head


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
