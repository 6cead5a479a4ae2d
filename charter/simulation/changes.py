"""The same rows under two policies: the cells that appear, vanish or change, the columns gained and lost."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from anonymizers.cells import Key
from charter.published_cells import PUBLISHED, STATUS
from charter.simulation.attempt import Attempt, Verdict
from charter.simulation.strictness import Move, moves


@dataclass(frozen=True, slots=True)
class CellChange:
    """A published cell that differs; empty where the cell is not published."""

    key: Key
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """From the policy in force to the one that is tried, nothing published before counting for either.

    `comparable`: both are tables of the same dimensions; otherwise no cell of one is a cell of the other.
    """

    version: int
    policy_digest: str
    verdict: Verdict
    refusal: str
    comparable: bool
    appeared: tuple[CellChange, ...]
    vanished: tuple[CellChange, ...]
    changed: tuple[CellChange, ...]
    same: int
    columns_gained: tuple[str, ...]
    columns_lost: tuple[str, ...]
    moves: tuple[Move, ...]


def change(before: Attempt, after: Attempt) -> Change:
    """Return what a policy changes to what another gives on the same rows."""
    dimensions = _dimensions(before)
    comparable = dimensions == _dimensions(after) and bool(dimensions)
    old, new = (_shown(one, dimensions) if comparable else {} for one in (before, after))
    common = {name for values in old.values() for name in values} & {name for values in new.values() for name in values}
    both = [(key, _only(old[key], common), _only(new[key], common)) for key in old if key in new]
    differing = tuple(CellChange(key, was, now) for key, was, now in both if was != now)
    lost, gained = _columns_apart(before, after)
    return Change(
        version=before.plan.policy.version,
        policy_digest=before.plan.policy_digest,
        verdict=before.verdict,
        refusal=before.refusal.french() if before.refusal else "",
        comparable=comparable,
        appeared=tuple(CellChange(key, {}, values) for key, values in new.items() if key not in old),
        vanished=tuple(CellChange(key, values, {}) for key, values in old.items() if key not in new),
        changed=differing,
        same=len(both) - len(differing),
        columns_gained=gained,
        columns_lost=lost,
        moves=moves(before.plan.policy, after.plan.policy),
    )


def _columns_apart(before: Attempt, after: Attempt) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the columns that one alone has, then the other; none where either has nothing to publish."""
    old, new = ({column.name: None for column in one.columns} for one in (before, after))
    if not (old and new):
        return (), ()
    return tuple(name for name in old if name not in new), tuple(name for name in new if name not in old)


def _dimensions(attempt: Attempt) -> tuple[str, ...]:
    return attempt.plan.policy.publication.dimensions or ()


def _shown(attempt: Attempt, dimensions: tuple[str, ...]) -> dict[Key, dict[str, str]]:
    """Return the cells that would be published, with what a reader sees in them."""
    if attempt.rows is None:
        return {}
    return {
        tuple(str(row[name]) for name in dimensions): {
            name: "" if value is None else str(value)
            for name, value in row.items()
            if name not in {*dimensions, STATUS}
        }
        for row in _published(attempt.rows).to_pylist()
    }


def _published(rows: pa.Table) -> pa.Table:
    keep = [status == PUBLISHED for status in rows[STATUS].to_pylist()]
    return rows.filter(pa.array(keep, pa.bool_()))


def _only(values: Mapping[str, str], names: set[str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name in names}
