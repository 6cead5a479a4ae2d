"""The unbound table `raw` of a plan: the columns that a policy reads of what is stored, and their storage types."""

from typing import Final, TypeAlias, assert_never

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa

from anonymizers.columns import Column
from charter.model import Policy, PolicyField
from charter.vocabulary import FieldType, Operation, YesNo

Table: TypeAlias = Column
"""An Ibis table expression; ibis ships no types."""

AMBIGUOUS: Final = "__ambigu"
"""Ending of the companion of a date and time: true where a local time without offset fell in the doubled hour."""


def collected_fields(policy: Policy) -> tuple[PolicyField, ...]:
    """Return the allow-list: the fields whose column is asked of the source, in the policy's order."""
    return tuple(field for field in policy.fields if field.collected is YesNo.YES)


def read_fields(policy: Policy) -> tuple[PolicyField, ...]:
    """Return the fields that are read past the allow-list: a dropped column is never read."""
    return tuple(field for field in collected_fields(policy) if field.treatment.operation is not Operation.DROP)


def read_columns(policy: Policy) -> tuple[str, ...]:
    """Return the stored columns that are read, companions included."""
    return tuple(stored_schema(read_fields(policy)).names)


def raw_table(policy: Policy) -> Table:
    """Return the unbound table that the plan's expressions start from."""
    columns = {name: kind for field in read_fields(policy) for name, kind in _ibis_types(field).items()}
    return ibis.table(columns, name="raw")


def stored_schema(fields: tuple[PolicyField, ...]) -> pa.Schema:
    """Return the Parquet schema of these fields' columns, as intake stores them."""
    return pa.schema([(name, kind) for field in fields for name, kind in _arrow_types(field).items()])


def _arrow_types(field: PolicyField) -> dict[str, pa.DataType]:
    kind = _arrow_type(field)
    if field.type is FieldType.DATETIME:
        return {field.name: kind, f"{field.name}{AMBIGUOUS}": pa.bool_()}
    return {field.name: kind}


def _arrow_type(field: PolicyField) -> pa.DataType:
    match field.type:
        case FieldType.TEXT | FieldType.CODE | FieldType.POSITION | FieldType.GEOMETRY | FieldType.FILE:
            return pa.string()
        case FieldType.INTEGER:
            return pa.int64()
        case FieldType.DECIMAL:
            return pa.decimal128(18, field.decimals or 0)
        case FieldType.DATE:
            return pa.date32()
        case FieldType.DATETIME:
            return pa.timestamp("us")
        case FieldType.BOOLEAN:
            return pa.bool_()
        case _:
            assert_never(field.type)


def _ibis_types(field: PolicyField) -> dict[str, dt.DataType]:
    return {name: dt.DataType.from_pyarrow(kind) for name, kind in _arrow_types(field).items()}
