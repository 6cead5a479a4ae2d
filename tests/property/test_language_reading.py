"""Reading: any bytes have a verdict, and what is written is what is read, at the place where it stands."""

import json
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from charter.document import Document
from charter.reader import parse
from eclor.errors import PolicyRefusals

STRUCTURE = ["a: 1\n", "- b\n", "  - c: [x, {y: z}]\n", "k: >-\n  t\n", "---\n", "...\n", "|\n", "\n", "    ", "#"]
MARKS = ["'", '"', "[", "]", "{", "}", ",", ": ", "? ", "@", "`", "~", "12:30", "0x1"]
YAML_ONLY = ["&a", "*a", "!!t", "<<: ", "%YAML 1.1\n"]
ODD = ['"\\U00110000"', '"\\xzz"', "\t", "\r", "\u200b", "\u202e", "e\u0301", "\ufeff"]
FRAGMENTS = [*(text.encode() for text in (*STRUCTURE, *MARKS, *YAML_ONLY, *ODD)), b"\xef\xbb\xbf", b"\xff"]
SWITCHES = {"y", "n", "on", "off", "no", "yes", "null", "true", "false", "vrai", "faux"}
KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda key: key not in SWITCHES)
LETTERS = st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=("C", "M"))
TEXTS = st.text(LETTERS, min_size=1, max_size=12)
LEAVES = st.integers(-9_999_999_999, 9_999_999_999) | TEXTS
BRANCHES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
TREES = st.dictionaries(KEYS, BRANCHES, min_size=1, max_size=5)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS) | st.binary(max_size=6), max_size=14).map(b"".join))
def test_any_bytes_are_a_document_or_refusals_with_a_place(payload: bytes) -> None:
    try:
        document = parse(payload, "f")
    except PolicyRefusals as refused:
        said = [refusal.located() for refusal in refused.refusals]
        assert said
        assert all(line.startswith("f") for line in said)
    else:
        assert isinstance(document, Document)
        assert is_plain(document.plain)


def is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(map(is_plain, value))
    return type(value) in {str, int}


def block(tree: object, indent: int = 0) -> str:
    """Write a tree in block style, texts quoted."""
    if isinstance(tree, dict) and tree:
        return "".join(f"\n{' ' * indent}{key}: {block(value, indent + 2)}" for key, value in tree.items())
    if isinstance(tree, list) and tree:
        return "".join(f"\n{' ' * indent}- {block(value, indent + 2)}" for value in tree)
    return json.dumps(tree, ensure_ascii=False)


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_a_tree_is_read_as_it_was_written_in_block_and_in_flow_style(tree: dict[str, object]) -> None:
    assert parse(block(tree).encode(), "f").plain == tree
    assert parse(json.dumps(tree, ensure_ascii=False).encode(), "f").plain == tree


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_each_key_stands_where_the_document_says(tree: dict[str, object]) -> None:
    text = block(tree)
    lines = text.splitlines()
    document = parse(text.encode(), "f")
    for path, spot in document.places.items():
        if path and isinstance(path[-1], str):
            assert lines[spot.key.line - 1][spot.key.column - 1 :].startswith(path[-1])
    places = [document.places[path].key for path in document.places if path]
    assert all(before <= after for before, after in pairwise(places))
