"""Tables foreseen in a question: what may not be read stays unread, what is only mentioned is not asked."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

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
