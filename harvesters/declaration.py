"""Door 1: a territory's declaration becomes a `Source`, here and nowhere else."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

import rfc8785
from pydantic import BaseModel, ValidationError

from eclor.errors import DeclarationRefused, Place
from eclor.names import FieldName, Sha256, Slug, SourceName
from harvesters import hindsight, protocols, transport
from harvesters.boxes import read_box
from harvesters.declared import EXPECTED, KEYS, DeclaredColumn, DeclaredFlow, DeclaredPoint, DeclaredSource
from harvesters.source import ExpectedUnit, Kept, MappedColumn, Source, key_columns
from harvesters.strict_yaml import Document, Location, read_document
from harvesters.written import forms_of

INTAKE_OPTIONS: Final = ("cle", "fin_de_ligne")
"""Options that intake itself reads: `cle`, the columns (comma between) that tell one row from another; `fin_de_ligne:
facultative`, a table whose last line has no end is not held for cut."""

Shaped = TypeVar("Shaped", bound=BaseModel)
"""The shape of a kind of file."""
_HOURS: Final = {"minute": 1 / 60, "heure": 1, "jour": 24, "semaine": 168, "moi": 720, "an": 8760}
"""A poll every month or year means every 30 or 365 days."""
_COUNT: Final = re.compile("[1-9][0-9]{0,6}")
_NAMED: Final = re.compile(r"\{([^{}]*)\}")


def read_declaration(file: Path, *, endpoints: Mapping[str, str] | None) -> tuple[Source, ...]:
    """Read one `sources/S.yaml`, a source a flow; `endpoints` fill `{name}` in addresses, None where nobody is asked.

    Refuses (`DeclarationRefused`, with `file:line:column` and the cure) what is not strict YAML, an unknown key,
    protocol, access, option or endpoint, a column twice, two flows of a dataset with different columns.
    """
    document = read_document(file)
    declared = checked(document, DeclaredSource, KEYS)
    digest = Sha256(hashlib.sha256(rfc8785.dumps(dict(document.plain))).hexdigest())  # type: ignore[arg-type]
    sources = []
    for number, flow in enumerate(declared.flows):
        _check_flow(flow, document, ("flux", number))
        endpoint = _filled(flow.address, endpoints, place=document.place(("flux", number, "adresse")))
        sources.append(_source(declared, flow, digest=digest, endpoint=endpoint, file=document.file))
    _check_same_columns(sources, document)
    return tuple(sources)


def read_declared(file: Path) -> DeclaredSource:
    """Read one `sources/S.yaml` as people wrote it, its parsers not loaded. Refuses a wrong shape."""
    return checked(read_document(file), DeclaredSource, KEYS)


def checked(document: Document, shape: type[Shaped], keys: Mapping[str, tuple[str, ...]]) -> Shaped:
    """Return a document as its closed shape. Refuses (`DeclarationRefused`) its first fault; `keys` are its blocks'."""
    try:
        return shape.model_validate(document.plain)
    except ValidationError as error:
        faults = [(fault["type"], tuple(fault["loc"])) for fault in error.errors(include_input=False)]
    located = [(document.place(location), kind, location) for kind, location in faults]
    # A misspelt key is also missing: the misspelling is what to say.
    place, kind, location = min(located, key=lambda fault: (fault[1] == "missing", fault[0]))
    raise _shape_refusal(kind, location, place=place, keys=keys)


def _shape_refusal(
    kind: str, location: Location, *, place: Place, keys: Mapping[str, tuple[str, ...]]
) -> DeclarationRefused:
    names = [step for step in location if isinstance(step, str) and step != "[key]"]
    key, block = names[-1], names[-2] if len(names) > 1 else ""
    if kind == "extra_forbidden":
        return unknown("key", key, keys[block], place=place)
    if kind == "missing":
        return DeclarationRefused("declaration.missing-key", place=place, key=key)
    return _wrong_value(key, place=place, expected_key=block if block == "options" else key)


def _wrong_value(key: str, *, place: Place, expected_key: str = "") -> DeclarationRefused:
    fr, en = EXPECTED.get(expected_key or key, ("un texte", "a text"))
    return DeclarationRefused("declaration.wrong-value", place=place, key=key, expected_fr=fr, expected_en=en)


def unknown(what: str, asked: str, known: Iterable[str], *, place: Place) -> DeclarationRefused:
    """Return the refusal of a word that is not among `known`, naming the nearest one if any is near."""
    known = tuple(known)
    near = get_close_matches(asked, known, n=1)
    code = f"declaration.unknown-{what}" + ("-near" if near else "")
    return DeclarationRefused(code, place=place, asked=asked, near="".join(near), known=", ".join(known))


def _filled(address: str, endpoints: Mapping[str, str] | None, *, place: Place) -> str:
    if endpoints is None:
        return address
    for name in _NAMED.findall(address):
        if name not in endpoints:
            raise unknown("endpoint", name, endpoints, place=place)
    return _NAMED.sub(lambda named: endpoints[named[1]].rstrip("/"), address)


def source_of_point(point: DeclaredPoint, *, access: str) -> Source:
    """Return a public endpoint as the source that it would be, of no column: what asks it once takes nothing in."""
    flow = DeclaredFlow.model_construct(
        dataset=point.point,
        protocol=point.protocol,
        access=access,
        address=point.address,
        every="1 jour",
        secret=point.secret,
        options=point.options,
        columns=[],
        kept=[],
    )
    declared = DeclaredSource.model_construct(
        source=point.point, title=point.title, operator=point.operator, simulated="non", flows=[flow]
    )
    return _source(declared, flow, digest=Sha256("0" * 64), endpoint=point.address, file=f"{point.point}.yaml")


def _source(declared: DeclaredSource, flow: DeclaredFlow, *, digest: Sha256, endpoint: str, file: str) -> Source:
    return Source(
        name=SourceName(declared.source),
        title=declared.title,
        operator=declared.operator,
        dataset=Slug(flow.dataset),
        flow=flow.identifier,
        protocol=flow.protocol,
        access=flow.access,
        endpoint=endpoint,
        credential=flow.secret,
        every=interval(flow.every),
        columns=tuple(_column(column) for column in flow.columns),
        kept=_kept(flow),
        options=MappingProxyType(dict(flow.options)),
        simulated=declared.simulated == "oui",
        digest=digest,
        file=file,
    )


def _kept(flow: DeclaredFlow) -> tuple[Kept, ...]:
    """Return the selections, those that withdraw first: whoever they leave out is noted, whatever the others say."""
    selections = (Kept(kept.path, tuple(kept.values), kept.withdraws or "") for kept in flow.kept)
    return tuple(sorted(selections, key=lambda kept: not kept.withdraws))


def _column(declared: DeclaredColumn) -> MappedColumn:
    return MappedColumn(
        name=FieldName(declared.name),
        path=declared.path,
        type=declared.type,
        decimals=declared.decimals or 0,
        times=declared.times,
        per=declared.per,
        written=declared.written or "",
        first_year=hindsight.first_year(declared),
        past=hindsight.is_past(declared),
        empties=frozenset(text.strip() for text in declared.empties or ()),
        optional=declared.optional == "oui",
        unit=ExpectedUnit(declared.unit.path, declared.unit.value) if declared.unit else None,
        codes=tuple(declared.codes or ()),
        box=None if declared.box is None else read_box(declared.box),
    )


def interval(text: str) -> timedelta:
    """Return how often « 10 minutes » is."""
    count, unit = text.split(" ")
    return timedelta(hours=int(count) * _HOURS[unit.removesuffix("s")])


def _check_flow(flow: DeclaredFlow, document: Document, location: Location) -> None:
    protocol_place = document.place((*location, "protocole"))
    if flow.protocol not in protocols.PROTOCOLS:
        raise unknown("protocol", flow.protocol, protocols.PROTOCOLS, place=protocol_place)
    access_place = document.place((*location, "acces"))
    if flow.access not in transport.TRANSPORTS:
        raise unknown("access", flow.access, transport.TRANSPORTS, place=access_place)
    protocol, access = protocols.load(flow.protocol, place=protocol_place), transport.load(flow.access)
    options = sorted({*protocol.options, *access.options, *INTAKE_OPTIONS})
    for option in flow.options:
        if option not in options:
            raise unknown("option", option, options, place=document.place((*location, "options", option)))
        known = access.words.get(option, (flow.options[option],))
        if flow.options[option] not in known:
            place = document.place((*location, "options", option))
            raise unknown("word", flow.options[option], known, place=place)
        if option in access.numbers and not _COUNT.fullmatch(flow.options[option]):
            raise _wrong_value(option, place=document.place((*location, "options", option)))
    _check_columns(flow, document, location)


def _check_columns(flow: DeclaredFlow, document: Document, location: Location) -> None:
    seen: set[str] = set()
    for number, column in enumerate(flow.columns):
        place = document.place((*location, "colonnes", number, "nom"))
        if column.name in seen:
            raise DeclarationRefused("declaration.column-twice", place=place, column=column.name)
        seen.add(column.name)
        if (code := _fault(column)) is not None:
            fitting = ", ".join(f'"{example}"' for example in forms_of(column.type))
            raise DeclarationRefused(code, place=place, column=column.name, fitting=fitting)
    _check_named(flow, seen, document, location)


def _fault(column: DeclaredColumn) -> str | None:
    """Return the code of what does not go together in a column, if anything does not."""
    is_placed = column.type in {"position", "geometrie"}
    faults = {
        "declaration.decimals": (column.type == "decimal") != (column.decimals is not None),
        "declaration.codes": bool(column.codes) and column.type != "code",
        "declaration.box": column.box is not None and (not is_placed or read_box(column.box) is None),
        "declaration.factor": (column.times, column.per) != (1, 1) and column.type not in {"entier", "decimal"},
        "declaration.written": column.written is not None and column.written not in forms_of(column.type),
    }
    return next((code for code, is_there in faults.items() if is_there), None) or hindsight.fault(column)


def _check_named(flow: DeclaredFlow, columns: set[str], document: Document, location: Location) -> None:
    """Check the columns that are named outside the map: `cle` and `instant` (a subscription needs both), `retirer`."""
    options = (*location, "options")
    if "abonnement" in flow.options and not {"cle", "instant"} <= flow.options.keys():
        raise DeclarationRefused("declaration.subscription-alone", place=document.place((*options, "abonnement")))
    named: list[tuple[str, Location]] = [(key, (*options, "cle")) for key in key_columns(flow.options)]
    for at, kept in enumerate(flow.kept):
        named += [(kept.withdraws, (*location, "garder", at, "retirer"))] if kept.withdraws else []
    for name, where in named:
        if name not in columns:
            raise unknown("key-column", name, sorted(columns), place=document.place(where))
    instants = sorted(column.name for column in flow.columns if column.type == "date-heure")
    if (instant := flow.options.get("instant")) is not None and instant not in instants:
        raise unknown("key-column", instant, instants, place=document.place((*options, "instant")))


def _check_same_columns(sources: Iterable[Source], document: Document) -> None:
    first: dict[Slug, set[tuple[str, str, int]]] = {}
    for number, source in enumerate(sources):
        columns: set[tuple[str, str, int]] = {(column.name, column.type, column.decimals) for column in source.columns}
        if first.setdefault(source.dataset, columns) != columns:
            place = document.place(("flux", number, "colonnes"))
            raise DeclarationRefused("declaration.columns-differ", place=place, dataset=source.dataset)
