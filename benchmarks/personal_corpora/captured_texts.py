"""Sentences that others wrote, in captures of public data: read where they lie, nothing of them is kept here.

We read them: what they say of people is offices, bodies and streets. None names a natural person, but for invented
names in the explanation of a schema. So they tell how often the gate is wrong, not how many names it misses.
"""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

FOLDERS: Final = ("alerts", "catalogues", "culture", "energy", "ess", "mobility", "sharing", "traffic")
_NOT_READ: Final = re.compile(r"ckan_package|bnlc|openactive")
"""Portuguese and English, and a register of places of which no cell is a sentence."""
_FRENCH: Final = re.compile(r"(?i)\b(?:de|du|des|les?|la|une?|pour|par|dans|est|sur|aux?)\b")
_INVENTED: Final = re.compile(r"nouveau-né est appelé")
_WORDS: Final = range(5, 61)


def captured_texts(captures: Path) -> list[str]:
    """Return the distinct French sentences of the captures that name nobody, in order."""
    files = (file for folder in FOLDERS for file in sorted((captures / folder).rglob("*")))
    texts = (text for file in files if not _NOT_READ.search(file.name) for text in _texts(file))
    parted = (part.strip() for text in texts for part in re.split(r"(?<=[.!?])\s+|\n+", text))
    return list(dict.fromkeys(part for part in parted if _is_sentence(part)))


def _is_sentence(text: str) -> bool:
    return len(text.split()) in _WORDS and len(_FRENCH.findall(text)) > 1 and not _INVENTED.search(text)


def _texts(file: Path) -> Iterator[str]:
    match file.suffix:
        case ".json":
            yield from _strings(json.loads(file.read_bytes()))
        case ".csv":
            lines = file.read_text("utf-8", errors="replace").splitlines()
            mark = max(";,", key=lines[0].count)
            yield from (cell for row in csv.reader(lines, delimiter=mark) for cell in row)
        case _:
            return


def _strings(value: object) -> Iterator[str]:
    match value:
        case dict():
            yield from (text for each in value.values() for text in _strings(each))
        case list():
            yield from (text for each in value for text in _strings(each))
        case str():
            yield value
        case _:
            return
