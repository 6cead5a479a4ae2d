"""What became of each leak: blocked with a report, refused by another door, not let in, or treated; never published."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import count

from eclor.names import Slug
from eclor.pipeline import Walk
from harvesters.sayable import UNSAID
from tests.e2e.planted.leaks import KINDS, Leak
from tests.e2e.planted.payloads import NAMED
from tests.e2e.planted.walks import EVERYWHERE, Place, Plants, Seen, Town

MOST_SUSPECTS = len(KINDS)
MOST_CELLS, MOST_ALONE = 3, 12
"""Cells that are tried of a column, beside others and alone, before it is believed that its rows are not kept."""
OTHER_TYPE = "intake.retyped-column"
"""A column of another type, all over: no cell of it lets this in."""
TEXTS = ("texte", "code", "fichier")


class Became(Enum):
    """What became of a leak."""

    BLOCKED = "blocked"
    """The personal-data gate found it, in the very column."""
    REFUSED = "refused"
    """Another door refused the delivery: a list of codes, a type, an expectation."""
    TREATED = "treated"
    """It came into the sealed store; the policy drops, counts or merges what it stands in."""
    NOT_LET_IN = "not let in"
    """Its column is not asked for, its row is left out, or its cell is of another type."""
    PUBLISHED = "published"


@dataclass(frozen=True)
class Outcome:
    place: Place
    leak: Leak
    became: Became
    column: str = ""
    code: str = ""
    message: str = ""
    where: Sequence[str] = ()


@dataclass
class Sorter:
    """Tells leaks of one dataset apart in few walks: what does not come in is known once its sources were asked."""

    town: Town
    dataset: Slug
    places: Mapping[Place, int]
    clean: Walk
    cells: dict[Place, int] = field(default_factory=dict)
    """Which cell of a place is written, where another than its own turned out to come in."""
    came: set[Place] = field(default_factory=set)
    """Places whose leak came in once: missing beside others, it is asked alone, whatever its column is called."""
    barred: set[Place] = field(default_factory=set)
    """Places for whose leak a delivery is refused, as far as it is known: another there is asked alone at once."""
    kept: set[Place] = field(default_factory=set)
    """Places whose leak comes in by itself: one that is missing beside others is asked again without them."""

    @classmethod
    def of(cls, town: Town, dataset: Slug, *, came: Iterable[Place], barred: Iterable[Place]) -> "Sorter":
        clean, places = town.places(dataset)
        return cls(town, dataset, places, clean, came={*came}, barred={*barred})

    def sorted(self, leaks: Mapping[Place, Leak]) -> Iterator[Outcome]:
        """Yield what became of each leak that comes in or is refused, then of the others: no walk can bring more."""
        refused, legible = self._refused_at_intake(leaks)
        yield from (*refused, *legible)
        left = _without(leaks, {one.place for one in (*refused, *legible)})
        self.kept = self._kept(left)
        yield from self._resolved({place: leaks[place] for place in sorted(self.kept)})
        yield from (Outcome(place, leaks[place], Became.NOT_LET_IN) for place in {*left} - self.kept)

    def _refused_at_intake(self, leaks: Mapping[Place, Leak]) -> tuple[list[Outcome], list[Outcome]]:
        """Return those that the delivery is refused for, and those that can be read then: none."""
        refused: list[Outcome] = []
        legible: list[Outcome] = []
        sure = {place for place in leaks if replace(place, turn=0) in self.barred}
        waiting = [*filter(None, [*({place: leaks[place]} for place in sure), _without(leaks, sure)])]
        while waiting:
            part = waiting.pop()
            seen = self.town.received(self.dataset, self._plants(part))
            legible += [
                Outcome(place, part[place], Became.PUBLISHED, where=where) for place, where in seen.legible.items()
            ]
            if seen.refusal is None:
                continue
            message = seen.refusal.located()
            if len(part) == 1:
                [(place, leak)] = part.items()
                self.barred.add(place)
                refused.append(Outcome(place, leak, Became.REFUSED, code=seen.refusal.code, message=message))
            else:
                waiting += self._parts(part, message)
        return refused, legible

    def _kept(self, leaks: Mapping[Place, Leak]) -> set[Place]:
        """Return those that come in, each in a row that is kept: others are left out, or of another type."""
        own = {place: self.cell(place) for place in leaks}
        left = dict(leaks)
        for part in range(MOST_CELLS):
            if not left:
                break
            shifts = {place: self.count(place) * part // MOST_CELLS for place in left}
            self.cells |= {place: (own[place] + shift) % self.count(place) for place, shift in shifts.items()}
            stored = self.town.received(self.dataset, self._plants(left)).stored
            left = {place: leak for place, leak in left.items() if not stored.get(place)}
        out = {place for place, leak in left.items() if not (self._is_read(place) and self._comes_alone(place, leak))}
        self.cells |= {place: own[place] for place in out}
        return {*leaks} - out

    def _comes_alone(self, place: Place, leak: Leak) -> bool:
        """Say whether it comes in by itself: where rows are few, what others hold may have kept them out."""
        everywhere = self.town.received(self.dataset, {place: (leak, EVERYWHERE)})
        is_of_type = not everywhere.refusal or everywhere.refusal.code != OTHER_TYPE
        if not (is_of_type and (everywhere.refusal or everywhere.stored.get(place))):
            return False
        tries = min(self.count(place), MOST_ALONE)
        for part in range(tries):
            self.cells[place] = self.count(place) * part // tries
            if self.town.received(self.dataset, self._plants({place: leak})).stored.get(place):
                return True
        assert everywhere.refusal, f"{place} comes in, and not by any of {tries} cells"
        return False

    def _is_read(self, place: Place) -> bool:
        """Say whether a column of texts may be read there, as its name says, or as it once came in."""
        if replace(place, turn=0) in self.came:
            return True
        columns = (one for flow in self.town.house.flows(self.dataset) for one in flow.columns if one.type in TEXTS)
        return any(_steps(one.path)[-1] in _steps(place.path)[-3:] for one in columns)

    def _resolved(self, leaks: Mapping[Place, Leak]) -> Iterator[Outcome]:
        """Walk with leaks that the delivery is not refused for, until each walk ends as the clean one does."""
        if not leaks:
            return
        seen = self.town.walked(self.dataset, self._plants(leaks))
        known = [*self._known(leaks, seen)]
        yield from known
        if known:
            yield from self._resolved(_without(leaks, {one.place for one in known}))
            return
        stored = {place: leak for place, leak in leaks.items() if seen.stored.get(place)}
        rest = [_without(leaks, stored)] if 0 < len(stored) < len(leaks) else []
        for part in (*self._parts(stored or leaks, seen.walk.message_fr), *rest):
            yield from self._resolved(part)

    def _known(self, leaks: Mapping[Place, Leak], seen: Seen) -> Iterator[Outcome]:
        """Yield those of which a walk tells what became of them."""
        code, message = _code(seen.walk), seen.walk.message_fr
        as_clean = (seen.walk.outcome, code) == (self.clean.outcome, _code(self.clean))
        for place, leak in leaks.items():
            columns = seen.stored.get(place, frozenset())
            found = {column for column in columns if leak.kind in seen.kinds.get(column, ()) or len(leaks) == 1}
            found &= seen.found
            told = (min(found or columns or [""]), code, message)
            if where := seen.legible.get(place):
                yield Outcome(place, leak, Became.PUBLISHED, *told, where)
            elif found:
                yield Outcome(place, leak, Became.BLOCKED, *told)
            elif as_clean and (columns or place not in self.kept or len(leaks) == 1):
                yield Outcome(place, leak, Became.TREATED if columns else Became.NOT_LET_IN, told[0])
            elif len(leaks) == 1:
                yield Outcome(place, leak, Became.REFUSED, *told)

    def _parts(self, leaks: Mapping[Place, Leak], message: str) -> list[dict[Place, Leak]]:
        """Part leaks of which one at least is refused: those that the refusal may be about by themselves, or halves."""
        if suspects := self._suspects(leaks, message):
            return [*({place: leaks[place]} for place in suspects), _without(leaks, suspects)]
        half = len(leaks) // 2
        items = [*leaks.items()]
        return [dict(part) for part in (items[:half], items[half:]) if part]

    def _suspects(self, leaks: Mapping[Place, Leak], message: str) -> list[Place]:
        """Those that a refusal may be about, by the names in its message; none if it may be about many."""
        said = set(re.findall(r"[\w@-]+|…", message))
        read = {one.name: one.path for flow in self.town.house.flows(self.dataset) for one in flow.columns}
        parts = [part for name in said & read.keys() for part in read[name].split(",")]
        said = {name.lower() for name in said} | {_steps(part)[-1] for part in parts}
        found = [place for place in leaks if _steps(place.path)[-1] in said or (NAMED in place.path and UNSAID in said)]
        return found if 0 < len(found) <= MOST_SUSPECTS and len(found) < len(leaks) else []

    def _plants(self, leaks: Mapping[Place, Leak]) -> Plants:
        return {place: (leak, self.cell(place)) for place, leak in leaks.items()}

    def cell(self, place: Place) -> int:
        """Each in a row of its own as far as there are rows: one that a type refuses takes the others with it."""
        if place in self.cells:
            return self.cells[place]
        first = replace(place, turn=0)
        own = self.cells.get(first, [*sorted(self.places)].index(first))
        return own + place.turn * max(1, self.count(place) // len(KINDS))

    def count(self, place: Place) -> int:
        """How many cells the place has."""
        return self.places[replace(place, turn=0)]

    def first(self) -> Iterator[Outcome]:
        """Yield what became of one leak a place, of kinds in turn; those that were not let in are walked too."""
        kinds = [*KINDS]
        leaks = {place: Leak(kinds[at % len(kinds)], at) for at, place in enumerate(sorted(self.places))}
        done = [*self.sorted(leaks)]
        yield from (one for one in done if one.became is not Became.NOT_LET_IN)
        self.kept = set()
        yield from self._resolved({one.place: one.leak for one in done if one.became is Became.NOT_LET_IN})

    def others(self, said: Mapping[Place, str]) -> Iterator[Outcome]:
        """Yield what becomes of every other kind than was said in these places, at once where cells are enough.

        Those that are not let in are told by the delivery: what it left in the log, its message and its index.
        """
        kinds, number = [*KINDS], count()
        apart: list[dict[Place, Leak]] = [{} for _ in kinds]
        for turn in range(1, len(kinds)):
            for place, kind in said.items():
                other = kinds[(kinds.index(kind) + turn) % len(kinds)]
                together = self.places[place] >= len(kinds)
                apart[0 if together else turn][replace(place, turn=turn)] = Leak(other, next(number))
        for leaks in filter(None, apart):
            yield from self.sorted(leaks)


def _steps(path: str) -> list[str]:
    return re.split(r"[./@]+", path.replace("[]", "").lower())


def _without(leaks: Mapping[Place, Leak], places: "object") -> dict[Place, Leak]:
    return {place: leak for place, leak in leaks.items() if place not in places}


def _code(done: Walk) -> str:
    refusal = done.told.get("refusal")
    return str(refusal["code"]) if isinstance(refusal, dict) else ""
