"""What no fix makes equal is not asked: no plan of the corpus asks for hashes, cases, patterns, logs or one of many."""

import re
from pathlib import Path

import pytest

from eclor.engine.compiled import sql_of
from tests.applying import Desk
from tests.e2e.engines.corpus import CASES, Case

NEVER = re.compile(
    r"\bR?LIKE\b|\bCURRENT_\w+|\b(?:UPPER|LOWER|REGEXP\w*|X?X?HASH(?:64)?|ISNAN|LN|EXP|POWER|RAND\w*|NOW"
    r"|FIRST(?:_VALUE)?|LAST(?:_VALUE)?|ANY_VALUE|ARBITRARY|GROUP_CONCAT|STRING_AGG|LISTAGG|COLLECT_\w+)\(",
    re.IGNORECASE,
)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
def test_a_plan_asks_for_nothing_that_differs(tmp_path: Path, case: Case, dialect: str) -> None:
    for step in Desk(tmp_path).plan(case.essay).steps:
        asked = sql_of(step.expression.value, dialect=dialect)
        assert "raw" in asked
        assert not NEVER.search(asked)
