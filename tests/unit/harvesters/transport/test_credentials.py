"""Secrets by name: the environment first, then a private file."""

from pathlib import Path

import pytest

from eclor.errors import SourceUnavailable
from harvesters import transport
from harvesters.reach import Credentials, Transport


def test_a_secret_is_found_in_the_environment_then_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "secrets.json"
    file.write_text('{"portail-voirie": "from-file", "other": "o"}')
    assert Credentials({}, file=file).named("portail-voirie").reveal() == b"from-file"
    both = Credentials({"ECLOR_SECRET_PORTAIL_VOIRIE": "from-environment"}, file=file)
    assert both.named("portail-voirie").reveal() == b"from-environment"
    assert both.named("other").reveal() == b"o"


@pytest.mark.parametrize("content", [None, "{}", "[]", '{"name": 3}', '{"name": ""}', "{MARKER"])
def test_a_secret_that_cannot_be_read_is_refused_without_showing_the_file(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "secrets.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(SourceUnavailable) as refused:
        Credentials({}, file=file).named("name")
    assert "MARKER" not in str(refused.value) + refused.value.located()


def test_each_access_of_the_table_loads() -> None:
    assert list(transport.TRANSPORTS) == sorted(transport.TRANSPORTS)
    for name in transport.TRANSPORTS:
        loaded = transport.load(name)
        assert isinstance(loaded, Transport)
        assert loaded.name == name
