"""What an error of Spark may say: its kind; and that a number is too large, as the other engine's sums do."""

from collections.abc import Callable
from typing import Final, TypeVar

import pyarrow as pa
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException

from eclor.engine.scrub import failed
from eclor.errors import GuaranteeBroken

Answer = TypeVar("Answer")

_FAILURES: Final = (PySparkException, Py4JError, pa.ArrowException)
_TOO_LARGE: Final = frozenset({"ARITHMETIC_OVERFLOW", "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION"})


def scrubbed(action: Callable[[], Answer]) -> Answer:
    """Return what `action` returns; refuse with the kind of Spark's error, its text and its context forgotten."""
    try:
        return action()
    except _FAILURES as error:
        kind = type(error).__name__
        too_large = isinstance(error, PySparkException) and error.getCondition() in _TOO_LARGE
    if too_large:
        raise GuaranteeBroken("release.too-large")
    raise failed(kind)
