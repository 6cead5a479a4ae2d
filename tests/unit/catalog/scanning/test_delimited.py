"""Delimited text is read for sure, or refused."""

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from catalog.scanning import text_cells
from catalog.scanning.delimited import MAX_CELL, read_delimited
from catalog.scanning.kinds import Kind, kind_of
from catalog.scanning.text_cells import TextCells
from eclor.errors import PayloadRefused

Rows = list[dict[str, str | None]]


@pytest.fixture
def read(tmp_path: Path, cells: TextCells) -> Callable[[bytes], Rows]:
    def rows_of(content: bytes) -> Rows:
        file = tmp_path / "fichier"
        file.write_bytes(content)
        read_delimited(file, cells, name="fichier")
        path = cells.finished()
        return [] if path is None else pq.read_table(path).to_pylist()

    return rows_of


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("a;b\n1;é\n", "utf-8"),
        ("a;b\n1;é\n", "utf-8-sig"),
        ("a;b\n1;é\n", "utf-16"),
        ("a;b\n1;é\n", "cp1252"),
        ("a;b\r\n1;é\r\n", "latin-1"),
        ("a,b\n1,é", "utf-8"),
        ("a\tb\n1\té\n", "utf-8"),
        ("a|b\n1|é\n", "utf-8"),
        ("sep=;\na;b\n1;é\n", "utf-8"),
        ("a;b\n\n1;é\n\n", "utf-8"),
    ],
)
def test_every_sure_dialect_gives_the_same_row(read: Callable[[bytes], Rows], text: str, encoding: str) -> None:
    assert read(text.encode(encoding)) == [{"a": "1", "b": "é"}]


def test_quotes_hold_line_ends_and_separators(read: Callable[[bytes], Rows]) -> None:
    assert read(b'a;b\n1;"x\ny;""z"""\n') == [{"a": "1", "b": 'x\ny;"z"'}]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a;b\n1;2\n1;2;3\n", "scan.ragged"),
        (b"a;b\n1;2\n1\n", "scan.ragged"),
        (b"Export du 3 mai\n\na;b\n1;2\n", "scan.ragged"),
        (b'a;b\n1;"x\n', "scan.quotes"),
        (b'a;b\n1;"x"y\n', "scan.quotes"),
        (b"a;b\n1;\0\n", "scan.binary"),
        (b"a;b\n1;\x01\n", "scan.binary"),
        (b"a,b;c\n1,2;3\n", "scan.separator-unsure"),
        ("a;b\n1;été\n".encode("cp850"), "scan.encoding"),
        ("a;b\n1;été\n".encode("mac_roman"), "scan.encoding"),
        ("a;b\n1;cœur\n".encode("iso-8859-15"), "scan.encoding"),
        ("a;b\n1;жар\n".encode("cp1251"), "scan.encoding"),
        ("a;b\n1;é\n".encode("utf-16") + b"x", "scan.encoding"),
        ("a;b\n1;é\n".encode() + b"\xe9\n", "scan.encoding"),
        (b",".join(b"c%d" % n for n in range(3000)) + b"\n", "scan.too-wide"),
        (b"a;b\n1;" + b"x" * (MAX_CELL + 5) + b"\n", "scan.cell-too-long"),
    ],
    ids=str,
)
def test_what_is_not_sure_is_refused(read: Callable[[bytes], Rows], content: bytes, code: str) -> None:
    with pytest.raises(PayloadRefused) as refusal:
        read(content)
    assert refusal.value.code == code


def test_a_ragged_line_is_named_where_it_stands(read: Callable[[bytes], Rows]) -> None:
    with pytest.raises(PayloadRefused) as refusal:
        read(b'a;b\n1;"x\ny"\n1;2\n3\n')
    assert refusal.value.place is not None
    assert refusal.value.place.line == 5


def test_the_header_of_a_table_under_a_title_is_named(read: Callable[[bytes], Rows]) -> None:
    with pytest.raises(PayloadRefused) as refusal:
        read(b"Export du 3 mai\n\nid;date de naissance\n1;03/05/1980\n")
    assert refusal.value.place is not None
    assert refusal.value.place.line == 3


@pytest.mark.parametrize(
    ("first", "names"),
    [
        (b"jean@exemple.fr;Paris", ["colonne 1", "colonne 2"]),
        (b"0612345678;x", ["colonne 1", "colonne 2"]),
        (b"12/03/1987;x", ["colonne 1", "colonne 2"]),
        (b"12.5;3.4", ["colonne 1", "colonne 2"]),
        (b"2019;2020", ["2019", "2020"]),
        (b"code;annee_2020", ["code", "annee_2020"]),
        (b"2019-2020;2020-2021", ["2019-2020", "2020-2021"]),
        (b"nom;Nom;", ["nom", "Nom (2)", "colonne 3"]),
    ],
    ids=str,
)
def test_a_first_line_of_values_is_a_row(read: Callable[[bytes], Rows], first: bytes, names: list[str]) -> None:
    rows = read(first + b"\n" + first + b"\n")
    assert list(rows[0]) == names
    assert len(rows) == (2 if names[0] == "colonne 1" else 1)


def test_a_column_alone_is_a_table(read: Callable[[bytes], Rows]) -> None:
    assert read(b"note\nbonjour, tout le monde\n\nrien\n") == [{"note": "bonjour, tout le monde"}, {"note": "rien"}]


def test_commas_here_and_there_part_no_columns(read: Callable[[bytes], Rows]) -> None:
    assert len(read(b"note\noui, non\nrien\na, b, c\n")) == 3


def test_a_long_table_comes_whole_through_many_blocks(
    read: Callable[[bytes], Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.scanning.delimited.BLOCK_ROWS", 7)
    rows = read(b"a;b\n" + b"".join(b"%d;x\n" % n for n in range(5_000)))
    assert [row["a"] for row in rows] == [str(n) for n in range(5_000)]
    assert text_cells.BLOCK_ROWS > 7


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"a;b\n", Kind.TEXT),
        (b"\xef\xbb\xbf [1]", Kind.JSON),
        (b"{}", Kind.JSON),
        (b"PAR1....", Kind.PARQUET),
        (b"%PDF-1.4", Kind.PDF),
        (b"\0\0\0\x18ftypheic", Kind.HEIC),
    ],
)
def test_a_file_is_what_it_holds(tmp_path: Path, content: bytes, kind: Kind) -> None:
    file = tmp_path / "nom.csv"
    file.write_bytes(content)
    assert kind_of(file, name="nom.csv") is kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "scan.empty"),
        (b" \n" * 9_000, "scan.empty"),
        (b"\xef\xbb\xbf\n", "scan.empty"),
        (b"\x1f\x8b\x08", "scan.packed"),
        (b"\xd0\xcf\x11\xe0", "scan.old-office"),
        (b"<html>", "scan.markup"),
        (b"\xff\xfe\0\0a\0\0\0", "scan.encoding"),
    ],
)
def test_what_has_no_reader_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "nom.csv"
    file.write_bytes(content)
    with pytest.raises(PayloadRefused) as refusal:
        kind_of(file, name="nom.csv")
    assert refusal.value.code == code
