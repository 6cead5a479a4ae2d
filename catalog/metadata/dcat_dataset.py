"""A record as DCAT-AP 3.0.1 says it: the dataset, its files, the service that gives its rows, its catalogue record.

A high-value dataset (annex of DCAT-AP for regulation (EU) 2023/138) says so on itself, on each file and on the service.
"""

from datetime import datetime
from typing import Final
from urllib.parse import quote

from rdflib import RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, SKOS

from catalog.metadata.authorities import (
    AUTHORITY,
    CATEGORIES,
    HIGH_VALUE_LAW,
    HIGH_VALUE_SCHEME,
    LANGUAGES,
    MEDIA_TYPES,
    THEMES,
    Term,
)
from catalog.metadata.dcat_pen import ADMS, DCAT, DCATAP, ELI, GSP, SPDX, VCARD, Pen, instant
from catalog.metadata.dcat_quality import quality
from catalog.metadata.record import Desk, Distribution, Entry, Publisher, Record, Refusal
from charter.public_terms import LICENCE_TEXTS, NON_PUBLIC, PUBLIC
from charter.vocabulary import Licence
from eclor.sentences.metadata import WORDS

PROFILE: Final = "https://semiceu.github.io/DCAT-AP/releases/3.0.1/"
_LICENCE_TYPES: Final = "http://purl.org/adms/licencetype"
_ATTRIBUTION: Final = Term(f"{_LICENCE_TYPES}/Attribution", {"en": "Attribution"}, f"{_LICENCE_TYPES}/1.0")
_SHARE_ALIKE: Final = Term(
    f"{_LICENCE_TYPES}/ViralEffect-ShareAlike", {"en": "Viral effect (a.k.a. Share-alike)"}, f"{_LICENCE_TYPES}/1.0"
)
_PUBLIC_DOMAIN: Final = Term(f"{_LICENCE_TYPES}/PublicDomain", {"en": "Public domain"}, f"{_LICENCE_TYPES}/1.0")
_LICENCES: Final = {
    Licence.LICENCE_OUVERTE: ("Licence Ouverte / Open Licence version 2.0", _ATTRIBUTION),
    Licence.ODBL: ("Open Data Commons Open Database License (ODbL)", _SHARE_ALIKE),
    Licence.CC_BY: ("Creative Commons Attribution", _ATTRIBUTION),
    Licence.CC0: ("Creative Commons Zero", _PUBLIC_DOMAIN),
}
"""Licence → the title by which data.gouv.fr knows it, and its kind; total, a test holds it."""
_LOCAL_AUTHORITY: Final = Term(
    "http://purl.org/adms/publishertype/LocalAuthority",
    {"fr": "Collectivité locale", "en": "Local authority"},
    "http://purl.org/adms/publishertype/1.0",
)
_STABLE: Final = Term(f"{AUTHORITY}/planned-availability/STABLE", {"en": "stable"}, f"{AUTHORITY}/planned-availability")
_COMPLETED: Final = Term(
    f"{AUTHORITY}/distribution-status/COMPLETED", {"en": "completed"}, f"{AUTHORITY}/distribution-status"
)
_FRENCH: Final = URIRef(LANGUAGES["fr"])


def graph_of(record: Record | Refusal, origin: str) -> Graph:
    """Return all that the catalogue says of one dataset, served or not collected."""
    return _dataset_graph(record, origin) if isinstance(record, Record) else _refusal_graph(record, origin)


def _dataset_graph(record: Record, origin: str) -> Graph:
    """Return all that the catalogue says of one dataset, whole: no word is typed anywhere else."""
    pen = Pen.on_a_new_page(origin)
    dataset = pen.typed(pen.iri(record.path), DCAT.Dataset, DCAT.Resource)
    _describe(pen, dataset, record, access=PUBLIC)
    pen.texts(URIRef(PUBLIC), RDFS.label, WORDS["public"])
    _place(pen, dataset, record)
    _follow(pen, dataset, record)
    for file in record.distributions:
        pen.add(dataset, (DCAT.distribution, _distribution(pen, record, file)))
    _high_value(pen, record, dataset)
    quality(pen, dataset, record)
    _service(pen, record, dataset)
    _catalogue_record(pen, record, dataset, issued=record.issued)
    return pen.graph


def _refusal_graph(refusal: Refusal, origin: str) -> Graph:
    """Return what the catalogue says of a dataset that is not collected: what, why, and no file to take."""
    pen = Pen.on_a_new_page(origin)
    dataset = pen.typed(pen.iri(refusal.path), DCAT.Dataset, DCAT.Resource)
    _describe(pen, dataset, refusal, access=NON_PUBLIC)
    pen.texts(URIRef(NON_PUBLIC), RDFS.label, WORDS["not-public"])
    rights = pen.blank(f"{refusal.slug}-refusal", DCTERMS.RightsStatement)
    pen.texts(rights, RDFS.label, {code: f"{text} ({refusal.basis})" for code, text in refusal.reasons.items()})
    pen.add(
        dataset,
        (DCTERMS.rights, rights),
        (DCTERMS.spatial, place(pen, refusal.publisher.place)),
        (DCTERMS.modified, instant(refusal.modified)),
    )
    _catalogue_record(pen, refusal, dataset, issued=None)
    return pen.graph


def publisher(pen: Pen, of: Publisher) -> URIRef:
    """Return the territory as an agent, typed and named."""
    agent = pen.typed(pen.iri(of.path), FOAF.Agent, FOAF.Organization)
    pen.add(
        agent,
        (FOAF.name, Literal(of.name, lang="fr")),
        (FOAF.mbox, _mailbox(of.contact.email)),
        (FOAF.homepage, pen.document("/")),
        (DCTERMS.type, pen.term(_LOCAL_AUTHORITY)),
    )
    return agent


def licence(pen: Pen, of: Licence) -> URIRef:
    """Return a licence by its word in the EU table, with the title and the kind that readers look for."""
    title, kind = _LICENCES[of]
    document = pen.typed(URIRef(LICENCE_TEXTS[of]), DCTERMS.LicenseDocument)
    pen.add(document, (RDFS.label, Literal(title)), (DCTERMS.type, pen.term(kind)))
    relation = SKOS.exactMatch if of is Licence.CC_BY else SKOS.closeMatch if of is Licence.ODBL else SKOS.narrowMatch
    pen.add(document, (relation, URIRef(LICENCE_TEXTS[Licence.CC_BY])))
    return document


def language(pen: Pen) -> URIRef:
    """Return French, typed: the language of the data."""
    return pen.typed(_FRENCH, DCTERMS.LinguisticSystem)


def place(pen: Pen, iri: str) -> URIRef:
    """Return the territory's word in an authority table, typed."""
    return pen.typed(pen.iri(iri), DCTERMS.Location)


def _describe(pen: Pen, dataset: URIRef, record: Entry, *, access: str) -> None:
    agent = publisher(pen, record.publisher)
    pen.texts(dataset, DCTERMS.title, record.titles)
    pen.texts(dataset, DCTERMS.description, record.descriptions)
    for code, words in record.keywords.items():
        pen.add(dataset, *((DCAT.keyword, Literal(word, lang=code)) for word in words))
    pen.add(
        dataset,
        (DCTERMS.identifier, Literal(str(dataset))),
        (DCAT.theme, pen.term(THEMES[record.theme])),
        (DCTERMS.publisher, agent),
        (DCTERMS.creator, agent),
        (DCAT.contactPoint, _contact(pen, record.contact, f"{record.slug}-contact")),
        (DCTERMS.accessRights, pen.typed(URIRef(access), DCTERMS.RightsStatement)),
        (DCTERMS.language, language(pen)),
        (DCAT.landingPage, pen.document(record.path)),
        (FOAF.page, pen.document("/docs")),
    )


def _place(pen: Pen, dataset: URIRef, record: Record) -> None:
    """Say where and when: a box and a place's word, a period and a rhythm."""
    box = pen.blank(f"{record.slug}-box", DCTERMS.Location)
    pen.add(box, (DCAT.bbox, Literal(record.bounds.polygon, datatype=GSP.wktLiteral)))
    first, last = record.temporal
    period = pen.blank(f"{record.slug}-period", DCTERMS.PeriodOfTime)
    pen.add(
        period,
        (DCAT.startDate, Literal(first.isoformat(), datatype=XSD.date)),
        (DCAT.endDate, Literal(last.isoformat(), datatype=XSD.date)),
    )
    pen.add(
        dataset,
        (DCTERMS.spatial, box),
        (DCTERMS.spatial, place(pen, record.publisher.place)),
        (DCTERMS.temporal, period),
        (DCTERMS.accrualPeriodicity, pen.typed(URIRef(record.frequency), DCTERMS.Frequency)),
    )


def _follow(pen: Pen, dataset: URIRef, record: Record) -> None:
    """Say which version it is, where it comes from, which schema it follows."""
    origin = pen.blank(f"{record.slug}-provenance", DCTERMS.ProvenanceStatement)
    pen.texts(origin, RDFS.label, record.provenance)
    pen.add(
        dataset,
        (DCTERMS.issued, instant(record.issued)),
        (DCTERMS.modified, instant(record.modified)),
        (DCAT.version, Literal(str(record.version))),
        (DCTERMS.provenance, origin),
        (DCTERMS.conformsTo, _schema(pen, record)),
    )
    if record.version_note:
        pen.add(dataset, (ADMS.versionNotes, Literal(record.version_note, lang="fr")))


def _schema(pen: Pen, record: Record) -> URIRef:
    """Return the one schema that a harvester keeps: the common one if one is declared, else the dataset's own."""
    if record.conforms_to is None:
        return _own_schema(pen, record)
    standard = pen.typed(pen.iri(record.conforms_to.address), DCTERMS.Standard)
    pen.add(standard, (DCTERMS.title, Literal(record.conforms_to.title)))
    return standard


def _own_schema(pen: Pen, record: Record) -> URIRef:
    standard = pen.typed(pen.iri(record.schema_path), DCTERMS.Standard)
    pen.texts(standard, DCTERMS.title, {code: f"{WORDS['schema'][code]} : {record.title}" for code in ("fr",)})
    return standard


def _contact(pen: Pen, desk: Desk, name: str) -> BNode:
    kind = pen.blank(name, VCARD.Kind, VCARD.Organization)
    pen.add(
        kind,
        (VCARD.fn, Literal(desk.name)),
        (VCARD.hasEmail, _mailbox(desk.email)),
        (VCARD.hasURL, pen.document(desk.page)),
    )
    return kind


def _mailbox(email: str) -> URIRef:
    return URIRef(f"mailto:{quote(email, safe='@+')}")


def _distribution(pen: Pen, record: Record, file: Distribution) -> URIRef:
    node = pen.typed(pen.iri(f"{record.path}#{file.key}"), DCAT.Distribution)
    digest = pen.blank(f"{record.slug}-{file.key}-checksum", SPDX.Checksum)
    algorithm = pen.typed(SPDX.checksumAlgorithm_sha256, SPDX.ChecksumAlgorithm)
    pen.add(
        digest,
        (SPDX.algorithm, algorithm),
        (SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)),
    )
    rights = pen.blank(f"{record.slug}-{file.key}-rights", DCTERMS.RightsStatement)
    pen.texts(rights, RDFS.label, record.rights)
    pen.texts(node, DCTERMS.title, file.titles)
    pen.texts(node, DCTERMS.description, file.descriptions)
    pen.add(
        node,
        (DCTERMS.identifier, Literal(str(node))),
        (DCAT.accessURL, pen.document(record.path)),
        (DCAT.downloadURL, pen.iri(record.file_path(file.file_name))),
        (DCTERMS.format, pen.typed(URIRef(file.file_type), DCTERMS.MediaTypeOrExtent)),
        (DCAT.mediaType, pen.typed(URIRef(f"{MEDIA_TYPES}/{file.media_type}"), DCTERMS.MediaType)),
        (DCTERMS.license, licence(pen, record.licence)),
        (DCTERMS.rights, rights),
        (DCAT.byteSize, Literal(str(file.size_bytes), datatype=XSD.nonNegativeInteger)),
        (SPDX.checksum, digest),
        (DCTERMS.issued, instant(record.issued)),
        (DCTERMS.modified, instant(record.modified)),
        (DCTERMS.language, language(pen)),
        (DCTERMS.conformsTo, _own_schema(pen, record)),
        (DCATAP.availability, pen.term(_STABLE)),
        (ADMS.status, pen.term(_COMPLETED)),
    )
    _under_the_law(pen, record, node)
    return node


def _high_value(pen: Pen, record: Record, node: URIRef) -> None:
    """Say that it is of high value, and of which category; as themes too, for harvesters read it there."""
    for category in record.high_value:
        concept = pen.term(CATEGORIES[category])
        pen.add(node, (DCATAP.hvdCategory, concept), (DCAT.theme, concept))
    if record.high_value:
        scheme = pen.typed(URIRef(HIGH_VALUE_SCHEME), SKOS.ConceptScheme)
        pen.texts(scheme, DCTERMS.title, WORDS["high-value"])
    _under_the_law(pen, record, node)


def _under_the_law(pen: Pen, record: Record, node: URIRef) -> None:
    if record.high_value:
        pen.add(node, (DCATAP.applicableLegislation, pen.typed(URIRef(HIGH_VALUE_LAW), ELI.LegalResource)))


def _service(pen: Pen, record: Record, dataset: URIRef) -> None:
    """Describe where the rows are asked for; a service of this dataset alone, so that the law covers no other."""
    service = pen.typed(pen.iri(service_path(record)), DCAT.DataService)
    pen.texts(service, DCTERMS.title, {code: f"{WORDS['service'][code]} : {record.title}" for code in ("fr",)})
    pen.texts(service, DCTERMS.description, WORDS["service-description"])
    pen.add(
        service,
        (DCTERMS.identifier, Literal(str(service))),
        (DCAT.endpointURL, pen.iri(record.records_path)),
        (DCAT.endpointDescription, pen.iri("/openapi.json")),
        (DCAT.servesDataset, dataset),
        (DCTERMS.publisher, pen.iri(record.publisher.path)),
        (DCTERMS.license, licence(pen, record.licence)),
        (DCTERMS.accessRights, URIRef(PUBLIC)),
        (DCAT.contactPoint, _contact(pen, record.contact, f"{record.slug}-service-contact")),
        (DCAT.theme, pen.term(THEMES[record.theme])),
        (FOAF.page, pen.document("/docs")),
        (DCAT.landingPage, pen.document(record.path)),
    )
    _high_value(pen, record, service)


def _catalogue_record(pen: Pen, record: Entry, dataset: URIRef, *, issued: datetime | None) -> None:
    """Describe the description: its date, its profile (a dataset's own `conformsTo` is its table schema)."""
    entry = pen.typed(pen.iri(record_path(record)), DCAT.CatalogRecord)
    profile = pen.typed(URIRef(PROFILE), DCTERMS.Standard)
    pen.add(profile, (DCTERMS.title, Literal("DCAT-AP 3.0.1")))
    pen.add(
        entry,
        (FOAF.primaryTopic, dataset),
        *([(DCTERMS.issued, instant(issued))] if issued else []),
        (DCTERMS.modified, instant(record.modified)),
        (DCTERMS.conformsTo, profile),
        *((DCTERMS.language, pen.typed(URIRef(LANGUAGES[code]), DCTERMS.LinguisticSystem)) for code in record.titles),
    )


def service_path(record: Record) -> str:
    """Return what the service of a dataset's rows is known by."""
    return f"{record.path}#api"


def record_path(record: Entry) -> str:
    """Return what the catalogue's record of a dataset is known by."""
    return f"{record.path}#record"
