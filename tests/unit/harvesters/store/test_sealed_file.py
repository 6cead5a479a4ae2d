"""A sealed file opens whole, under its key and name, or not at all."""

from pathlib import Path

import pytest

from eclor.errors import PayloadRefused
from eclor.world import Secret
from harvesters.sealed_file import CHUNK, read_sealed, write_sealed

KEY = Secret(bytes(range(32)))
PREFIX = b"\x01" * 8
HEAD, SEALED_CHUNK = 20, CHUNK + 16


def _sealed(tmp_path: Path, content: bytes, name: str = "p1") -> Path:
    path = tmp_path / f"{name}.enc"
    write_sealed(path, memoryview(content), key=KEY, name=name, prefix=PREFIX)
    return path


def _read(path: Path, *, key: Secret = KEY, name: str = "p1") -> bytes:
    return b"".join(read_sealed(path, key=key, name=name))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_it_gives_back_what_it_was_given(tmp_path: Path, size: int) -> None:
    content = (bytes(range(256)) * (size // 256 + 1))[:size]
    path = _sealed(tmp_path, content)
    assert _read(path) == content
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_of_the_content_shows(tmp_path: Path) -> None:
    path = _sealed(tmp_path, b"MARKER" * 1000)
    assert b"MARKER" not in path.read_bytes()


def _flip(at: int) -> "object":
    def flipped(sealed: bytes) -> bytes:
        return sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]

    return flipped


FIRST, SECOND = slice(HEAD, HEAD + SEALED_CHUNK), slice(HEAD + SEALED_CHUNK, HEAD + 2 * SEALED_CHUNK)


@pytest.mark.parametrize(
    "damage",
    [
        _flip(0),
        _flip(10),
        _flip(19),
        _flip(HEAD),
        _flip(HEAD + CHUNK + 5),
        _flip(-1),
        lambda sealed: sealed[:-1],
        lambda sealed: sealed + b"\0",
        lambda sealed: sealed[: HEAD + 2 * SEALED_CHUNK],
        lambda sealed: sealed[: HEAD + SEALED_CHUNK],
        lambda sealed: sealed[:HEAD],
        lambda sealed: sealed[:5],
        lambda _: b"",
        lambda sealed: sealed[:HEAD] + sealed[SECOND] + sealed[FIRST] + sealed[SECOND.stop :],
        lambda sealed: sealed[:HEAD] + sealed[FIRST] + sealed[FIRST] + sealed[SECOND.stop :],
        lambda sealed: sealed[:16] + b"\0\0\0\2" + sealed[HEAD : HEAD + 2 * SEALED_CHUNK],
    ],
)
def test_what_was_changed_cut_or_moved_does_not_open(tmp_path: Path, damage: "object") -> None:
    path = _sealed(tmp_path, b"x" * (2 * CHUNK + 100))
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(PayloadRefused) as refused:
        _read(path)
    assert refused.value.code == "store.damaged"


def test_another_name_or_key_does_not_open_it(tmp_path: Path) -> None:
    path = _sealed(tmp_path, b"content")
    for key, name in ((KEY, "p2"), (Secret(bytes(32)), "p1")):
        with pytest.raises(PayloadRefused, match="damaged"):
            _read(path, key=key, name=name)


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(PayloadRefused, match="missing"):
        _read(tmp_path / "none.enc")


def test_equal_chunks_are_sealed_differently(tmp_path: Path) -> None:
    sealed = _sealed(tmp_path, bytes(2 * CHUNK)).read_bytes()
    assert sealed[FIRST] != sealed[SECOND]
    other = tmp_path / "other.enc"
    write_sealed(other, memoryview(bytes(2 * CHUNK)), key=KEY, name="p1", prefix=b"\x02" * 8)
    assert other.read_bytes()[FIRST] != sealed[FIRST], "another prefix gives other nonces"
