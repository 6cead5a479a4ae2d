"""The public endpoints of a territory as anybody may see them: what is known of each, and what its last try showed.

`public-points.json` of the home holds the tries, each with the address that was asked: another address was never tried.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import orjson

from eclor.durable import write_whole
from eclor.errors import EclorError
from harvesters.declared import DeclaredPoint
from harvesters.public_points import FOLDER, PointState, Try, read_point

FILE: Final = "public-points.json"


@dataclass(frozen=True, slots=True)
class PublicPoint:
    """A declared point and its last try, none if it was never tried at this address."""

    declared: DeclaredPoint
    tried: Try | None

    @property
    def state(self) -> PointState:
        """Return where it stands."""
        return self.tried.state if self.tried else PointState.NOT_TRIED


@dataclass(frozen=True, slots=True)
class PublicPoints:
    """The points of a territory by name, and the files that cannot be read: file → code."""

    points: tuple[PublicPoint, ...]
    unread: Mapping[str, str]


def public_points(territory: Path, home: Path) -> PublicPoints:
    """Read a territory's points and their last tries."""
    tries, found, unread = _tries(home), list[PublicPoint](), dict[str, str]()
    for file in sorted((territory / FOLDER).glob("*.yaml")):
        try:
            declared = read_point(file)
        except EclorError as refusal:
            unread[file.name] = refusal.code
        else:
            found.append(PublicPoint(declared, tries.get((declared.point, declared.address))))
    return PublicPoints(tuple(found), unread)


def keep_tries(points: Sequence[PublicPoint], home: Path) -> None:
    """Keep the last tries of these points, beside those of others."""
    tries = _tries(home) | {(one.declared.point, one.declared.address): one.tried for one in points if one.tried}
    plain = [
        {"point": point, "address": address, "state": one.state, "at": one.at, "code": one.code}
        for (point, address), one in tries.items()
    ]
    write_whole(home / FILE, orjson.dumps(plain, option=orjson.OPT_INDENT_2))


def _tries(home: Path) -> dict[tuple[str, str], Try]:
    """Return the last try of each point and address; a file that is damaged says nothing, and is made again."""
    try:
        plain = orjson.loads((home / FILE).read_bytes())
        return {
            (one["point"], one["address"]): Try(
                PointState(one["state"]), datetime.fromisoformat(one["at"]), one["code"]
            )
            for one in plain
        }
    except (FileNotFoundError, KeyError, TypeError, ValueError):
        return {}
