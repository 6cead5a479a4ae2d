"""The strict YAML subset: each refusal of reading with its line and column, and what may be written."""

import tracemalloc
from pathlib import Path

import pytest

from charter.document import Document, Spot
from charter.reader import parse, read
from eclor.errors import Place, PolicyRefusals


def reading(text: str | bytes) -> Document:
    return parse(text.encode() if isinstance(text, str) else text, "f")


def faults(text: str | bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(PolicyRefusals) as caught:
        reading(text)
    for refusal in caught.value.refusals:
        assert refusal.located().startswith("f")
    return [(r.code, r.place.line, r.place.column) for r in caught.value.refusals if r.place]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1\nb: 2\n", ("L100", 1, 4)),
        ("a: 1\n  b: 2\n", ("L100", 2, 4)),
        ('a: "\\U00110000"\n', ("L100", 1, 2)),
        (b"\xef\xbb\xbfa: 1\n", ("L102", 1, 1)),
        (b"a: 1\nb: \xe9t\xe9\n", ("L103", 2, 4)),
        ("a: b\n".encode("utf-16"), ("L103", 1, 1)),
        ("a: b\u200bc\n", ("L104", 1, 5)),
        ("a: b # \u202e\n", ("L104", 1, 8)),
        ("a:\tb\n", ("L104", 1, 3)),
        ("a: b\rc: d\n", ("L104", 1, 5)),
        ("a: \ue000\n", ("L104", 1, 4)),
        ("a: b\u2028c\n", ("L104", 1, 5)),
        ('a: "\\u200b"\n', ("L104", 1, 4)),
        ('a: "\\x1b[31m"\n', ("L104", 1, 4)),
        ('a: "\\ud800"\n', ("L104", 1, 4)),
        ("a: e\u0301\n", ("L105", 1, 5)),
        ('a: "e\\u0301"\n', ("L105", 1, 4)),
        ("%YAML 1.2\n---\na: 1\n", ("L106", 1, 1)),
        ("# note\n%FOO bar\n---\na: 1\n", ("L106", 2, 1)),
        ("a: &x 1\n", ("L107", 1, 4)),
        ("a: b\nc: *a\n", ("L107", 2, 4)),
        ("*a: b\n", ("L107", 1, 1)),
        ("a: 1\n<<: {b: 2}\n", ("L107", 2, 1)),
        ("a: !!str 1\n", ("L108", 1, 4)),
        ("a: !x [1]\n", ("L108", 1, 4)),
        ("a: ! b\n", ("L108", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("L109", 2, 1)),
        ("a:\nb: 1\n", ("L113", 1, 1)),
        ("a: 1\nb:\n  - c\n  -\n  - d\n", ("L113", 4, 4)),
        ("a: {b}\n", ("L113", 1, 5)),
        ("a: |\n\nb: 1\n", ("L113", 1, 1)),
        ("", ("L113", 1, 1)),
        ("# rien\n", ("L113", 1, 1)),
        ("a: {? [b] : c}\n", ("L116", 1, 7)),
        ("1: a\n", ("L116", 1, 1)),
        ('"": a\n', ("L116", 1, 1)),
        ("a: 1\nBé: 2\n", ("L117", 2, 1)),
        ("\u0430: 1\n", ("L117", 1, 1)),
        ("a: {b: 1,\n  b: 2}\n", ("L118", 2, 3)),
    ],
)
def test_a_fault_of_reading_is_refused_at_its_place(text: str | bytes, expected: tuple[str, int, int]) -> None:
    assert faults(text)[0] == expected


@pytest.mark.parametrize(
    "word", ["true", "False", "YES", "no", "On", "off", "null", "~", "y", "N", ".nan", ".INF", "-.inf", "vrai", "Faux"]
)
def test_a_switch_of_yaml_is_refused_in_any_case(word: str) -> None:
    assert faults(f"a: {word}\n") == [("L114", 1, 4)]
    assert reading(f"a: '{word}'\n").plain == {"a": word}


@pytest.mark.parametrize(
    "number",
    ["11.0", "013", "0xB", "0o7", "0b1", "1e2", "1_1", "+5", "12345678901", "-0", "-01", ".5", "5.", "1,5", "12:30"],
)
def test_a_number_that_is_no_decimal_integer_is_refused(number: str) -> None:
    assert faults(f"a: {number}\n") == [("L115", 1, 4)]
    assert reading(f'a: "{number}"\n').plain == {"a": number}


@pytest.mark.parametrize("integer", [0, 7, -7, 11, 9_999_999_999, -9_999_999_999])
def test_a_decimal_integer_is_an_integer_and_its_quoted_twin_a_text(integer: int) -> None:
    assert reading(f"a: {integer}\nb: '{integer}'\n").plain == {"a": integer, "b": str(integer)}


def test_block_flow_quoted_and_folded_texts_are_read_with_their_places() -> None:
    text = "a:\n  - b: oui\n    c: [x, 'y z']\n  - {b: \"d\"}\nt: >-\n  un texte\n  plié\nu: 2026-01-01\n"
    document = reading(text)
    assert document.plain == {
        "a": [{"b": "oui", "c": ["x", "y z"]}, {"b": "d"}],
        "t": "un texte plié",
        "u": "2026-01-01",
    }
    assert document.places["a", 0, "c"] == Spot(Place("f", 3, 5), Place("f", 3, 8))
    assert document.places["a", 0, "c", 1] == Spot(Place("f", 3, 12), Place("f", 3, 12))
    assert document.places["a", 1] == Spot(Place("f", 4, 5), Place("f", 4, 5))
    assert document.key("a", 1, "absent") == Place("f", 4, 5)


def test_lines_may_end_as_on_windows() -> None:
    assert reading("a: 1\r\nb: |\r\n  c\r\n").plain == reading("a: 1\nb: |\n  c\n").plain


def test_a_document_may_say_where_it_begins_and_ends() -> None:
    assert reading("---\na: 1\n...\n").plain == {"a": 1}


def test_a_document_that_is_no_block_is_refused() -> None:
    assert faults("[a, b]\n") == [("S202", 1, 1)]
    assert faults("texte\n") == [("S202", 1, 1)]


def test_all_that_can_be_seen_is_said_at_once() -> None:
    assert faults("a: yes\nb: 011\nb: &y !x z\n") == [
        ("L114", 1, 4),
        ("L115", 2, 4),
        ("L118", 3, 1),
        ("L107", 3, 4),
        ("L108", 3, 4),
    ]


def test_a_file_is_read_up_to_its_bound_and_no_byte_more(tmp_path: Path) -> None:
    held = tmp_path / "f.yaml"
    comment = b"# " + b"x" * (262_144 - 8) + b"\n"
    held.write_bytes(comment + b"a: 1\n")
    assert held.stat().st_size == 262_144
    assert read(held).plain == {"a": 1}
    held.write_bytes(comment + b"a: 12\n")
    with pytest.raises(PolicyRefusals) as caught:
        read(held)
    assert [refusal.code for refusal in caught.value.refusals] == ["L101"]


def test_depth_is_bounded() -> None:
    twelve = "a: " + "[" * 11 + "x" + "]" * 11 + "\n"
    assert reading(twelve)
    assert faults("a: " + "[" * 12 + "x" + "]" * 12 + "\n") == [("L110", 1, 15)]
    assert faults("a: " + "[" * 200_000) == [("L110", 1, 15)]


def test_nodes_are_bounded() -> None:
    assert reading("a: [" + "x, " * 4_997 + "]\n")
    assert [code for code, _, _ in faults("a: [" + "x, " * 4_998 + "]\n")] == ["L111"]


def test_texts_are_bounded() -> None:
    assert reading(f"a: {'x' * 4_000}\n")
    assert faults(f"a: {'x' * 4_001}\n") == [("L112", 1, 4)]


def test_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for missing in (tmp_path / "absent.yaml", tmp_path):
        with pytest.raises(PolicyRefusals) as caught:
            read(missing)
        assert caught.value.refusals[0].place == Place(str(missing))


def test_a_message_never_writes_an_invisible_character() -> None:
    with pytest.raises(PolicyRefusals) as caught:
        reading('"\\x1b[2J": 1\n')
    said = "".join(refusal.located() + refusal.english() for refusal in caught.value.refusals)
    assert "\x1b" not in said
    assert "U+001B" in said


def test_a_letter_that_only_looks_like_one_is_named_by_its_number() -> None:
    with pytest.raises(PolicyRefusals) as caught:
        reading("garanti\u0435s: 1\n")
    (refusal,) = caught.value.refusals
    assert "le caractère « \u0435 » (U+0435) est refusé" in refusal.french()


def test_a_text_too_big_is_refused_at_its_first_byte_too_many() -> None:
    assert faults("# note\n" * 37_449 + "# x") == [("L101", 37_450, 2)]


HOSTILE = {
    "ten thousand levels": b"- " * 10_000,
    "braces": b"{" * 262_000,
    "keys asked for": b"? " * 131_000,
    "one quote": b"'" * 262_000,
    "escapes": b'a: "' + b"\\u0061" * 37_000 + b'"',
    "tags": b"!" * 262_000,
    "a thousand laughs": b"a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c]\n",
    "carriage returns alone": b"a: 1\rb: 2\r" * 1_000,
    "nothing but NUL": b"\0" * 262_000,
    "private letters": "".join(map(chr, range(0xE000, 0xF8FF))).encode(),
    "UTF-16": "a: été\n".encode("utf-16"),
    "UTF-16 without its mark": "a: b\n".encode("utf-16-be"),
    "Latin-1": "é: a\n".encode("latin-1"),
}


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_refused_in_little_memory(payload: bytes) -> None:
    tracemalloc.start()
    try:
        assert faults(payload)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 40_000_000


def test_a_text_that_is_read_again_is_read_as_the_first_time_whatever_was_done_to_it() -> None:
    payload = b"a: {b: [1, 2]}\n"
    first = parse(payload, "x.yaml")
    first.plain["a"] = "changed"
    again, elsewhere = parse(payload, "x.yaml"), parse(payload, "y.yaml")
    assert again.plain == {"a": {"b": [1, 2]}}
    assert (again.key("a", "b").file, elsewhere.key("a", "b").file) == ("x.yaml", "y.yaml")
    assert parse(payload.replace(b"1", b"3"), "x.yaml").plain == {"a": {"b": [3, 2]}}
