"""The expectations gate: great-expectations runs the declared suite on all rows, in pandas."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import JsonValue

from catalog.gates.subject import Expected, Fault, Subject, Verdict

if TYPE_CHECKING:
    import great_expectations as gx
    import pandas as pd

EXECUTOR: Final = "great-expectations/pandas"
MOST_ROWS: Final = 1_000
"""Row numbers kept in a report for one expectation."""

_COUNTS: Final = ("element_count", "unexpected_count", "missing_count")
_COLUMN_PARAMETERS: Final = ("column", "column_A", "column_B", "column_list", "column_set")
_YES_NO: Final[Mapping[str, bool]] = {"oui": True, "non": False}


class ExpectationsGate:
    """The suite that the dataset declares, and two that every release must meet: its columns and its row count."""

    def warm(self) -> None:
        """Import great-expectations and pandas, which takes seconds, and run one empty suite."""
        import great_expectations as gx  # noqa: PLC0415 - heavy: only the worker may load it
        import pandas as pd  # noqa: PLC0415 - heavy: only the worker may load it

        _run(gx.ExpectationSuite(name="warm"), pd.DataFrame({"n": [1]}))

    def judge(self, subject: Subject, *, scratch: Path) -> Verdict:  # noqa: ARG002 - a gate's signature
        """Run the suite; an expectation that is unknown, badly parametered or that breaks refuses."""
        expectations = _without_repeats([*_always(subject), *subject.expectations])
        faults = [fault for expected in expectations if (fault := _misdeclared(subject, expected))]
        if faults:
            return Verdict(EXECUTOR, 0, tuple(faults), {"misdeclared": len(faults)})
        results = _run(_suite(expectations), _frame(subject))
        outcomes = [_outcome(expected, result) for expected, result in zip(expectations, results, strict=True)]
        faults = [fault for fault, _ in outcomes if fault]
        return Verdict(EXECUTOR, len(expectations), tuple(faults), {"results": [told for _, told in outcomes]})


def _always(subject: Subject) -> list[Expected]:
    names: list[JsonValue] = [column.name for column in subject.columns]
    return [
        Expected("expect_table_columns_to_match_ordered_list", {"column_list": names}, "colonnes du plan"),
        Expected("expect_table_row_count_to_equal", {"value": subject.count}, "nombre de lignes de la publication"),
    ]


def _without_repeats(expectations: list[Expected]) -> list[Expected]:
    """Return them without repeats, whatever their reasons: the library would leave those out of its results."""
    asked = [(each.name, each.parameters) for each in expectations]
    return [each for place, each in enumerate(expectations) if asked[place] not in asked[:place]]


def _misdeclared(subject: Subject, expected: Expected) -> Fault | None:
    """Return the fault of an expectation that cannot be run as declared, if it has one."""
    from great_expectations.exceptions.exceptions import ExpectationNotFoundError  # noqa: PLC0415 - heavy

    try:
        _expectation(expected)
    except ExpectationNotFoundError:
        return Fault("gates.expectation-unknown", facts={"expectation": expected.name})
    except (TypeError, ValueError):  # its validation error is a ValueError
        return Fault("gates.expectation-parameters", facts={"expectation": expected.name})
    named = [expected.parameters[key] for key in _COLUMN_PARAMETERS if key in expected.parameters]
    columns = [name for value in named for name in (value if isinstance(value, list) else [value])]
    for name in columns:
        if not subject.position(str(name)):
            return Fault("gates.expectation-column", column=str(name), facts={"expectation": expected.name})
    return None


def _expectation(expected: Expected) -> Any:  # noqa: ANN401 - great-expectations has no types here
    from great_expectations.expectations.registry import get_expectation_impl  # noqa: PLC0415 - heavy

    kind: Any = get_expectation_impl(expected.name)
    return kind(**{name: _parameter(value) for name, value in expected.parameters.items()})


def _parameter(value: JsonValue) -> JsonValue:
    """Return a parameter as the library takes it: a declaration's booleans are the texts `oui` and `non`."""
    return _YES_NO.get(value, value) if isinstance(value, str) else value


def _suite(expectations: list[Expected]) -> "gx.ExpectationSuite":
    import great_expectations as gx  # noqa: PLC0415 - heavy: only the worker may load it

    suite = gx.ExpectationSuite(name="declared")
    for number, expected in enumerate(expectations):
        expectation = _expectation(expected)
        expectation.meta = {"number": number}
        suite.add_expectation(expectation)
    return suite


def _frame(subject: Subject) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415 - heavy: only the worker may load it

    return pd.read_parquet(subject.rows, dtype_backend="numpy_nullable")


def _run(suite: "gx.ExpectationSuite", frame: "pd.DataFrame") -> list[Any]:
    """Return the results in the order of the suite; a context of its own, in memory, that shows and sends nothing."""
    import great_expectations as gx  # noqa: PLC0415 - heavy: only the worker may load it
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415 - heavy

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("release").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    wanted = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
    validated = batch.validate(suite, result_format=wanted)
    return sorted(validated.results, key=lambda result: result.expectation_config.meta["number"])


def _outcome(expected: Expected, result: Any) -> tuple[Fault | None, dict[str, JsonValue]]:  # noqa: ANN401 - untyped
    """Return the fault, if any, and what may be said of a result: counts and row numbers, no observed value."""
    counts = {name: int(result.result[name]) for name in _COUNTS if isinstance(result.result.get(name), int)}
    rows = sorted(int(index) + 1 for index in result.result.get("unexpected_index_list") or [])
    told: dict[str, JsonValue] = {
        "expectation": expected.name,
        "success": bool(result.success),
        **counts,
        "rows": [*rows[:MOST_ROWS]],
    }
    if result.success:
        return None, told
    if "exception_message" not in result.exception_info or result.exception_info["raised_exception"]:
        return Fault("gates.expectation-broken", facts={"expectation": expected.name}), told
    column = str(expected.parameters.get("column", ""))
    facts: dict[str, str | int] = {"expectation": expected.name, "reason": expected.reason}
    if not rows:
        return Fault("gates.expectation-false", column=column, facts=facts), told
    return Fault("gates.expectation-failed", rows[0], column, {**facts, "count": len(rows)}), told
