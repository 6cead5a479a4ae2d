"""What a refusal says, in French and in English: one file a room, merged here.

A code is a contract: it has a French sentence, an English one, the cure in both, an HTTP status and an anchor in
the documentation (`docs/errors.md#CODE`). Braces are filled by the facts of the refusal.
"""

from importlib import import_module
from types import MappingProxyType
from typing import Final

from eclor.sentences.sentence import Sentence

ROOMS: Final = (
    "acts",
    "api",
    "by_hand",
    "calendars",
    "catalog",
    "charter",
    "command_line",
    "declaration",
    "differences",
    "differencing",
    "doors",
    "engines",
    "extensions",
    "flows",
    "gates",
    "gates_schema",
    "glue",
    "guard",
    "harvesters",
    "harvesters_answers",
    "intake",
    "language",
    "metadata",
    "microdata",
    "mobility",
    "ledger",
    "ogc",
    "payload_files",
    "payload_tables",
    "points",
    "populations",
    "records",
    "push",
    "reaching",
    "register",
    "retention",
    "reviews",
    "scanning",
    "serving",
    "simulation",
    "waivers",
)


def _merged() -> dict[str, Sentence]:
    merged: dict[str, Sentence] = {}
    for room in ROOMS:
        sentences: dict[str, Sentence] = import_module(f"eclor.sentences.{room}").SENTENCES
        if twice := merged.keys() & sentences.keys():
            message = f"error codes named twice: {sorted(twice)}"
            raise RuntimeError(message)
        merged |= sentences
    return merged


SENTENCES: Final = MappingProxyType(_merged())

__all__ = ["SENTENCES", "Sentence"]
