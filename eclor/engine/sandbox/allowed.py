"""What a question may be made of: the nodes of the syntax tree, the functions, the types; all else is refused."""

from collections.abc import Mapping
from typing import Final

from sqlglot import exp

NODES: Final = frozenset(
    {
        exp.Select, exp.Union, exp.Intersect, exp.Except, exp.Subquery, exp.With, exp.CTE, exp.Values,
        exp.From, exp.Join, exp.Table, exp.TableAlias, exp.Lateral, exp.Unnest,
        exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Offset, exp.Fetch, exp.Distinct,
        exp.GroupingSets, exp.Cube, exp.Rollup, exp.LimitOptions,
        exp.Window, exp.WindowSpec, exp.Filter, exp.WithinGroup,
        exp.Identifier, exp.Column, exp.Star, exp.Literal, exp.Boolean, exp.Null, exp.Alias, exp.Paren, exp.Tuple,
        exp.RawString, exp.Var,
        exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Is, exp.In, exp.Between,
        exp.NullSafeEQ, exp.NullSafeNEQ, exp.Exists, exp.Any, exp.All,
        exp.Like, exp.ILike, exp.SimilarTo, exp.Escape, exp.RegexpLike, exp.RegexpILike,
        exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Mod, exp.IntDiv, exp.Neg, exp.DPipe,
        exp.BitwiseAnd, exp.BitwiseOr, exp.BitwiseXor, exp.BitwiseNot, exp.BitwiseLeftShift, exp.BitwiseRightShift,
        exp.Case, exp.If, exp.Cast, exp.DataType, exp.DataTypeParam, exp.Interval, exp.AtTimeZone,
        exp.Array, exp.Bracket, exp.Slice, exp.JSONExtract, exp.JSONExtractScalar, exp.JSONPath, exp.JSONPathRoot,
        exp.JSONPathKey, exp.JSONPathSubscript,
    }
)  # fmt: skip
"""Operators and clauses of a SELECT."""

FUNCTIONS: Final = frozenset(
    {
        exp.Abs, exp.Ceil, exp.Floor, exp.Round, exp.Trunc, exp.Sign, exp.Sqrt, exp.Cbrt, exp.Exp, exp.Ln, exp.Log,
        exp.Pow, exp.Pi, exp.Degrees, exp.Radians, exp.Sin, exp.Cos, exp.Tan, exp.Asin, exp.Acos, exp.Atan, exp.Atan2,
        exp.Greatest, exp.Least, exp.Coalesce, exp.Nullif, exp.Factorial,
        exp.Lower, exp.Upper, exp.Length, exp.Trim, exp.Substring, exp.Left, exp.Right, exp.Pad,
        exp.Repeat, exp.Replace, exp.Reverse, exp.StrPosition, exp.SplitPart, exp.Concat, exp.ConcatWs,
        exp.RegexpReplace, exp.StartsWith, exp.Chr, exp.Ascii, exp.MD5, exp.Translate, exp.Hex,
        exp.TimeToStr, exp.StrToDate, exp.StrToTime, exp.UnixToTime, exp.TimestampTrunc, exp.DateTrunc, exp.Extract,
        exp.CurrentTimestamp, exp.CurrentDate, exp.Localtimestamp, exp.DateBin,
        exp.Count, exp.Sum, exp.Avg, exp.Min, exp.Max, exp.Stddev, exp.StddevPop, exp.StddevSamp, exp.Variance,
        exp.VariancePop, exp.Corr, exp.CovarPop, exp.CovarSamp, exp.RegrSlope, exp.RegrIntercept, exp.RegrR2,
        exp.RegrCount, exp.LogicalAnd, exp.LogicalOr, exp.GroupConcat, exp.ArrayAgg, exp.PercentileCont,
        exp.PercentileDisc, exp.Mode, exp.AnyValue, exp.BitwiseAndAgg, exp.BitwiseOrAgg, exp.BitwiseXorAgg,
        exp.Grouping,
        exp.RowNumber, exp.Rank, exp.DenseRank, exp.PercentRank, exp.CumeDist, exp.Ntile, exp.Lag, exp.Lead,
        exp.FirstValue, exp.LastValue, exp.NthValue,
        exp.ArraySize, exp.ArrayToString, exp.StringToArray, exp.ArrayPosition, exp.ArrayAppend, exp.Explode,
        exp.GenerateSeries, exp.ExplodingGenerateSeries,
    }
)  # fmt: skip
"""Functions that the parser knows by a node of their own: plain ones, of their arguments alone."""

NAMED: Final[Mapping[str, str]] = {
    "age": "age",
    "cardinality": "len",
    "every": "bool_and",
    "gcd": "gcd",
    "isfinite": "isfinite",
    "json_array_length": "json_array_length",
    "lcm": "lcm",
    "make_date": "make_date",
    "make_timestamp": "make_timestamp",
    "octet_length": "octet_length",
    "plainto_tsquery": "plainto_tsquery",
    "row": "row",
    "sha256": "sha256",
    "unaccent": "strip_accents",
}
"""Plain functions that the parser leaves by their name, and what the engine calls them."""

CALLED: Final[Mapping[type[exp.Expr], str]] = {
    exp.ArraySize: "array_length",
    exp.Case: "case",
    exp.Ceil: "ceil",
    exp.CurrentTimestamp: "now",
    exp.CurrentVersion: "version",
    exp.DateTrunc: "date_trunc",
    exp.Exists: "exists",
    exp.Explode: "unnest",
    exp.ExplodingGenerateSeries: "generate_series",
    exp.GroupConcat: "string_agg",
    exp.Hex: "to_hex",
    exp.LogicalAnd: "bool_and",
    exp.LogicalOr: "bool_or",
    exp.MD5: "md5",
    exp.Pad: "lpad",
    exp.Pow: "power",
    exp.StrPosition: "position",
    exp.StrToDate: "to_date",
    exp.StrToTime: "to_timestamp",
    exp.TimeToStr: "to_char",
    exp.TimestampTrunc: "date_trunc",
    exp.Trim: "btrim",
    exp.UnixToTime: "to_timestamp",
    exp.VariancePop: "var_pop",
}
"""What PostgreSQL calls a function, where the parser's own name is another."""

TYPES: Final[Mapping[object, str]] = {
    exp.DataType.Type.BIGINT: "int8",
    exp.DataType.Type.BOOLEAN: "bool",
    exp.DataType.Type.CHAR: "bpchar",
    exp.DataType.Type.DATE: "date",
    exp.DataType.Type.DECIMAL: "numeric",
    exp.DataType.Type.DOUBLE: "float8",
    exp.DataType.Type.FLOAT: "float4",
    exp.DataType.Type.INT: "int4",
    exp.DataType.Type.INTERVAL: "interval",
    exp.DataType.Type.JSON: "json",
    exp.DataType.Type.JSONB: "jsonb",
    exp.DataType.Type.SMALLINT: "int2",
    exp.DataType.Type.TEXT: "text",
    exp.DataType.Type.TIME: "time",
    exp.DataType.Type.TIMESTAMP: "timestamp",
    exp.DataType.Type.TIMESTAMPTZ: "timestamptz",
    exp.DataType.Type.UUID: "uuid",
    exp.DataType.Type.VARCHAR: "varchar",
}
"""Types that a value may be cast to, and their names in PostgreSQL."""

_UNITS: Final = (
    "year", "month", "week", "day", "hour", "minute", "second", "quarter", "decade", "century", "millennium", "epoch",
    "dow", "isodow", "doy", "isoyear", "millisecond", "microsecond", "timezone", "timezone_hour", "timezone_minute",
)  # fmt: skip
UNITS: Final = frozenset((*_UNITS, *(f"{unit}s" for unit in _UNITS)))
"""Words that may stand for a part of an instant or a length of time."""

OF_THE_SESSION: Final = frozenset(
    {
        "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
        "current_user", "localtime", "localtimestamp", "session_user", "user",
    }
)  # fmt: skip
"""Names that the engine takes for functions where no column has them, quoted or not."""

STATEMENTS: Final[Mapping[str, str]] = {
    "Delete": "DeleteStmt",
    "Insert": "InsertStmt",
    "Update": "UpdateStmt",
    "Merge": "MergeStmt",
    "Create": "CreateStmt",
    "Drop": "DropStmt",
    "Alter": "AlterTableStmt",
    "Copy": "CopyStmt",
    "Command": "UtilityStmt",
    "Set": "VariableSetStmt",
    "Show": "VariableShowStmt",
    "Transaction": "TransactionStmt",
    "Into": "IntoClause",
    "Lock": "LockingClause",
}
"""PostgreSQL's names of what is not a question."""

_OF_THE_SYSTEM: Final = ("pg_", "sqlite_", "duckdb_")


def of_the_system(table: str) -> bool:
    """Say whether a table's name is that of one which tells of the system."""
    return table.lower().startswith(_OF_THE_SYSTEM)
