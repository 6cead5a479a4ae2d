"""Expectations that one scan judges: to add one, a function in the file of its family and a line in the table."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from catalog.gates.pushdown import of_columns, of_several, of_tables, of_totals
from catalog.gates.pushdown.columns import Parameters
from catalog.gates.pushdown.compiled import Compiled, Table

COMPILERS: Final[Mapping[str, Callable[[Table, Parameters], Compiled]]] = MappingProxyType(
    {
        "expect_column_values_to_not_be_null": of_columns.not_null,
        "expect_column_values_to_be_null": of_columns.null,
        "expect_column_values_to_be_between": of_columns.between,
        "expect_column_values_to_be_in_set": of_columns.in_set,
        "expect_column_values_to_not_be_in_set": of_columns.not_in_set,
        "expect_column_values_to_match_regex": of_columns.match_regex,
        "expect_column_values_to_not_match_regex": of_columns.not_match_regex,
        "expect_column_value_lengths_to_be_between": of_columns.length_between,
        "expect_column_value_lengths_to_equal": of_columns.length_equal,
        "expect_column_values_to_be_unique": of_columns.unique,
        "expect_column_values_to_be_increasing": of_columns.increasing,
        "expect_column_values_to_be_decreasing": of_columns.decreasing,
        "expect_column_pair_values_a_to_be_greater_than_b": of_several.greater,
        "expect_column_pair_values_to_be_equal": of_several.equal,
        "expect_compound_columns_to_be_unique": of_several.compound,
        "expect_multicolumn_sum_to_equal": of_several.total,
        "expect_column_max_to_be_between": of_totals.largest,
        "expect_column_min_to_be_between": of_totals.smallest,
        "expect_column_mean_to_be_between": of_totals.mean,
        "expect_column_median_to_be_between": of_totals.median,
        "expect_column_sum_to_be_between": of_totals.total,
        "expect_column_stdev_to_be_between": of_totals.deviation,
        "expect_column_unique_value_count_to_be_between": of_totals.different,
        "expect_column_proportion_of_unique_values_to_be_between": of_totals.proportion,
        "expect_column_distinct_values_to_be_in_set": of_totals.distinct_in,
        "expect_column_distinct_values_to_contain_set": of_totals.distinct_contain,
        "expect_column_distinct_values_to_equal_set": of_totals.distinct_equal,
        "expect_table_columns_to_match_ordered_list": of_tables.ordered_columns,
        "expect_table_columns_to_match_set": of_tables.column_set,
        "expect_table_column_count_to_equal": of_tables.column_count,
        "expect_column_to_exist": of_tables.column_exists,
        "expect_table_row_count_to_equal": of_tables.row_count,
        "expect_table_row_count_to_be_between": of_tables.row_count_between,
    }
)
"""Name of the library's expectation → what compiles it."""
