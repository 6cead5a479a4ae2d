"""Processes that answer strangers' SQL (`eclor.engine.sandbox`): started when asked, killed when late, few.

A stranger has one question running at a time, whatever they send: they wait for themselves before anyone waits for
them. Answers that last are kept by the versions that they rest on, which never change.
"""

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from orjson import dumps, loads

from api.rates import household
from eclor.engine.sandbox.frames import MOST_BYTES, SIZE, framed
from eclor.engine.sandbox.refusal import Kind, SqlRefused

MOST_SECONDS: Final = 3.0
MOST_MEGABYTES: Final = 512
_CHILDREN: Final = 2
_MODULE: Final = "eclor.engine.sandbox.child"
_CODE: Final = str(Path(__file__).parent.parent)
"""The code that runs here: what is installed may be another checkout's."""
_START_S: Final = 20.0
_IDLE_S: Final = 60.0
_PATIENCE_S: Final = 10.0
_MOST_WAITING: Final = 8
"""Questions of one stranger that may wait."""
_MOST_KEPT_BYTES: Final = 16_000_000
_MOST_KNOWN: Final = 64
_MOST_FORESEEN: Final = 4
_OVERHEAD: Final = 1_000
"""Bytes that an answer weighs besides its rows and its question, about."""
_LATE: Final = "Query took too much time; filter more, or download the file"
_BUSY: Final = "Too many questions at a time; ask again later"


@dataclass(frozen=True, slots=True)
class Named:
    """A table that may be read: its name in the engine, which is for ever its rows', their file, columns and types."""

    view: str
    path: str
    columns: tuple[tuple[str, str], ...]


Resolve = Callable[[Sequence[str]], Awaitable[Mapping[str, Named]]]
"""Says which tables a question names; raises what it likes for one that may not be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question gave: columns with their types, rows as a JSON array, whether there were more."""

    fields: tuple[tuple[str, str], ...]
    records: bytes
    truncated: bool


class _Child:
    """One process; it answers one question at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._doubted = False
        self.ready = False

    @classmethod
    async def started(cls, seconds: float, megabytes: int) -> "_Child":
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", _MODULE, str(seconds), str(megabytes),
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={"PYTHONPATH": _CODE}, start_new_session=True,
        )  # fmt: skip
        return cls(process)

    @property
    def usable(self) -> bool:
        return self._process.returncode is None and not self._doubted

    async def say(self, payload: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(framed(payload))
        await self._process.stdin.drain()

    async def hear(self) -> bytes:
        assert self._process.stdout is not None
        size = int.from_bytes(await self._process.stdout.readexactly(SIZE), "big")
        if size > MOST_BYTES:
            raise EOFError
        return await self._process.stdout.readexactly(size)

    @asynccontextmanager
    async def answering(self, seconds: float) -> AsyncIterator[None]:
        """Hold the process to an answer; one that is late, silent or cut off is never asked again."""
        self._doubted = True
        try:
            async with asyncio.timeout(seconds):
                yield
        except SqlRefused:
            self._doubted = False
            raise
        except (TimeoutError, EOFError, ConnectionError) as error:
            raise SqlRefused(Kind.HEAVY, _LATE) from error
        self._doubted = False
        self.ready = True

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        self.kill()
        await self._process.wait()


class Sandbox:
    """The processes of one worker."""

    def __init__(self, seconds: float = MOST_SECONDS, megabytes: int = MOST_MEGABYTES) -> None:
        self._seconds, self._megabytes = seconds, megabytes
        self._free: list[_Child] = []
        self._turns = asyncio.Semaphore(_CHILDREN)
        self._askers: dict[str, tuple[asyncio.Lock, list[None]]] = {}
        self._kept: OrderedDict[tuple[str, frozenset[str]], Found] = OrderedDict()
        self._kept_bytes = 0
        self._read: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._known: OrderedDict[str, None] = OrderedDict()
        self._idle: asyncio.TimerHandle | None = None

    async def ask(self, asker: str, sql: str, resolve: Resolve) -> Found:
        """Answer a question. Refuses (`SqlRefused`), and raises what `resolve` does."""
        names = self._read.get(sql)
        if names is not None:
            tables = await resolve(names)
            if (kept := self._kept.get(_key(sql, tables))) is not None:
                return kept
        async with self._turn(asker), self._child() as child:
            return await self._answer(child, sql, resolve)

    async def close(self) -> None:
        """End the processes."""
        if self._idle is not None:
            self._idle.cancel()
        while self._free:
            await self._free.pop().end()

    async def _answer(self, child: _Child, sql: str, resolve: Resolve) -> Found:
        tables = await self._foreseen(sql, resolve) if child.ready else {}
        async with child.answering(2 * self._seconds if child.ready else self._seconds + _START_S):
            await child.say(dumps({"sql": sql, "tables": _files(tables)}))
            head = said = _heard(await child.hear())
            records = await child.hear() if "fields" in head else b""
        names = tuple(said["tables"])
        if "fields" not in head:
            try:
                tables = await resolve(names)
            except BaseException:
                await child.say(b"{}")
                raise
            async with child.answering(2 * self._seconds):
                await child.say(dumps({"tables": _files(tables)}))
                head, records = _heard(await child.hear()), await child.hear()
        found = Found(tuple(map(tuple, head["fields"])), records, head["truncated"])
        self._know(names)
        if said["lasting"]:
            self._keep(sql, names, _key(sql, tables), found)
        return found

    async def _foreseen(self, sql: str, resolve: Resolve) -> Mapping[str, Named]:
        """Return the tables that a question seems to name: those lately asked whose name stands in it.

        None where one may not be read: whether the question does name it is seen once it is read.
        """
        names = [name for name in self._known if name in sql]
        if not 0 < len(names) <= _MOST_FORESEEN:
            return {}
        with suppress(Exception):
            return await resolve(names)
        return {}

    def _know(self, names: Sequence[str]) -> None:
        for name in names:
            self._known[name] = None
            self._known.move_to_end(name)
        while len(self._known) > _MOST_KNOWN:
            self._known.popitem(last=False)

    def _keep(self, sql: str, names: tuple[str, ...], key: tuple[str, frozenset[str]], found: Found) -> None:
        if len(found.records) > _MOST_KEPT_BYTES // 8:
            return
        self._read[sql] = names
        if key in self._kept:
            return
        self._kept[key] = found
        self._kept_bytes += _weight(sql, found)
        while self._kept_bytes > _MOST_KEPT_BYTES:
            (old, _), former = self._kept.popitem(last=False)
            self._read.pop(old, None)
            self._kept_bytes -= _weight(old, former)

    @asynccontextmanager
    async def _turn(self, asker: str) -> AsyncIterator[None]:
        """Wait until the same stranger's former questions are answered; a household is one."""
        asker = household(asker)
        lock, waiting = self._askers.setdefault(asker, (asyncio.Lock(), []))
        if len(waiting) >= _MOST_WAITING:
            raise SqlRefused(Kind.BUSY, _BUSY)
        waiting.append(None)
        try:
            async with lock:
                yield
        finally:
            waiting.pop()
            if not waiting:
                self._askers.pop(asker, None)

    @asynccontextmanager
    async def _child(self) -> AsyncIterator[_Child]:
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._turns.acquire()
        except TimeoutError as error:
            raise SqlRefused(Kind.BUSY, _BUSY) from error
        child = None
        try:
            child = self._free.pop() if self._free else None
            if child is None or not child.usable:
                child = await _Child.started(self._seconds, self._megabytes)
            yield child
        finally:
            self._turns.release()
            self._put_back(child)

    def _put_back(self, child: _Child | None) -> None:
        if child is None:
            return
        if not child.usable:
            child.kill()
            return
        self._free.append(child)
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(_IDLE_S, self._leave)

    def _leave(self) -> None:
        while self._free:
            self._free.pop().kill()


def _files(tables: Mapping[str, Named]) -> dict[str, tuple[str, str, tuple[tuple[str, str], ...]]]:
    return {name: (one.view, one.path, one.columns) for name, one in tables.items()}


def _key(sql: str, tables: Mapping[str, Named]) -> tuple[str, frozenset[str]]:
    return sql, frozenset(f"{name} {one.view}" for name, one in tables.items())


def _weight(sql: str, found: Found) -> int:
    return len(sql) + len(found.records) + sum(map(len, chain.from_iterable(found.fields))) + _OVERHEAD


def _heard(payload: bytes) -> dict[str, Any]:
    said: dict[str, Any] = loads(payload)
    if "refused" in said:
        raise SqlRefused(Kind(said["refused"]), said["message"])
    return said
