"""In which encoding a text file is written: for sure, or not at all."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from eclor.errors import PayloadRefused, Place

_BLOCK: Final = 1 << 20
_WIDE: Final = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CONTROLS: Final = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a")
_FRENCH: Final = frozenset("àâäçéèêëîïôöùûüÿœæßÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆáíóúñãõÁÍÓÚÑÃÕ’‘“”«»–—…€°²³·•§©®µ×½¼¾±™\u00a0¹º´")
"""What stands beyond ASCII in French, German and Luxembourgish tables, as Windows-1252 reads them."""
_IN_WORDS: Final = re.compile(
    "[a-zà-ÿ][…–—•€“”«»°²³·§©®µ×½¼¾±™¹º´][a-zà-ÿ]|[½¼¾][a-zà-ÿ]|[a-zà-ÿ][½¼¾]|Ã[\u0080-\u00bf©¨ª®´»§]"
)
"""A mark within a word: the file is of another page of codes (850, Mac, Latin-9) that happens to decode."""


def encoding_of(path: Path, *, name: str) -> str:
    """Return the codec of a whole file, from its bytes: a byte order mark, UTF-8, else Windows-1252 if nothing jars.

    Refuses (`PayloadRefused`) control characters, and what several encodings could be. Reads by the megabyte.
    """
    with path.open("rb") as stream:
        head = stream.read(2)
    if codec := _WIDE.get(head):
        _refuse_unless(_decodes(path, codec), name=name)
        return "utf-16"
    if any(block.translate(None, _CONTROLS) != block for block in _blocks(path)):
        raise PayloadRefused("scan.binary", place=Place(name))
    if _decodes(path, "utf-8"):
        return "utf-8-sig"
    _refuse_unless(all(_reads_as_french(block) for block in _blocks(path)), name=name)
    return "cp1252"


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def _decodes(path: Path, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        for block in _blocks(path):
            if "\0" in decoder.decode(block):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _reads_as_french(block: bytes) -> bool:
    try:
        text = block.decode("cp1252")
    except UnicodeDecodeError:
        return False
    beyond = {letter for letter in set(text) if not letter.isascii()}
    return beyond <= _FRENCH and not _IN_WORDS.search(text)


def _refuse_unless(sure: bool, *, name: str) -> None:  # noqa: FBT001 - what was found out
    if not sure:
        raise PayloadRefused("scan.encoding", place=Place(name))
