"""From an Ibis expression to the SQL of an engine: the same plan, said in two dialects."""

from functools import lru_cache
from typing import Final

import ibis

from eclor.engine.handles import Expression, Operation
from eclor.engine.scrub import said_by_kind

RAW: Final = "raw"
"""The table that every plan's expression reads."""


def sql_of(expression: Expression, *, dialect: str) -> str:
    """Return the SQL of an Ibis expression; it holds names of columns and constants of the policy only.

    Refuses (`engine.failed`) an expression that the engine cannot say.
    """
    return _sql_of(expression.op(), dialect)


@lru_cache(maxsize=64)
def _sql_of(operation: Operation, dialect: str) -> str:
    """Say an operation; a live state has the same ones at each walk."""
    expression = operation.to_expr()
    return said_by_kind(lambda: str(ibis.to_sql(expression, dialect=dialect)), (ibis.common.exceptions.IbisError,))
