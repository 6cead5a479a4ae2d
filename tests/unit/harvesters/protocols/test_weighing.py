"""What is told of a document before it is built: never less than it takes, and no more than leaves the usual in."""

import sys

import pytest

from eclor.errors import PayloadRefused
from harvesters import strict_json, strict_xml
from harvesters.weighing import LIGHT_BYTES, Weight, without_strings

_ROW = b'{"name":"Rue de la Gare, au n\xc2\xb0 3","code":"54580","n":123456,"lat":49.41234,"ok":true}'
_SMALLEST = (
    b"{}", b"[]", b"[7]", b'{"a":1}', b"[5.9,49.4]", b"1.5", b"1e5", b"-0.1", b"123456789", b"null", b'""', b'"abcd"',
    b'{"a":{"b":{}}}', b'{"":[]}', b'"\xf0\x9f\x98\x80"', _ROW,
)  # fmt: skip


def _many(unit: bytes, size: int) -> bytes:
    return b"[" + b",".join([unit] * (size // (len(unit) + 1))) + b"]"


def _taken(value: object) -> int:
    """Return what a value takes, and all that it holds."""
    match value:
        case dict():
            return sys.getsizeof(value) + sum(map(_taken, value.values()))
        case list():
            return sys.getsizeof(value) + sum(map(_taken, value))
        case None | bool():
            return 0
        case _:
            return sys.getsizeof(value)


@pytest.mark.parametrize("unit", _SMALLEST)
def test_a_document_never_takes_more_than_was_told(unit: bytes) -> None:
    content = _many(unit, 60_000)
    told = Weight.of(content).size
    taken = len(content) + sys.getsizeof(content.decode()) + _taken(strict_json.read(content, name="x"))
    assert taken <= told < 2.6 * taken


@pytest.mark.parametrize("width", [1, 5, 6, 11, 22, 86, 5000])
def test_objects_of_any_width_are_weighed(width: int) -> None:
    content = _many(b"{" + b",".join(b'"%d":0' % number for number in range(width)) + b"}", 120_000)
    names = sum(sys.getsizeof(str(number)) for number in range(width))
    value = strict_json.read(content, name="x")
    told = Weight.of(content)
    assert told.members == width * len(value)  # type: ignore[arg-type]
    assert 2 * len(content) + _taken(value) + names <= told.size


def test_signs_within_texts_weigh_nothing_and_no_piece_cuts_a_string() -> None:
    prose = b'"' + rb"a, {b}: [1.5] \" \\" * 40_000 + b'"'
    content = b'{"a":[' + b",".join([prose, b'"x"', prose]) + b"]}"
    assert without_strings(content) == b"{:[,,]}"


def test_rows_as_they_come_are_read_at_ten_mebibytes() -> None:
    content = _many(_ROW, 10 * 1024 * 1024)
    rows = strict_json.read(content, name="x")
    assert rows == [strict_json.read(_ROW, name="x")] * content.count(b"{")


def test_a_member_named_twice_is_refused_in_a_large_document_too() -> None:
    content = b'[{"a":1,"a":2},' + _many(_ROW, LIGHT_BYTES)[1:]
    with pytest.raises(PayloadRefused) as refusal:
        strict_json.read(content, name="x")
    assert refusal.value.code == "payload.json-duplicate-member"


@pytest.mark.parametrize("unit", [b"<a/>", b'<a b=""/>', b"<a>1</a>"])
def test_xml_of_smallest_elements_is_refused_before_its_tree_is_built(unit: bytes) -> None:
    content = b"<r>" + unit * (12 * 1024 * 1024 // len(unit)) + b"</r>"
    with pytest.raises(PayloadRefused) as refusal:
        strict_xml.read(content, name="x")
    assert refusal.value.code == "payload.too-heavy"
