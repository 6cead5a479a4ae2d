"""Protection: the one way from a table of cells to what may be shown of it."""

from dataclasses import replace

import numpy as np

from anonymizers.cells import Booleans, CellTable, Integers, Protected, Rules
from anonymizers.disclosure.audit import holds
from anonymizers.disclosure.bounds import bounds_of, spans_by_reader, wide_enough
from anonymizers.disclosure.complementary import complementary
from anonymizers.disclosure.hopeless import hopeless
from anonymizers.disclosure.parted import taken_apart
from anonymizers.disclosure.problem import Problem, problem_of
from anonymizers.disclosure.table import Table, studied
from anonymizers.disclosure.work import Work
from eclor.errors import GuaranteeBroken


def protect(
    cells: CellTable,
    rules: Rules,
    also: Booleans | None = None,
    preferred: Booleans | None = None,
    work: Work | None = None,
) -> Protected:
    """Choose the cells to mask so that what a guarantee refuses to show cannot be computed from what is shown.

    Guarantee: from the shown cells and margins, rounded or not, the interval in which any reader can place a
    masked primary value v reaches v + x above and max(b, v - x) below, x the protection asked, and k for a distinct
    count masked by k; the single contributor of a cell, who knows its value, included. Cells of `also` are refused
    like those that a guarantee refuses. Cells of `preferred` (those masked in the period before, so that a series
    keeps its look) cost a hundredth of the others when more must be masked; none is masked for that alone. Empty cells
    that everyone knows to be zero are never chosen. Without a protection rule, only what is refused for itself is
    masked. It is taken from `work` where a table is protected several times over, else from what one may take.
    Refuses (`GuaranteeBroken`) when no pattern holds (`protection.no-pattern`), when to find one would go past the work
    that a table may take (`protection.too-tied`), or when the table does not add up.
    Held by: tests/attack/test_linear_attacker.py. Source: LANGUAGE.md section 9, steps 6 to 8.
    """
    order = sorted(range(len(cells.keys)), key=cells.keys.__getitem__)
    table = studied(cells.reordered(order), rules)
    table = table if also is None else _with_refused(table, also[order])
    found = _protect_in_order(table, None if preferred is None else preferred[order], work)
    return _put_back(found, np.array(order, dtype=np.int64))


def _with_refused(table: Table, also: Booleans) -> Table:
    """Refuse more cells than the guarantees do; what everyone knows to be zero cannot be refused."""
    more = also & ~table.known_zeros & ~table.primary.masked
    primary = replace(
        table.primary,
        masked=table.primary.masked | more,
        exposed=table.primary.exposed | more,
        causes=(*table.primary.causes, ("differencing", int(more.sum()))),
    )
    return replace(table, primary=primary)


def _protect_in_order(table: Table, preferred: Booleans | None, work: Work | None) -> Protected:
    primary, problem = table.primary, problem_of(table, preferred, work)
    masked = primary.masked if table.rules.protection is None else masked_of(problem)
    spans = spans_by_reader(problem, masked)
    if table.rules.protection is not None and not wide_enough(problem, spans):
        raise GuaranteeBroken("protection.no-pattern")
    return Protected(
        masked=masked,
        primary=primary.masked,
        bounds=bounds_of(problem.readers, spans),
        loss_percent=_loss_percent(table, masked),
        causes=(*primary.causes, ("complementary", int((masked & ~primary.masked).sum()))),
    )


def masked_of(problem: Problem) -> Booleans:
    """Return the cells to mask: each block solved, and audited by what knows only the masks and the proofs.

    Refuses (`GuaranteeBroken`, `protection.no-pattern`) where no pattern is found, or none that the audit accepts.
    """
    masked = problem.primary.copy()
    for own, block in taken_apart(problem):
        pattern = None if hopeless(block) else complementary(block)
        if pattern is None or holds(block, pattern.hidden, pattern.routes) is None:
            raise GuaranteeBroken("protection.no-pattern")
        masked[own] = pattern.hidden
    return masked


def _loss_percent(table: Table, masked: Booleans) -> float:
    """Return the share of units masked over non-margin cells (LANGUAGE.md section 9, "Ladder")."""
    finest, weights = ~table.cells.margins, table.weights
    total = int(weights[finest].sum())
    return 100 * int(weights[finest & masked].sum()) / total if total else 0.0


def _put_back(found: Protected, order: Integers) -> Protected:
    """Number the cells again as the caller did."""
    masked, primary = np.empty_like(found.masked), np.empty_like(found.primary)
    masked[order], primary[order] = found.masked, found.primary
    bounds = (replace(bound, cell=int(order[bound.cell])) for bound in found.bounds)
    return replace(
        found,
        masked=masked,
        primary=primary,
        bounds=tuple(sorted(bounds, key=lambda bound: (bound.indicator, bound.cell))),
    )
