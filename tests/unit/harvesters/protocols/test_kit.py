"""What every parser owes, tried on each: rows or a refusal with its place, whatever it is given."""

import pytest

from eclor.errors import DeclarationRefused
from harvesters.parsing import Parse, PayloadProtocol
from harvesters.protocols import PROTOCOLS, load
from tests.payloads import SAMPLES, Outcome, as_json, read

NAMES = sorted(PROTOCOLS)
BINARY = {"gtfs", "gtfs-rt", "xlsx"}
TEXT = sorted(set(NAMES) - BINARY)
TABLES = {"csv", "irve"}
XML = {"cap", "datex2", "dcat", "enedis", "enedis-index", "netex", "open311", "siri", "vigilance", "xml"}
"""Those that read XML; but for cap, netex and xml they read other forms too."""
NAMED_ENCODING = {"cap", "datex2", "netex", "open311", "siri", "xml"}
"""Those whose samples are XML, which names its encoding."""
NO_JSON = {"cap", "icalendar", "netex", "xml"}
JSON = sorted(set(TEXT) - TABLES - NO_JSON)
NO_FINAL_END = "payload.no-final-line-end"

DEEP = b"[" * 10_000 + b"]" * 10_000
DEEP_OBJECTS = b'{"a":' * 10_000 + b"1" + b"}" * 10_000
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><alert>&c;</alert>'
)
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><osm>&x;</osm>'
HTML = b"<!DOCTYPE html>\n<html><body><form>connexion</form></body></html>\n"


def test_the_table_is_sorted_and_loads() -> None:
    assert list(PROTOCOLS) == NAMES
    for name in NAMES:
        protocol = load(name)
        assert isinstance(protocol, PayloadProtocol)
        assert protocol.name == name
        parse: Parse = protocol.parse
        assert parse.__doc__


def test_every_protocol_has_a_sample() -> None:
    assert sorted(SAMPLES) == NAMES


def test_an_unknown_protocol_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(DeclarationRefused) as refused:
        load("chirp-stack")
    assert "“chirpstack”" in str(refused.value)
    with pytest.raises(DeclarationRefused) as refused:
        load("zzz")
    assert "csv" in str(refused.value)


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_gives_its_rows(name: str) -> None:
    payload, rows = SAMPLES[name]
    outcome = read(name, payload)
    assert (outcome.code, len(outcome.rows), outcome.refused, outcome.warning_codes) == ("", rows, [], [])


@pytest.mark.parametrize("name", NAMES)
def test_bytes_and_a_stream_give_the_same(name: str) -> None:
    payload, _ = SAMPLES[name]
    assert list(load(name).parse(payload, name="envoi", options={})) == read(name, payload).rows


@pytest.mark.parametrize("name", TEXT)
def test_a_byte_order_mark_changes_nothing(name: str) -> None:
    payload, _ = SAMPLES[name]
    assert read(name, b"\xef\xbb\xbf" + payload).rows == read(name, payload).rows


@pytest.mark.parametrize("name", TEXT)
def test_windows_line_ends_change_nothing(name: str) -> None:
    payload, _ = SAMPLES[name]
    assert read(name, payload.replace(b"\n", b"\r\n")).rows == read(name, payload).rows


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("payload", [b"", b" \r\n\t\n", b"\xef\xbb\xbf"], ids=["nothing", "blanks", "mark"])
def test_an_empty_payload_is_refused(name: str, payload: bytes) -> None:
    assert read(name, payload).code in {"payload.empty", "payload.zip"}


def _whole(name: str, cut: Outcome, full: Outcome) -> bool:
    """Say whether the rows of a cut payload are rows of the whole one, in order."""
    rows = cut.rows
    if name in TABLES and NO_FINAL_END in cut.warning_codes:
        rows = rows[:-1]  # said to be doubtful
    return rows == full.rows[: len(rows)]


@pytest.mark.parametrize("name", NAMES)
def test_a_payload_cut_anywhere_gives_no_half_row(name: str) -> None:
    payload, count = SAMPLES[name]
    full = read(name, payload)
    for length in range(0, len(payload.rstrip()), 7):
        cut = read(name, payload[:length])
        assert _whole(name, cut, full), length
        assert cut.code or len(cut.rows) < count or NO_FINAL_END in cut.warning_codes, length


@pytest.mark.parametrize("name", sorted(set(NAMES) - TABLES - {"chirpstack", "gtfs-rt"}))
def test_a_payload_that_is_one_document_is_refused_when_cut(name: str) -> None:
    payload, _ = SAMPLES[name]
    for length in range(1, len(payload.rstrip()) - 1, 7):
        assert read(name, payload[:length]).code, length


@pytest.mark.parametrize("name", sorted(set(TEXT) - NAMED_ENCODING))
@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_another_encoding_is_refused(name: str, encoding: str) -> None:
    payload = SAMPLES[name][0].decode().replace("o", "é").encode(encoding)
    outcome = read(name, payload)
    if encoding == "utf-16" and name in TABLES:  # which spreadsheets write, with a mark
        assert outcome.rows == read(name, payload.decode(encoding).encode()).rows != []
        return
    assert outcome.code
    assert outcome.rows == []


@pytest.mark.parametrize("name", ["cap", "open311"])
def test_the_xml_declaration_names_the_encoding(name: str) -> None:
    text = SAMPLES[name][0].decode()
    latin = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').replace('encoding="utf-8"', 'encoding="latin-1"')
    assert read(name, latin.encode("latin-1")).rows == read(name, text.encode()).rows
    assert read(name, text.replace("open", "été").replace("Vent", "été").encode("latin-1")).code == "payload.xml-syntax"
    unknown = text.replace('encoding="UTF-8"', 'encoding="morse"').replace('encoding="utf-8"', 'encoding="morse"')
    assert read(name, unknown.encode()).code == "payload.xml-encoding"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "payload",
    [DEEP, DEEP_OBJECTS, b"[" * 100_000, b"<a>" * 10_000 + b"</a>" * 10_000, BOMB, XXE, HTML, b"\0" * 64, b"\xff" * 64,
     b'"' * 999, b"PK\x03\x04" + b"\0" * 60, b"NaN", b"null", b"1", b'"text"', b"{}", b"[]x", b"\x1f\x8b\x08\0",
     b"<a/>", b"]]>", b"<", b"{", b"\\", b"-"],
)  # fmt: skip
def test_hostile_bytes_are_refused_or_give_no_row(name: str, payload: bytes) -> None:
    outcome = read(name, payload)
    if name == "json" and payload == b"{}":
        assert outcome.rows == [{}]
    else:
        assert outcome.rows == []
    assert outcome.refusal is None or str(outcome.refusal).startswith("envoi")


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999999", "1" * 5000, "01", "+1", ".5", "'a'"])
def test_json_that_is_no_json_is_refused(name: str, value: str) -> None:
    payload = b'{"id": "a", "type": "b", "elements": [], "x": %s}' % value.encode()
    assert read(name, payload).code.startswith("payload.json-")


@pytest.mark.parametrize("name", JSON)
def test_a_member_named_twice_is_refused(name: str) -> None:
    assert read(name, b'{"id": "a", "type": "b", "x": {"y": 1, "y": 2}}').code == "payload.json-duplicate-member"


@pytest.mark.parametrize("name", JSON)
@pytest.mark.parametrize("text", [rb"\u0000", rb"\ud800", rb"a\uDFFFb"])
def test_text_that_no_file_can_hold_is_refused(name: str, text: bytes) -> None:
    assert read(name, b'{"id": "a", "type": "b", "x": ["%s"]}' % text).code == "payload.nul"


@pytest.mark.parametrize("name", TEXT)
def test_a_page_of_html_is_named_as_such(name: str) -> None:
    assert read(name, HTML).code == "payload.html"


@pytest.mark.parametrize("name", sorted({*XML, "overpass"}))
@pytest.mark.parametrize("payload", [BOMB, XXE], ids=["bomb", "xxe"])
def test_a_dtd_is_refused(name: str, payload: bytes) -> None:
    assert read(name, payload).code == "payload.xml-dtd"


@pytest.mark.parametrize("root", ["services", "osm"])
def test_xml_nests_sixty_four_levels_and_no_more(root: str) -> None:
    name = {"services": "open311", "osm": "overpass"}[root]
    for levels in (64, 65, 5_000):
        payload = f"<{root}>" + "<a>" * (levels - 1) + "</a>" * (levels - 1) + f"</{root}>"
        assert (read(name, payload.encode()).code == "payload.too-deep") == (levels > 64)


@pytest.mark.parametrize("name", NAMES)
def test_no_refusal_shows_what_a_cell_holds(name: str) -> None:
    marked = as_json({"secret": "planté-42", "x": ["planté-42"]})
    for payload in (marked, marked[:-2], "planté-42\0".encode(), "a,b\nplanté-42\n".encode()):
        outcome = read(name, payload)
        said = [str(finding) for finding in (*outcome.refused, *outcome.warnings, outcome.refusal)]
        assert not any("42" in words for words in said)


def test_what_is_no_zip_is_no_feed() -> None:
    assert read("gtfs", b"agency_id\nA\n").code == "payload.zip"
