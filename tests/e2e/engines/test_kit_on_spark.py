"""The kit holds a treatment of another package to the same on the other engine."""

import pyarrow as pa
import pytest

from anonymizers.kit import check_treatment, on_duckdb, on_spark
from anonymizers.treatments import cap

VALUES = [3, None, -2, 3, 40]


@pytest.mark.spark
@pytest.mark.usefixtures("spark")
def test_a_treatment_is_held_on_spark_and_gives_what_duckdb_gives() -> None:
    there = on_spark(lambda column: cap.treat(column, ceiling=10), pa.int64())
    check_treatment(there, VALUES, monotone=True)
    assert there(VALUES) == on_duckdb(lambda column: cap.treat(column, ceiling=10), pa.int64())(VALUES)


@pytest.mark.spark
@pytest.mark.usefixtures("spark")
def test_a_treatment_that_looks_at_the_others_is_found_on_spark() -> None:
    with pytest.raises(AssertionError, match="beside"):
        check_treatment(on_spark(lambda column: column - column.min().over(), pa.int64()), VALUES, monotone=False)
