"""The catalogue itself, page by page (Hydra): each page repeats its node and lists its own datasets whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rdflib import XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from catalog.metadata.authorities import AUTHORITY
from catalog.metadata.dcat_dataset import graph_of, language, licence, place, publisher, record_path, service_path
from catalog.metadata.dcat_pen import DCAT, HYDRA, Pen, instant
from catalog.metadata.record import Publisher, Record, Refusal
from charter.vocabulary import Licence
from eclor.sentences.metadata import WORDS

PATH: Final = "/catalog"


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the catalogue. `issued` and `modified` are those of the whole; `ending` is that of its address."""

    publisher: Publisher
    records: Sequence[Record | Refusal]
    page: int
    pages: int
    total: int
    issued: datetime | None
    modified: datetime | None
    ending: str

    def address(self, page: int) -> str:
        """Return the path of a page in this representation; the first has no number."""
        return f"{PATH}{self.ending}" + (f"?page={page}" if page > 1 else "")


def catalogue_graph(listing: Listing, origin: str) -> Graph:
    """Return the catalogue's node and the view that this page is; its datasets are written beside."""
    pen = Pen.on_a_new_page(origin)
    node = pen.typed(pen.iri(PATH), DCAT.Catalog, HYDRA.Collection)
    _describe(pen, node, listing)
    for record in listing.records:
        pen.add(node, (DCAT.dataset, pen.iri(record.path)), (DCAT.record, pen.iri(record_path(record))))
        if isinstance(record, Record):
            pen.add(node, (DCAT.service, pen.iri(service_path(record))))
    pen.add(node, (HYDRA.totalItems, Literal(listing.total, datatype=XSD.integer)), (HYDRA.view, _view(pen, listing)))
    return pen.graph


def whole_graph(record: Record | Refusal, origin: str) -> Graph:
    """Return a catalogue of one dataset, whole: what is held to the profile before a version of it is named."""
    issued = record.issued if isinstance(record, Record) else None
    alone = Listing(record.publisher, [record], 1, 1, 1, issued, record.modified, "")
    graph = graph_of(record, origin)
    for statement in catalogue_graph(alone, origin):
        graph.add(statement)
    return graph


def _describe(pen: Pen, node: URIRef, listing: Listing) -> None:
    of = listing.publisher
    facts = {"name": of.name, "presentation": of.presentation}
    for predicate, name in ((DCTERMS.title, "catalogue"), (DCTERMS.description, "catalogue-description")):
        pen.texts(node, predicate, {code: text.format(**facts) for code, text in WORDS[name].items()})
    themes = pen.typed(URIRef(f"{AUTHORITY}/data-theme"), SKOS.ConceptScheme)
    pen.texts(themes, DCTERMS.title, WORDS["themes"])
    pen.add(
        node,
        (DCTERMS.identifier, Literal(str(node))),
        (DCTERMS.publisher, publisher(pen, of)),
        (DCTERMS.language, language(pen)),
        (DCTERMS.license, licence(pen, Licence.LICENCE_OUVERTE)),
        (DCTERMS.spatial, place(pen, of.place)),
        (FOAF.homepage, pen.document("/")),
        (DCAT.themeTaxonomy, themes),
    )
    for predicate, moment in ((DCTERMS.issued, listing.issued), (DCTERMS.modified, listing.modified)):
        if moment is not None:
            pen.add(node, (predicate, instant(moment)))


def _view(pen: Pen, listing: Listing) -> URIRef:
    view = pen.typed(pen.iri(listing.address(listing.page)), HYDRA.PartialCollectionView)
    pen.add(view, (HYDRA.first, pen.iri(listing.address(1))), (HYDRA.last, pen.iri(listing.address(listing.pages))))
    if listing.page > 1:
        pen.add(view, (HYDRA.previous, pen.iri(listing.address(listing.page - 1))))
    if listing.page < listing.pages:
        pen.add(view, (HYDRA.next, pen.iri(listing.address(listing.page + 1))))
    return view
