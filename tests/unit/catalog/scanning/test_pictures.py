"""Who took a picture, where and with which device is seen in whatever holds it."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.scanning.documents import in_document
from catalog.scanning.found import Metadata, Trace
from catalog.scanning.images import in_image
from eclor.errors import PayloadRefused
from tests import pictures
from tests.pictures import (
    ARTIST,
    EXIF_DIRECTORY,
    GPS,
    OWNER,
    SERIAL,
    boxed,
    exif_jpeg,
    heic,
    jpeg,
    pdf,
    png,
    tiff,
    webp,
)

NAME = "Solveig Quettier"
CLEAN = {pictures.DESCRIPTION: "Place de la mairie"}


def seen(found: Metadata) -> set[Trace]:
    return {trace for traces in found.traces.values() for trace in traces}


@pytest.mark.parametrize(
    ("content", "traces"),
    [
        (exif_jpeg(GPS), {Trace.POSITION}),
        (exif_jpeg({ARTIST: NAME}), {Trace.AUTHOR}),
        (exif_jpeg({EXIF_DIRECTORY: {OWNER: NAME, SERIAL: "0420"}}), {Trace.AUTHOR, Trace.DEVICE}),
        (exif_jpeg({EXIF_DIRECTORY: {pictures.MAKER_NOTE: b"Nikon\0secret"}}), {Trace.MAKER_NOTE}),
        (exif_jpeg({ARTIST: "Mairie de la commune"}), set()),
        (exif_jpeg({ARTIST: "Adobe Photoshop"}), set()),
        (exif_jpeg(CLEAN), set()),
        (jpeg(), set()),
        (jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\0" + pictures.xmp_creator(NAME))), {Trace.AUTHOR}),
        (jpeg((0xE1, pictures.xmp("<exif:GPSLatitude>49,28N</exif:GPSLatitude>"))), {Trace.POSITION}),
        (pictures.iptc_jpeg(80, NAME), {Trace.AUTHOR}),
        (pictures.iptc_jpeg(120, NAME), set()),
        (tiff(GPS), {Trace.POSITION}),
        (webp(GPS), {Trace.POSITION}),
        (webp({ARTIST: NAME}), {Trace.AUTHOR}),
        (heic({ARTIST: NAME} | GPS), {Trace.AUTHOR, Trace.POSITION}),
        (heic({ARTIST: NAME} | GPS, mark=b""), {Trace.AUTHOR, Trace.POSITION}),
        (png((b"eXIf", tiff(GPS))), {Trace.POSITION}),
        (png((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + pictures.xmp_creator(NAME))), {Trace.AUTHOR}),
        (
            png((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(pictures.xmp_creator(NAME)))),
            {Trace.AUTHOR},
        ),
        (png(), set()),
    ],
    ids=lambda each: str(len(each)) if isinstance(each, bytes) else "-".join(sorted(each)) or "clean",
)
def test_a_picture_tells_what_it_holds(content: bytes, traces: set[Trace]) -> None:
    assert seen(in_image(content, name="photo")) == traces


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (exif_jpeg(CLEAN), "Place de la mairie"),
        (jpeg((0xE1, pictures.xmp('<rdf:Description dc:description="vue par Solveig"/>'))), "vue par Solveig"),
        (jpeg((0xFE, b"par Solveig")), "par Solveig"),
        (png((b"tEXt", b"Author\0Solveig Quettier")), "Author : Solveig Quettier"),
        (png((b"zTXt", b"Comment\0\0" + zlib.compress(b"au 06"))), "Comment : au 06"),
        (pictures.iptc_jpeg(120, "au marché"), "au marché"),
    ],
    ids=lambda each: str(each)[-12:],
)
def test_what_someone_wrote_goes_to_the_gate(content: bytes, text: str) -> None:
    assert text in [written for _, written in in_image(content, name="photo").texts]


AUTHOR_HEX = "Élise".encode("utf-16").hex().encode()


@pytest.mark.parametrize(
    ("content", "traces"),
    [
        (pdf(b"/Author (Solveig Quettier)"), {Trace.AUTHOR}),
        (pdf(b"/Author (Solveig \\(DGS\\) Quettier)"), {Trace.AUTHOR}),
        (pdf(b"/Author (Solveig (DGS) Quettier)"), {Trace.AUTHOR}),
        (pdf(b"/Author<" + AUTHOR_HEX + b">"), {Trace.AUTHOR}),
        (pdf(b"/Author 9 0 R", more=b"9 0 obj (Solveig Quettier) endobj\n"), {Trace.AUTHOR}),
        (pdf(b"/Author 9 0 R", more=b"9 0 obj () endobj\n9 0 obj (Solveig Quettier) endobj\n"), {Trace.AUTHOR}),
        (pdf(b"/Author (Solveig (DGS (Thil)) Quettier)"), {Trace.AUTHOR}),
        (pdf(b"/Author (Solveig Quettier)", packed=True), {Trace.AUTHOR}),
        (pdf(b"/Producer (LibreOffice)", more=pictures.xmp_creator(NAME)), {Trace.AUTHOR}),
        (pdf(b"", more=b"4 0 obj <<>> stream\n" + exif_jpeg(GPS) + b"\nendstream\n"), {Trace.POSITION}),
        (pdf(b"/Author (Mairie)/Title (Budget)"), set()),
        (pdf(b"/Author ()"), set()),
        (pdf(b""), set()),
    ],
    ids=str,
)
def test_a_document_tells_what_it_holds(content: bytes, traces: set[Trace]) -> None:
    assert seen(in_document(content, name="acte")) == traces


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(b"", more=b"5 0 obj <</Encrypt 6 0 R>> endobj"), "scan.pdf-locked"),
        (pdf(b"", more=b"5 0 obj <</Type /EmbeddedFile>> stream\na,b\nendstream endobj"), "scan.pdf-attachment"),
        (pdf(b"", more=b"5 0 obj <</Type /Filespec /F (a.csv) /EF <</F 6 0 R>>>> endobj"), "scan.pdf-attachment"),
        (pdf(b"/EmbeddedFiles 8 0 R", packed=True), "scan.pdf-attachment"),
        (pdf(b"/Author 9 0 R"), "scan.pdf"),
        (pdf(b"/Author (a (b (c (Solveig Quettier))))"), "scan.pdf"),
        (pdf(b"/Author (Solveig Quettier)", packed=True).replace(b"\x78\x9c", b"\x78\x00"), "scan.pdf"),
        (pdf(b"/Author (Solveig Quettier)", packed=True).replace(b"/FlateDecode", b"/LZWDecode"), "scan.pdf"),
        (pdf(b"/A 1", packed=True).replace(b"/FlateDecode", b"/FlateDecode/Predictor 12"), "scan.pdf"),
        (pdf(b"", more=b"stream\n" * 40_000), "scan.pdf"),
        (pdf(b"", more=pictures.xmp("<dc:creator>")), "payload.xml-syntax"),
    ],
    ids=str,
)
def test_a_document_that_hides_something_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(PayloadRefused) as refusal:
        in_document(content, name="acte")
    assert refusal.value.code == code


@pytest.mark.parametrize(
    "content",
    [
        tiff(GPS)[:40],
        exif_jpeg(GPS)[:60],
        png((b"eXIf", tiff(GPS)[:30])),
        b"MM\0+\0\x08\0\0" + b"\0" * 20,
        png()[:40],
        boxed(b"\0\0\0\0MM\0*\0\0\0\x09"),
    ],
)
def test_damaged_metadata_are_refused(content: bytes) -> None:
    with pytest.raises(PayloadRefused) as refusal:
        in_image(content, name="photo")
    assert refusal.value.code == "scan.image"


def chained(directories: int) -> bytes:
    """A TIFF structure of so many pages, the last of which says where it was taken."""
    body = b"MM\0*" + struct.pack(">I", 8)
    for _ in range(directories - 1):
        body += struct.pack(">HI", 0, len(body) + 6)
    return body + tiff(GPS, at=len(body))[8:]


def test_the_last_page_of_many_is_looked_at_or_refused() -> None:
    assert seen(in_image(chained(100), name="photo")) == {Trace.POSITION}
    with pytest.raises(PayloadRefused):
        in_image(chained(2_000), name="photo")


def test_values_that_lie_one_upon_the_other_are_refused() -> None:
    entries, text = 200, b"a" * 100_000
    entry = struct.pack(">HHII", pictures.DESCRIPTION, 2, len(text), 8 + 2 + 12 * entries + 4)
    content = b"MM\0*" + struct.pack(">IH", 8, entries) + entry * entries + b"\0\0\0\0" + text
    with pytest.raises(PayloadRefused):
        in_image(content, name="photo")


def test_directories_that_lead_to_themselves_end() -> None:
    looped = bytearray(tiff({ARTIST: NAME}))
    looped[8 + 2 + 12 : 8 + 2 + 12 + 4] = (8).to_bytes(4, "big")
    assert seen(in_image(bytes(looped), name="photo")) == {Trace.AUTHOR}


@given(st.sampled_from([tiff(GPS | {ARTIST: NAME}), exif_jpeg(GPS), png((b"eXIf", tiff(GPS))), webp(GPS)]), st.data())
def test_damage_is_refused_or_read(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + data.draw(st.binary(max_size=3)) + content[at + data.draw(st.integers(0, 3)) :]
    assert outcome(damaged) in {"scan.image", "read"}


def outcome(content: bytes) -> str:
    try:
        in_image(content, name="photo")
    except PayloadRefused as refusal:
        return refusal.code
    return "read"
