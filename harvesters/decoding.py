"""Bytes to text, for sure or not at all."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedReader, BytesIO, RawIOBase, StringIO
from typing import BinaryIO, Final

from eclor.errors import PayloadRefused, Place
from harvesters.old_text import WIDE_BOMS, is_wide, usual
from harvesters.parsing import MAX_PAYLOAD_BYTES, PayloadWarning

UTF8: Final = "utf-8"
UTF16: Final = "utf-16"
ENCODINGS: Final = {"utf-8": UTF8, "utf8": UTF8, "cp1252": "cp1252", "windows-1252": "cp1252", "latin-1": "latin-1",
                    "iso-8859-1": "latin-1", "iso-8859-15": "iso-8859-15", "macintosh": "mac-roman",
                    "utf-16": UTF16}  # fmt: skip
"""What the option `encodage` may say. Nothing is guessed: without it a payload is UTF-8, or has the mark of UTF-16."""

BOM: Final = b"\xef\xbb\xbf"
_SIGNATURES: Final = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"%PDF-": "PDF",
                      b"\xff\xd8\xff": "JPEG", b"\x89PNG": "PNG", b"II*\0": "TIFF", b"MM\0*": "TIFF",
                      **dict.fromkeys(WIDE_BOMS, "UTF-16")}  # fmt: skip
"""How files begin that come for a text in UTF-8 by mistake."""
MAX_LINE_BYTES: Final = 8 * 1024 * 1024
_HTML: Final = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BLOCK_BYTES: Final = 960 * 1024
"""Below what stands by itself in memory (`giving_back`): a block lies where the one before lay, on the same pages."""
_DOUBLE: Final = re.compile("Ã[\u0080-\u00bf‰ˆŠ‡€]|â€|Â[\u00a0-\u00bf]")
"""UTF-8 read as CP1252 and written as UTF-8 again: `Ã©` for `é`."""
_ODD: Final = re.compile(f"\ufffd|{_DOUBLE.pattern}")
_SIGNS: Final = ("\ufffd", "Ã", "Â", "â€")
"""One of them stands wherever a letter is odd, and is found sooner."""


def opened(payload: BinaryIO | bytes) -> BinaryIO:
    """Return the payload as a stream."""
    return BytesIO(payload) if isinstance(payload, bytes) else payload


class _Again(RawIOBase):
    """A stream whose first bytes were read already, and are read once more."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next; 0 at the end."""
        chunk = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(chunk) :]
        buffer[: len(chunk)] = chunk
        return len(chunk)


def peeked(payload: BinaryIO | bytes) -> tuple[bytes, BinaryIO]:
    """Return the first kilobyte of the payload, and the payload as a stream, from its beginning."""
    stream = opened(payload)
    head = stream.read(1024)
    return head, BufferedReader(_Again(head, stream))


def refuse_too_large(held: int, *, place: Place) -> None:
    """Refuse to hold more than 32 MiB of a payload."""
    refuse_above(MAX_PAYLOAD_BYTES, held, place=place)


def refuse_above(most: int, held: int, *, place: Place) -> None:
    """Refuse to hold more than so many bytes of it."""
    if held > most:
        raise PayloadRefused("payload.too-large", place=place, limit_mib=most // 1024 // 1024)


def whole(payload: BinaryIO | bytes, *, name: str) -> bytes:
    """Return all bytes of the payload; refuse one above 32 MiB or without a byte that is not blank."""
    content = payload if isinstance(payload, bytes) else payload.read(MAX_PAYLOAD_BYTES + 1)
    refuse_too_large(len(content), place=Place(name))
    if not content or content.isspace() or content == BOM:
        raise PayloadRefused("payload.empty", place=Place(name))
    return content


def whole_from(head: bytes, stream: BinaryIO, *, name: str) -> bytes:
    """Return `head` and all that follows it in the stream; refuse more than 32 MiB."""
    return whole(_held(head, stream.read, MAX_PAYLOAD_BYTES + 1), name=name)


def _held(head: bytes, read: Callable[[int], bytes], most: int, end: bytes | None = None) -> bytes:
    """Return what begins with `head`, so many bytes at most, up to an end if there is one.

    It is held once: pieces that are joined, or read ahead by a stream, would be held twice.
    """
    if len(head) >= most or (end and head.endswith(end)) or not (piece := read(min(_BLOCK_BYTES, most - len(head)))):
        return head
    held = BytesIO()
    held.write(head)
    while piece:
        held.write(piece)
        if end and piece.endswith(end):
            break
        piece = read(min(_BLOCK_BYTES, most - held.tell()))
    return held.getvalue()


def refuse_html(content: bytes, *, name: str) -> None:
    """Refuse a page where data was due: a login form or an error page, often with HTTP status 200."""
    if _HTML.match(content.removeprefix(BOM)):
        raise PayloadRefused("payload.html", place=Place(name, 1))


def not_text(start: bytes, code: str, *, place: Place) -> PayloadRefused:
    """Return the refusal of a payload that begins so: what it is instead of a text, if that is known, else `code`."""
    found = next((what for signature, what in _SIGNATURES.items() if start.startswith(signature)), None)
    return PayloadRefused(code, place=place) if found is None else PayloadRefused(
        "payload.other-file", place=Place(place.file), found=found
    )  # fmt: skip


def decoded(content: bytes, *, name: str) -> str:
    """Return the text of a UTF-8 payload, its byte order mark left out."""
    try:
        return content.removeprefix(BOM).decode(UTF8)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise not_text(content, "payload.not-utf8", place=Place(name, line)) from error


def raw_lines(stream: BinaryIO, *, name: str, limit: int = MAX_LINE_BYTES, before: int = 0) -> Iterator[bytes]:
    """Yield the lines with their ends; refuse one above `limit` bytes (8 MiB), or with a NUL byte.

    `before` lines of the payload were read already: places count on from there.
    """
    number = before
    while line := _held(stream.readline(min(_BLOCK_BYTES, limit)), stream.readline, limit, b"\n"):
        number += 1
        if len(line) == limit:
            raise PayloadRefused("payload.line-too-long", place=Place(name, number))
        if b"\0" in line:
            raise not_text(line if number == 1 else b"", "payload.nul", place=Place(name, number))
        yield line


def encoding_of(option: str | None, *, name: str) -> str:
    """Return the codec that the option `encodage` names, UTF-8 without it; refuse one that is not known."""
    if option is None:
        return UTF8
    codec = ENCODINGS.get(option.strip().lower())
    if codec is None:
        raise PayloadRefused("payload.encoding-unknown", place=Place(name), known=", ".join(sorted(ENCODINGS)))
    return codec


@dataclass(slots=True)
class TextLines:
    """The decoded lines of a stream; remembers what was odd about them.

    Not UTF-8, or not what is declared: refused with the line. `encodage: cp1252` on a file that is UTF-8 is refused
    too, else every accent would come out doubled.
    """

    stream: BinaryIO
    name: str
    encoding: str = UTF8
    sealed: bool = False
    """A container vouches for the end of the file: a last line without its end is then whole."""
    above: int = 0
    """Lines above the first that is wanted: counted, never read."""
    number: int = 0
    ended: bool = True
    """Whether the last line read had an end."""
    damaged: int = 0
    first_damaged: int = 0
    doubled: int = 0
    first_doubled: int = 0

    def __iter__(self) -> Iterator[str]:
        """Yield each line with its end."""
        for block in self.blocks():
            yield from self.lines_of(block)

    def blocks(self) -> Iterator[bytes]:
        """Yield whole lines: the first one alone, the others by the megabyte, alone the last if it has no end."""
        rest, before_first = b"", True
        for block in self._pieces():
            begun = 0
            if before_first and (begun := block.find(b"\n") + 1):
                before_first = False
                yield rest + block[:begun]
                rest = b""
            end = block.rfind(b"\n") + 1
            if end > begun:
                yield b"".join((rest, memoryview(block)[begun:end]))
                rest = b""
            rest += block[max(begun, end) :]
            if len(rest) >= MAX_LINE_BYTES:
                raise PayloadRefused("payload.line-too-long", place=Place(self.name, self.number + 1))
        if rest:
            yield rest

    def _pieces(self) -> Iterator[bytes]:
        """Return what the stream holds by the megabyte, each line ending in LF; what has a mark is in what it says."""
        first, rest = self.stream.read(_BLOCK_BYTES), iter(partial(self.stream.read, _BLOCK_BYTES), b"")
        if is_wide(first):
            self.encoding = UTF8
        elif self.encoding == UTF16 and first and b"\0" not in first:  # two letters of it would read as one
            raise PayloadRefused("payload.encoding-undecodable", place=Place(self.name, 1), encoding=UTF16)
        pieces = usual(first, rest, name=self.name)
        return self._below(pieces) if self.above else pieces

    def _below(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Yield what follows the lines above."""
        for piece in pieces:
            start = 0
            while self.number < self.above and (cut := piece.find(b"\n", start) + 1):
                start = cut
                self.number += 1
            if self.number == self.above:
                yield piece[start:]
                yield from pieces

    def lines_of(self, block: bytes) -> Iterator[str]:
        """Yield the lines of a block, the next to be read. Where it has nothing odd, it is decoded and cut at once."""
        text = self.plain(block)
        if text is None:
            yield from self._one_by_one(block)
            return
        self.ended = True
        for line in StringIO(text, newline="\n"):
            self.number += 1
            yield line

    def plain(self, block: bytes) -> str | None:
        """Return the text of a block of whole UTF-8 lines, or None where one has to be looked at by itself."""
        if self.encoding != UTF8 or not block.endswith(b"\n") or b"\0" in block:
            return None
        try:
            text = (block.removeprefix(BOM) if self.number == 0 else block).decode(UTF8)
        except UnicodeDecodeError:
            return None
        return None if any(sign in text for sign in _SIGNS) and _ODD.search(text) else text

    def pass_over(self, lines: int) -> None:
        """Count lines of a plain block that are read otherwise."""
        self.number += lines
        self.ended = True

    def _one_by_one(self, block: bytes) -> Iterator[str]:
        for raw in raw_lines(BytesIO(block), name=self.name, before=self.number):
            self.number += 1
            text = self._text(raw.removeprefix(BOM) if self.number == 1 else raw)
            self.ended = self.sealed or text.endswith(("\n", "\r"))
            if not text.isascii():
                self._look(text)
            yield text

    def _text(self, raw: bytes) -> str:
        if self.encoding != UTF8 and not raw.isascii():
            self._refuse_contradiction(raw)
        try:
            return raw.decode(self.encoding)
        except UnicodeDecodeError as error:
            place = Place(self.name, self.number)
            if self.encoding == UTF8:
                raise not_text(raw if self.number == 1 else b"", "payload.not-utf8", place=place) from error
            raise PayloadRefused("payload.encoding-undecodable", place=place, encoding=self.encoding) from error

    def _refuse_contradiction(self, raw: bytes) -> None:
        try:
            raw.decode(UTF8)
        except UnicodeDecodeError:
            return
        place = Place(self.name, self.number)
        raise PayloadRefused("payload.encoding-contradicted", place=place, encoding=self.encoding)

    def _look(self, text: str) -> None:
        if "\ufffd" in text:
            self.damaged += 1
            self.first_damaged = self.first_damaged or self.number
        if _DOUBLE.search(text):
            self.doubled += 1
            self.first_doubled = self.first_doubled or self.number

    def warnings(self) -> Iterator[PayloadWarning]:
        """Yield what was odd about the lines read so far, one warning a kind."""
        if self.damaged:
            place = Place(self.name, self.first_damaged)
            yield PayloadWarning("payload.damaged-letters", place, {"lines": self.damaged})
        if self.doubled:
            place = Place(self.name, self.first_doubled)
            yield PayloadWarning("payload.encoded-twice", place, {"lines": self.doubled})
        if not self.ended:
            yield PayloadWarning("payload.no-final-line-end", Place(self.name, self.number))
