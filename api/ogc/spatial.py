"""The spatial operations of CQL2 (21-065r2, section 7.5), as SQL: what lies outside a literal's box needs no shape.

A position is a text `longitude,latitude`: SQLite reads both numbers itself, far quicker than it calls a function.
"""

from typing import Final

from api.ogc.crs import Crs
from api.ogc.queryables import Kind, Queryable
from api.ogc.terms import Place, Sql, bound, called

_APART: Final = (
    "CASE WHEN {0} IS NULL THEN NULL WHEN CAST({0} AS REAL) NOT BETWEEN ? AND ? "
    "OR CAST(substr({0}, instr({0}, ',') + 1) AS REAL) NOT BETWEEN ? AND ? THEN ? ELSE {1} END"
)


def column(queryable: Queryable) -> Place:
    """Return the place that a property says."""
    assert queryable.kind is Kind.PLACE
    return Place(Sql(queryable.sql), is_position=queryable.is_position)


def literal(tree: object, crs: Crs) -> Place:
    """Return a literal: the numbers of a box, or a geometry as GeoJSON has it. Refuses (400) one that is not valid.

    The library of shapes is heavy: it is read when the first of them comes.
    """
    from api.ogc import shapes  # noqa: PLC0415

    text = shapes.literal(tree, crs) if isinstance(tree, dict) else shapes.box(tree, crs)
    return Place(bound(text), box=shapes.bounds(text))


def related(predicate: str, left: Place, right: Place) -> Sql:
    """Return the condition that a predicate holds of two places."""
    exact = called("related", bound(predicate), left.sql, right.sql)
    at, other = (left, right) if left.is_position else (right, left)
    if not at.is_position or other.box is None:
        return exact
    west, south, east, north = other.box
    apart = (west, east, south, north, int(predicate == "s_disjoint"))
    return Sql(f"({_APART.format(at.sql.text, exact.text)})", (*apart, *exact.values))
