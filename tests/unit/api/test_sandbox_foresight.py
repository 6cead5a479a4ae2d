"""Processes that answer SQL: whose code runs; what may not be read stays unread, what is only mentioned unasked."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import eclor
from api.sandbox import Named, Sandbox


class MayNotRead(Exception):
    """A table that its caller may not read."""


def test_only_what_a_question_names_is_read_and_only_by_who_may(tmp_path: Path) -> None:
    for name in ("open", "other"):
        pq.write_table(pa.table({"site": [name]}), tmp_path / f"{name}.parquet")

    async def asked() -> None:
        box, resolved, closed = Sandbox(), list[tuple[str, ...]](), set[str]()

        async def resolve(names: Sequence[str]) -> Mapping[str, Named]:
            resolved.append(tuple(sorted(names)))
            if closed & {*names}:
                raise MayNotRead
            return {name: Named(name, str(tmp_path / f"{name}.parquet"), (("site", "text"),)) for name in names}

        async def ask(sql: str) -> tuple[bytes, list[tuple[str, ...]]]:
            resolved.clear()
            return (await box.ask("stranger", sql, resolve)).records, [*resolved]

        assert await ask('SELECT site FROM "open"') == (b'[{"site":"open"}]', [("open",)])
        assert await ask('SELECT 1 AS n FROM "open"') == (b'[{"n":1}]', [("open",)])
        assert await ask('SELECT site FROM "other"') == (b'[{"site":"other"}]', [("other",)])
        both = b'[{"site":"open","o":"other"}]'
        assert await ask("SELECT site, 'other' AS o FROM \"open\"") == (both, [("open", "other"), ("open",)])
        closed.add("other")
        assert await ask("SELECT site, 'other' AS p FROM \"open\"") == (
            both.replace(b'"o"', b'"p"'),
            [("open", "other"), ("open",)],
        )
        refused = await asyncio.gather(ask('SELECT site AS s FROM "other"'), return_exceptions=True)
        assert [type(one) for one in refused] == [MayNotRead]
        assert await ask("SELECT 1 AS n") == (b'[{"n":1}]', [])
        await box.close()

    asyncio.run(asked())


def test_a_process_runs_the_code_that_asks_it_and_knows_nothing_else_of_us() -> None:
    async def environments() -> list[bytes]:
        box, former = Sandbox(), _environments()
        await box.ask("stranger", "SELECT 1 AS n", _no_table)
        found = [environment for child, environment in _environments().items() if child not in former]
        await box.close()
        return found

    assert eclor.__file__ is not None
    ours = Path(eclor.__file__).parent.parent
    assert asyncio.run(environments()) == [f"PYTHONPATH={ours}\0".encode()]


def _environments() -> dict[str, bytes]:
    """Return the environment that each child of this process was given."""
    children = Path("/proc/thread-self/children").read_text().split()
    return {child: Path(f"/proc/{child}/environ").read_bytes() for child in children}


async def _no_table(_names: Sequence[str]) -> Mapping[str, Named]:
    return {}
