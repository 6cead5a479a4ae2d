"""Public endpoints declared beside a territory's sources: what is known of each, and what a try may show.

A source is signed with its address, so no point ever takes its place by itself.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from eclor.errors import DeclarationRefused
from harvesters.declaration import checked, unknown
from harvesters.declared import POINT_KEYS, DeclaredPoint
from harvesters.protocols import PROTOCOLS
from harvesters.strict_yaml import read_document

FOLDER: Final = "points-publics"


class PointState(StrEnum):
    """What the last try of a point showed."""

    NOT_TRIED = "not-tried"
    ANSWERS = "answers"
    """It answers, and its parser read rows."""
    OTHERWISE = "otherwise"
    """It answers something else than its protocol, or not a row."""
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Try:
    """One try: when, what it showed, and the code of a refusal."""

    state: PointState
    at: datetime
    code: str = ""


def read_point(file: Path) -> DeclaredPoint:
    """Read one `points-publics/NOM.yaml`, its parser not loaded.

    Refuses (`DeclarationRefused`, with `file:line:column` and the cure) what is not strict YAML, a wrong shape, an
    unknown protocol, and a `point` that is not the file's name.
    """
    document = read_document(file)
    point = checked(document, DeclaredPoint, POINT_KEYS)
    if point.point != file.stem:
        raise DeclarationRefused("point.other-name", place=document.place(("point",)), expected=file.stem)
    if point.protocol not in PROTOCOLS:
        raise unknown("protocol", point.protocol, PROTOCOLS, place=document.place(("protocole",)))
    return point
