import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from harvesters.simulators.misbehaving_lamps import LATEST, MisbehavingLamps
from harvesters.simulators.misbehaving_web import MOST_HELD, MisbehavingWeb
from harvesters.simulators.misbehaviour import DAMAGE, Misbehaviour, Orders, damaged, write_orders
from harvesters.simulators.seeds import generator
from harvesters.simulators.speaker import Spoken

SAID = [(f"lamp/{number}", b'{"reading": %d}' % number) for number in range(300)]


def _orders(folder: Path, *orders: str) -> Orders:
    write_orders(folder / "misbehave", orders)
    return Orders(folder / "misbehave", 7)


def _heard(folder: Path, *orders: str) -> list[Spoken]:
    return list(MisbehavingLamps(_orders(folder, *orders), lambda _: None).said(SAID))


@pytest.mark.parametrize("wrong", ["", "ocpi", "ocpi=", "=late", "ocpi=lately", "ocpi=late;slow"])
def test_what_is_no_order_is_refused_and_what_stood_stays(tmp_path: Path, wrong: str) -> None:
    orders = _orders(tmp_path, "ocpi=late")
    if wrong:
        with pytest.raises(ValueError, match="an order is"):
            write_orders(orders.file, [wrong])
    turn = orders.next_turn("ocpi")
    assert turn is not None
    assert turn.kind is Misbehaviour.LATE


def test_words_take_turns_and_a_new_order_begins_anew(tmp_path: Path) -> None:
    orders = _orders(tmp_path, "ocpi=late,huge", "all=slow")
    assert [_kind(orders, "ocpi") for _ in range(3)] == ["late", "huge", "late"]
    assert _kind(orders, "velos") == "slow"
    write_orders(orders.file, ["ocpi=truncated,late"])
    assert [_kind(orders, name) for name in ("ocpi", "velos", "ocpi")] == ["truncated", "", "late"]
    orders.file.write_text("ocpi=nonsense\n", "utf-8")
    assert _kind(orders, "ocpi") == ""
    orders.file.unlink()
    assert _kind(orders, "ocpi") == ""


def _kind(orders: Orders, system: str) -> str:
    turn = orders.next_turn(system)
    return turn.kind.value if turn else ""


@pytest.mark.parametrize("size", [0, 1, 7, 100, 10_000])
def test_a_wound_is_the_same_each_time_and_no_text_survives_it(size: int) -> None:
    whole = b"a" * size
    wounded = damaged(whole, generator(7, "x"))
    assert wounded == damaged(whole, generator(7, "x"))
    assert b"\0" in wounded
    with pytest.raises(UnicodeDecodeError):
        wounded.decode()
    assert size < 1000 or len(wounded) == size


def test_late_messages_come_among_those_that_follow(tmp_path: Path) -> None:
    heard = _heard(tmp_path, "lamps=late,slow")
    assert heard == _heard(tmp_path, "lamps=late,slow"), "drawn from the seed"
    places = {topic: at for at, (topic, _) in enumerate(heard)}
    moved = [places[topic] - number for number, (topic, _) in enumerate(SAID) if topic in places]
    assert set(heard) <= set(SAID)
    assert len(heard) == len(set(heard)) > len(SAID) - LATEST
    assert 10 < max(moved) <= LATEST + 1


def test_what_is_held_back_comes_when_the_lamps_behave_again(tmp_path: Path) -> None:
    lamps = MisbehavingLamps(_orders(tmp_path, "lamps=late"), lambda _: None)
    heard = list(lamps.said(SAID[:100]))
    write_orders(tmp_path / "misbehave", [])
    heard += lamps.said(SAID[100:101])
    assert sorted(heard) == sorted(SAID[:101])


def test_doubled_messages_come_twice_and_the_others_once(tmp_path: Path) -> None:
    heard = _heard(tmp_path, "lamps=duplicate")
    assert {heard.count(spoken) for spoken in SAID[:200]} == {2}


def _asked(web: MisbehavingWeb, path: str = "/a/rows") -> tuple[Message, bytes]:
    """What one request gets on the wire."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
    asyncio.run(web(scope, receive, send))
    start, *parts = sent
    return start, b"".join(part.get("body", b"") for part in parts)


class _Clock:
    instant = datetime(2026, 11, 24, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant


class _InPieces(Response):
    """An answer whose last byte comes alone, as files are sent piece by piece."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": self.body[:-1], "more_body": True})
        await send({"type": "http.response.body", "body": self.body[-1:]})


def _web(
    folder: Path, bodies: Iterable[bytes], *orders: str, media_type: str = "text/csv"
) -> tuple[MisbehavingWeb, _Clock]:
    waiting, clock = iter(bodies), _Clock()

    async def rows(_: Request) -> Response:
        return _InPieces(next(waiting), media_type=media_type)

    app = Starlette(routes=[Route("/a/rows", rows)])
    return MisbehavingWeb(app, _orders(folder, *orders), clock.now), clock


def test_a_late_answer_is_the_former_one_with_its_date(tmp_path: Path) -> None:
    web, clock = _web(tmp_path, [b"one", b"two"], "a=late")
    first = _asked(web)
    clock.instant += timedelta(minutes=1)
    start, body = _asked(web)
    assert (body, start["headers"]) == (b"one", first[0]["headers"])


def test_who_comes_before_retry_after_is_refused_again_and_who_waits_is_let_through(tmp_path: Path) -> None:
    web, clock = _web(tmp_path, [b"one"], "a=rate-limited")
    assert [_asked(web)[0]["status"] for _ in range(3)] == [429] * 3
    clock.instant += timedelta(seconds=1)
    assert _asked(web)[1] == b"one"
    assert dict(_asked(web)[0]["headers"])[b"retry-after"] == b"1"


@pytest.mark.parametrize(
    ("media_type", "whole", "doubled"),
    [
        ("text/csv", b"a\n1\n2\n", b"a\n1\n2\n2\n"),
        ("text/csv", b"a\n", b"a\n"),
        ("application/x-ndjson", b'{"a":1}\n{"a":2}\n', b'{"a":1}\n{"a":2}\n{"a":2}\n'),
        ("application/x-ndjson", b'{"a":1}\n', b'{"a":1}\n{"a":1}\n'),
        ("application/json", b'{"n":2,"rows":[{"a":1},{"a":2}]}', b'{"n":2,"rows":[{"a":1},{"a":2},{"a":2}]}'),
    ],
)
def test_an_item_stands_twice_each_second_time_under_another_etag(
    tmp_path: Path, media_type: str, whole: bytes, doubled: bytes
) -> None:
    web, _ = _web(tmp_path, [whole] * 2, "a=duplicate", media_type=media_type)
    answers = [_asked(web) for _ in range(2)]
    assert [body for _, body in answers] == [whole, doubled]
    assert len({dict(start["headers"])[b"etag"] for start, _ in answers}) == 2


@pytest.mark.parametrize("kind", ["late", "duplicate", "slow", "huge", "malformed", "truncated"])
def test_of_what_is_too_long_to_hold_the_beginning_is_wounded_or_all_that_comes(tmp_path: Path, kind: str) -> None:
    whole = b"x" * MOST_HELD + b"yz"
    web, _ = _web(tmp_path, [whole], f"a={kind}")
    start, body = _asked(web)
    told = int(dict(start["headers"])[b"content-length"])
    match kind:
        case "malformed":
            assert (len(body), DAMAGE in body, body[-1:]) == (told, True, b"z")
        case "truncated":
            assert 0 < len(body) < told
            assert whole.startswith(body)
        case _:
            assert body == whole
