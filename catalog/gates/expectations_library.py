"""The expectations that great-expectations judges itself, on all rows, in pandas."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from catalog.gates.outcome import MOST_ROWS, Outcome
from catalog.gates.pushdown.columns import yes_or_no
from catalog.gates.subject import Expected, Fault, Subject

if TYPE_CHECKING:
    import great_expectations as gx
    import pandas as pd
    from pydantic import JsonValue

EXECUTOR: Final = "great-expectations/pandas"

_COUNTS: Final = (
    "element_count",
    "unexpected_count",
    "unexpected_percent",
    "missing_count",
    "missing_percent",
    "unexpected_percent_total",
    "unexpected_percent_nonmissing",
)
_COLUMN_PARAMETERS: Final = ("column", "column_A", "column_B", "column_list", "column_set")


def load() -> None:
    """Import great-expectations and pandas, which takes seconds."""
    import great_expectations as gx  # noqa: F401, PLC0415 - heavy: only the worker may load it
    import pandas as pd  # noqa: F401, PLC0415 - heavy: only the worker may load it


def misdeclared(subject: Subject, expected: Expected) -> Fault | None:
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


def outcomes(expectations: Sequence[Expected], rows: Path) -> list[Outcome]:
    """Return what each comes to, in their order; the whole file is held in memory.

    What the library takes for the same (`mostly: 1`, and without it) it judges once, for all of them.
    """
    if not expectations:
        return []
    import pandas as pd  # noqa: PLC0415 - heavy: only a suite that needs it loads it

    frame = pd.read_parquet(rows, dtype_backend="numpy_nullable")
    made = [_expectation(expected) for expected in expectations]
    first = [next(place for place, one in enumerate(made) if _are_same(one, each)) for each in made]
    asked = sorted({*first})
    results = dict(zip(asked, _run([made[place] for place in asked], frame), strict=True))
    found = {place: _outcome(result) for place, result in results.items()}
    return [found[place] for place in first]


def _are_same(one: Any, other: Any) -> bool:  # noqa: ANN401 - great-expectations has no types here
    """Say whether the library takes two for the same: it compares their parameters, not what is asked of them."""
    return type(one) is type(other) and bool(one == other)


def _expectation(expected: Expected) -> Any:  # noqa: ANN401 - great-expectations has no types here
    load()  # which fills the registry
    from great_expectations.expectations.registry import get_expectation_impl  # noqa: PLC0415 - heavy

    kind: Any = get_expectation_impl(expected.name)
    return kind(**{name: yes_or_no(value) for name, value in expected.parameters.items()})


def _suite(expectations: Sequence[Any]) -> "gx.ExpectationSuite":
    import great_expectations as gx  # noqa: PLC0415 - heavy: only the worker may load it

    suite = gx.ExpectationSuite(name="declared")
    for number, expectation in enumerate(expectations):
        suite.add_expectation(expectation.copy(update={"meta": {"number": number}}))
    return suite


def _run(expectations: Sequence[Any], frame: "pd.DataFrame") -> list[Any]:
    """Return the results in the order asked; a context of its own, in memory, that shows and sends nothing."""
    import great_expectations as gx  # noqa: PLC0415 - heavy: only the worker may load it
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415 - heavy

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("release").add_dataframe_asset("rows")
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    wanted = {"result_format": "COMPLETE", "return_unexpected_index_query": False}
    validated = batch.validate(_suite(expectations), result_format=wanted)
    return sorted(validated.results, key=lambda result: result.expectation_config.meta["number"])


def _outcome(result: Any) -> Outcome:  # noqa: ANN401 - great-expectations has no types here
    """Return what may be said of a result: counts and row numbers, no observed value."""
    counts: dict[str, JsonValue] = {
        name: result.result[name]
        for name in _COUNTS
        if isinstance(result.result.get(name), int | float | None) and name in result.result
    }
    rows = sorted(int(index) + 1 for index in result.result.get("unexpected_index_list") or [])
    broken = not result.success and (
        "exception_message" not in result.exception_info or result.exception_info["raised_exception"]
    )
    return Outcome(bool(result.success), counts, tuple(rows[:MOST_ROWS]), broken)
