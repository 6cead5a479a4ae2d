"""The journal's signed heads as they are sent: read again when the file has changed, not at each request."""

from pathlib import Path
from typing import Final

from api.answers import Answer, answer
from api.dating import Modified
from eclor.world import Clock

HEADS: Final = "heads.jsonl"

_Stamp = tuple[int, int, int]


class Heads:
    """The heads of one home's journal, as they were last read."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._file, self._clock = home / "journal" / HEADS, clock
        self._read: tuple[_Stamp | None, Answer] | None = None

    def answer(self) -> Answer:
        """Return the heads of now, one a line; a last line that is still being written is left out."""
        stamp = self._stamp()  # before the reading: what is written meanwhile is read next time
        read = self._read
        if read is None or read[0] != stamp:
            body = self._file.read_bytes() if stamp else b""
            modified = Modified(self._clock.now(), self._clock)
            said = {"Cache-Control": "no-cache"}
            made = answer(whole_lines(body), "application/x-ndjson", said, modified=modified)
            self._read = read = (stamp, made)
        return read[1]

    def _stamp(self) -> _Stamp | None:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


def whole_lines(content: bytes) -> bytes:
    """Leave out a last line that is still being written."""
    return content[: content.rfind(b"\n") + 1]
