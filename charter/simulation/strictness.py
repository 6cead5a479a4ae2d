"""A policy next to another: which guarantee became harder, which softer, key by key. No row is read.

Source of what is harder: LANGUAGE.md section 6 (a policy may only harden its charter) and section 8.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from charter.durations import Duration
from charter.guarantees import Guarantees
from charter.levels import is_finer
from charter.model import Policy
from charter.simulation.terms import terms
from charter.vocabulary import NO_DELAY, EmptyCells, LateRows, Level, YesNo


class Direction(StrEnum):
    """What a change of a policy does to people's protection."""

    HARDER = "harder"
    SOFTER = "softer"
    OTHER = "other"
    """Neither, or it depends on the data."""


@dataclass(frozen=True, slots=True)
class Move:
    """One key that differs: its French name in the policy, its texts before and after, empty where it is absent."""

    key: str
    before: str
    after: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class _Scale:
    """A number of a policy, none where it does not hold, and whether a higher one protects more."""

    key: str
    before: int | None
    after: int | None
    higher_is_harder: bool = True

    def moves(self) -> Iterator[Move]:
        if self.before != self.after:
            yield Move(self.key, _text(self.before), _text(self.after), self._direction())

    def _direction(self) -> Direction:
        if self.before is None or self.after is None:
            return Direction.HARDER if self.before is None else Direction.SOFTER
        return Direction.HARDER if (self.after > self.before) == self.higher_is_harder else Direction.SOFTER


def moves(before: Policy, after: Policy) -> tuple[Move, ...]:
    """Return what changes from one policy to another in what protects people, in the order of the language."""
    return tuple(
        chain(
            _columns(before, after),
            _levels(before, after),
            *(scale.moves() for scale in _scales(before.guarantees, after.guarantees)),
            _words(before, after),
            _durations(before, after),
            _terms(before, after),
        )
    )


def _terms(before: Policy, after: Policy) -> Iterator[Move]:
    old, new = terms(before), terms(after)
    for key in dict.fromkeys((*old, *new)):
        if old.get(key, "") != new.get(key, ""):
            yield Move(key, old.get(key, ""), new.get(key, ""), Direction.OTHER)


def _columns(before: Policy, after: Policy) -> Iterator[Move]:
    """A column more is softer, a column less is harder."""
    old, new = _published(before), _published(after)
    for name in old:
        if name not in new:
            yield Move("publication", name, "", Direction.HARDER)
    for name in new:
        if name not in old:
            yield Move("publication", "", name, Direction.SOFTER)


def _published(policy: Policy) -> tuple[str, ...]:
    publication = policy.publication
    measures = tuple(measure.name for measure in publication.measures or ())
    return (*(publication.dimensions or ()), *(publication.columns or ()), *measures)


def _levels(before: Policy, after: Policy) -> Iterator[Move]:
    """The levels of the columns that both publish; the finest one decides."""
    for field in after.fields:
        former = next((one for one in before.fields if one.name == field.name), None)
        old, new = (former.treatment.levels if former else None), field.treatment.levels
        if old and new and old != new:
            yield Move(f"niveaux de {field.name}", _listed(old), _listed(new), _coarser(old[0], new[0]))


def _coarser(old: Level, new: Level) -> Direction:
    if is_finer(old, new):
        return Direction.HARDER
    return Direction.SOFTER if is_finer(new, old) else Direction.OTHER


def _scales(before: Guarantees, after: Guarantees) -> Iterator[_Scale]:
    old, new = _thresholds(before), _thresholds(after)
    for unit in dict.fromkeys((*old, *new)):
        yield _Scale(f"comptages, k ({unit})", old.get(unit), new.get(unit))
    old, new = _numbers(before), _numbers(after)
    for key in dict.fromkeys((*old, *new)):
        yield _Scale(key, old.get(key), new.get(key), higher_is_harder=key not in _LOWER_IS_HARDER)


_LOWER_IS_HARDER = frozenset({"dominance, pourcent", "diversite, part_max_pourcent"})


def _thresholds(guarantees: Guarantees) -> dict[str, int]:
    return {entry.unit.value: entry.k for entry in guarantees.minimum_counts or ()}


def _numbers(guarantees: Guarantees) -> dict[str, int]:
    """Return the numbers that hold; what is not active is absent."""
    dominance, diversity = guarantees.dominance, guarantees.diversity
    suppression, rounding = guarantees.complementary_suppression, guarantees.rounding
    small = guarantees.small_populations
    found: dict[str, int | None] = {}
    if dominance and dominance.active is YesNo.YES:
        found |= {"dominance, contributeurs": dominance.contributors, "dominance, pourcent": dominance.percent}
    if diversity and diversity.active is YesNo.YES:
        found |= {"diversite, l": diversity.l, "diversite, part_max_pourcent": diversity.max_share_percent}
    if suppression and suppression.active is YesNo.YES:
        found |= {
            "suppression_secondaire, protection_pourcent": suppression.protection_percent,
            "suppression_secondaire, protection_min": suppression.protection_min,
        }
    if rounding and rounding.active is YesNo.YES:
        found["arrondi, base"] = rounding.round_to
    if small:
        found["petites_populations, seuil"] = small.threshold
    return {key: number for key, number in found.items() if number is not None}


def _words(before: Policy, after: Policy) -> Iterator[Move]:
    old, new = before.guarantees, after.guarantees
    if old.empty_cells != new.empty_cells:
        harder = new.empty_cells is EmptyCells.MASK
        yield _word("cellules_vides", old.empty_cells, new.empty_cells, harder=harder)
    if old.differencing and new.differencing and old.differencing.late_rows != new.differencing.late_rows:
        harder = new.differencing.late_rows is LateRows.FREEZE
        yield _word("tardifs", old.differencing.late_rows, new.differencing.late_rows, harder=harder)
    yield from _others(before, after)


def _others(before: Policy, after: Policy) -> Iterator[Move]:
    """What a policy is compared with, and what only the data can tell the effect of."""
    old, new = (
        set(one.guarantees.differencing.compared_with) if one.guarantees.differencing else set()
        for one in (before, after)
    )
    if old != new:
        direction = Direction.HARDER if old < new else Direction.SOFTER if new < old else Direction.OTHER
        yield Move("comparer_a", ", ".join(sorted(old)), ", ".join(sorted(new)), direction)
    small = [one.guarantees.small_populations for one in (before, after)]
    if small[0] and small[1] and small[0].action != small[1].action:
        yield Move("petites_populations, action", small[0].action.value, small[1].action.value, Direction.OTHER)
    loss = (before.guarantees.max_loss_percent, after.guarantees.max_loss_percent)
    if loss[0] != loss[1]:
        yield Move("perte_max_pourcent", _text(loss[0]), _text(loss[1]), Direction.OTHER)
    often = (before.publication.frequency, after.publication.frequency)
    if often[0] != often[1]:
        yield Move("periodicite", often[0].value, often[1].value, Direction.OTHER)


def _durations(before: Policy, after: Policy) -> Iterator[Move]:
    old, new = before.retention, after.retention
    delays = (before.guarantees.publication_delay, after.guarantees.publication_delay)
    yield from _duration("delai_publication", *delays, longer_is_harder=True)
    yield from _duration("zone_brute", old.raw_store, new.raw_store)
    yield from _duration("cle_pseudonyme", old.pseudonym_key or "", new.pseudonym_key or "")
    yield from _duration("versions_publiees", old.published_versions, new.published_versions)
    yield from _duration("effacement, delai", old.erasure.delay, new.erasure.delay)
    yield from _duration("delai_retrait", before.governance.withdrawal_delay, after.governance.withdrawal_delay)


def _duration(key: str, before: str, after: str, *, longer_is_harder: bool = False) -> Iterator[Move]:
    old, new = _minutes(before), _minutes(after)
    if old == new:
        return
    longer, shorter = old.fits_in(new), new.fits_in(old)
    if longer == shorter:
        yield Move(key, before, after, Direction.OTHER)
    else:
        yield Move(key, before, after, Direction.HARDER if longer == longer_is_harder else Direction.SOFTER)


def _minutes(text: str) -> Duration:
    """Read a duration; one that is not asked lasts nothing."""
    return Duration(0, 0) if text in {"", NO_DELAY} else Duration.parse(text)


def _word(key: str, before: StrEnum | None, after: StrEnum | None, *, harder: bool) -> Move:
    old, new = (one.value if one else "" for one in (before, after))
    return Move(key, old, new, Direction.HARDER if harder else Direction.SOFTER)


def _listed(levels: tuple[Level, ...]) -> str:
    return ", ".join(level.value for level in levels)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
