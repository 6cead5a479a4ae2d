"""The three writings say the same, in the same bytes anywhere, and break on no word that a declaration may hold."""

import pickle
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS

from catalog.declaration import DatasetDeclaration, HighValue, Kind, Theme, read_dataset
from catalog.metadata.authorities import (
    CATEGORIES,
    CONTINUAL,
    FILE_TYPES,
    FREQUENCIES,
    IRREGULAR,
    RHYTHMS,
    THEMES,
)
from catalog.metadata.conformity import faults
from catalog.metadata.dcat_catalog import Listing, catalogue_graph, whole_graph
from catalog.metadata.dcat_dataset import graph_of
from catalog.metadata.dcat_pen import DCAT, HYDRA, PREFIXES, Pen
from catalog.metadata.dcat_text import document, fragment
from catalog.metadata.record import Desk, Record, Standard
from catalog.metadata.recording import Edition, described
from catalog.metadata.writings import Page, Writing
from charter.vocabulary import Licence
from eclor.names import Period
from eclor.sentences.metadata import FORMATS
from tests.serving import POINTS, SERIES
from tests.unit.catalog.metadata.recorded import ORIGIN, high_value
from tests.unit.catalog.publish.released import TERRITORY

PARSERS = {Writing.TURTLE: "turtle", Writing.JSON_LD: "json-ld", Writing.RDF_XML: "xml"}
AWKWARD = '"""Déchets" & <b>ordures</b>\n@prefix x: <y> .\n\\ « œ » 🗑'
HASHED = """
import pickle, sys
from hashlib import sha256
from catalog.metadata.dcat_dataset import graph_of
from catalog.metadata.dcat_text import document, fragment
from catalog.metadata.writings import Writing
graph = graph_of(pickle.load(sys.stdin.buffer), "https://donnees.exemple.invalid")
print(*(sha256(document([fragment(graph, writing)], writing)).hexdigest() for writing in Writing))
"""


def written(record: Record) -> dict[Writing, bytes]:
    graph = graph_of(record, ORIGIN)
    return {writing: document([fragment(graph, writing)], writing) for writing in Writing}


def parsed(text: bytes, writing: Writing) -> Graph:
    return Graph().parse(data=text, format=PARSERS[writing])


@pytest.mark.parametrize("slug", [SERIES, POINTS])
def test_the_three_writings_say_what_the_graph_says(records: dict[str, Record], slug: str) -> None:
    plain = Graph().parse(data=graph_of(records[slug], ORIGIN).serialize(format="nt"), format="nt")
    for writing, text in written(records[slug]).items():
        assert isomorphic(parsed(text, writing), plain), writing


def test_awkward_words_and_addresses_break_no_writing(records: dict[str, Record]) -> None:
    record = replace(
        records[SERIES],
        titles={"fr": AWKWARD},
        descriptions={"fr": AWKWARD},
        keywords={"fr": (AWKWARD,)},
        conforms_to=Standard("https://exemple.invalid/schéma d'été/<1>", AWKWARD),
        contact=Desk(AWKWARD, "a<b>é@exemple.invalid", "/contact été"),
    )
    graphs = [parsed(text, writing) for writing, text in written(record).items()]
    assert all(isomorphic(graph, graphs[0]) for graph in graphs)
    (title,) = graphs[0].objects(URIRef(ORIGIN + record.path), DCTERMS.title)
    assert (str(title), faults(whole_graph(record, ORIGIN))) == (AWKWARD, ())


ODD = ("a", "a.b", "a/b", "", "1a", "-a", "é", "a%20b", "a-b_c", "a,b")


def test_turtle_says_any_name_and_value() -> None:
    """Names that no prefix may stand before, blank nodes, literals of every kind, several values of a property."""
    graph, blank, xsd = Pen.on_a_new_page(ORIGIN).graph, BNode("b1"), PREFIXES["xsd"]
    for name in ODD:
        graph.add((URIRef(f"{ORIGIN}/{name}"), RDF.type, URIRef(f"{DCAT}{name}")))
        graph.add((blank, URIRef(f"{DCTERMS}{name}"), URIRef(f"{xsd}{name}")))
    values = [
        Literal("a"),
        Literal("a", lang="fr"),
        Literal("1", datatype=xsd.decimal),
        Literal(True),
        Literal("x^^<y>"),
    ]
    values += [Literal("z", datatype=URIRef("https://exemple.invalid/kind")), Literal("2", datatype=xsd.integer), blank]
    for value in values:
        graph.add((URIRef(ORIGIN), DCTERMS.title, value))
    text = document([fragment(graph, Writing.TURTLE)], Writing.TURTLE)
    assert isomorphic(parsed(text, Writing.TURTLE), graph)
    assert b" a dcat:a-b_c ." in text
    assert b'"1"^^xsd:decimal' in text


@example(words='\u2028\u2029 \\u0041 \r\n"""')
@given(words=st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")) | st.sampled_from("\n\t\r"), min_size=1))
@settings(max_examples=12, deadline=None)
def test_any_words_are_the_same_in_the_three_writings(records: dict[str, Record], words: str) -> None:
    record = replace(records[POINTS], titles={"fr": words}, keywords={"fr": (words,)}, distributions=())
    told = {
        writing: {str(title) for title in parsed(text, writing).objects(URIRef(ORIGIN + record.path), DCTERMS.title)}
        for writing, text in written(record).items()
    }
    assert told == {writing: {words} for writing in Writing}


def test_what_xml_cannot_hold_breaks_no_document(records: dict[str, Record]) -> None:
    record = replace(records[POINTS], titles={"fr": "a\x0b\x00b\uffff"})
    for writing, text in written(record).items():
        assert len(parsed(text, writing)) > 100


def test_another_process_writes_the_same_bytes(records: dict[str, Record]) -> None:
    seen = {
        subprocess.run(
            [sys.executable, "-c", HASHED],
            check=True,
            capture_output=True,
            input=pickle.dumps(records[SERIES]),
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert seen == {b" ".join(sha256(text).hexdigest().encode() for text in written(records[SERIES]).values()) + b"\n"}


def test_a_page_is_its_datasets_under_one_head(records: dict[str, Record]) -> None:
    shown = [*records.values()]
    listing = Listing(shown[0].publisher, shown, 2, 3, 201, shown[0].issued, shown[0].modified, ".ttl")
    for writing in Writing:
        graphs = [catalogue_graph(listing, ORIGIN), *(graph_of(record, ORIGIN) for record in shown)]
        page = parsed(document([fragment(graph, writing) for graph in graphs], writing), writing)
        assert len({*page.objects(None, DCAT.dataset)} & {*page.subjects(RDF.type, DCAT.Dataset)}) == len(shown)
        view = URIRef(f"{ORIGIN}/catalog.ttl?page=2")
        around = [page.value(view, relation) for relation in (HYDRA.first, HYDRA.previous, HYDRA.next, HYDRA.last)]
        assert [str(address) for address in around] == [
            f"{ORIGIN}/catalog.ttl{query}" for query in ("", "", "?page=3", "?page=3")
        ]


def test_pages_hold_every_dataset_once() -> None:
    for total in (0, 1, 99, 100, 101, 250):
        numbers = range(1, Page.count(total) + 1)
        held = [one for number in numbers for one in Page(number, Writing.TURTLE).of(range(total))]
        assert held == [*range(total)]


def test_every_word_that_may_be_declared_has_its_word_in_the_european_tables(records: dict[str, Record]) -> None:
    assert ({*THEMES}, {*CATEGORIES}) == ({*Theme}, {*HighValue})
    for licence in Licence:
        assert faults(whole_graph(replace(high_value(records), licence=licence), ORIGIN)) == ()
    assert {file.media_type for record in records.values() for file in record.distributions} <= {*FILE_TYPES}
    assert all(file.file_name in FORMATS for record in records.values() for file in record.distributions)


@pytest.mark.parametrize(
    ("kind", "words", "periods", "term"),
    [
        (Kind.SERIES, "tous les trois ans", ("2025",), "TRIENNIAL"),
        (Kind.SERIES, "quand le comité se réunit", ("2025",), "ANNUAL"),
        (Kind.SERIES, "chaque mois", ("2026-10",), "MONTHLY"),
        (Kind.SNAPSHOT, "Chaque jour", (), "DAILY"),
        (Kind.SNAPSHOT, "à chaque livraison", (), "IRREG"),
        (Kind.LIVE, "toutes les heures", (), "UPDATE_CONT"),
    ],
)
def test_a_rhythm_is_told_as_it_was_declared(
    records: dict[str, Record], kind: Kind, words: str, periods: tuple[str, ...], term: str
) -> None:
    points = records[POINTS]
    declared = read_dataset(TERRITORY / "datasets" / f"{POINTS}.yaml")
    assert isinstance(declared, DatasetDeclaration)
    edition = Edition(
        number=1,
        published_at=points.modified,
        issued=points.issued,
        licence=points.licence,
        periods=tuple(map(Period, periods)),
        rows=1,
        columns=(),
        files=(),
        policy_version=1,
        note="",
    )
    said = declared.model_copy(update={"kind": kind, "frequency": words})
    record = replace(described(said, edition, points.publisher), distributions=points.distributions)
    assert record.frequency.rpartition("/")[2] == term
    assert faults(whole_graph(record, ORIGIN)) == ()


def test_every_rhythm_that_words_name_is_in_the_european_table(records: dict[str, Record]) -> None:
    for term in {*RHYTHMS.values(), *FREQUENCIES.values(), CONTINUAL, IRREGULAR}:
        assert faults(whole_graph(replace(records[SERIES], frequency=term), ORIGIN)) == (), term


def test_a_changed_fact_changes_the_bytes(records: dict[str, Record]) -> None:
    record = records[SERIES]
    before = {sha256(text).digest() for text in written(record).values()}
    after = {sha256(text).digest() for text in written(replace(record, version=record.version + 1)).values()}
    assert before.isdisjoint(after)
