"""What the engine is told that it may count: less than it was given, since its allocator holds more than it counts."""

from pathlib import Path
from typing import Any

from eclor.engine.limits import Limits
from eclor.engine.session import opened_session


def test_the_engine_counts_nine_tenths_of_what_it_was_given(tmp_path: Path) -> None:
    with opened_session((), Limits(tmp_path, memory="1000MiB")) as session:
        connection: Any = session._connection  # type: ignore[attr-defined]
        assert connection.execute("SELECT current_setting('memory_limit')").fetchone() == ("900.0 MiB",)
