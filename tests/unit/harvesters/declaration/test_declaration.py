"""A territory's source declaration becomes sources, or is refused with its place and its cure."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from charter.vocabulary import FieldType
from eclor.errors import DeclarationRefused
from harvesters.declaration import read_declaration
from harvesters.declared import FIELD_TYPES
from harvesters.source import ExpectedUnit, Kept

GOOD = """\
source: barrieres
titre: Barrières
exploitant: Service déchets
simule: oui
flux:
  - jeu: passages
    protocole: csv
    acces: depot
    adresse: "{depot}/passages"
    toutes_les: 10 minutes
    secret: nom-du-secret
    options: {delimiteur: ",", cle: "badge, vu_a"}
    colonnes:
      - {nom: badge, chemin: numero, type: code}
      - {nom: vu_a, chemin: heure, type: date-heure}
      - {nom: poids_kg, chemin: poids, type: decimal, decimales: 2}
      - {nom: energie_wh, chemin: watts, type: entier, multiplier: 900, diviser: 3600, facultatif: oui}
    garder: [{chemin: etat, valeurs: [Actual, "2"]}]
"""


def _read(tmp_path: Path, text: str, **endpoints: str) -> tuple[object, ...]:
    file = tmp_path / "barrieres.yaml"
    file.write_text(text, "utf-8")
    return read_declaration(file, endpoints={"depot": "/srv/depot", "simulateurs": "http://127.0.0.1:9", **endpoints})


def _refusal(tmp_path: Path, text: str) -> DeclarationRefused:
    with pytest.raises(DeclarationRefused) as refused:
        _read(tmp_path, text)
    assert refused.value.french()
    assert refused.value.english()
    return refused.value


def test_a_flow_is_a_source(tmp_path: Path) -> None:
    (source,) = _read(tmp_path, GOOD)
    assert (source.name, source.dataset, source.protocol, source.access) == ("barrieres", "passages", "csv", "depot")
    assert source.endpoint == "/srv/depot/passages"
    assert source.every == timedelta(minutes=10)
    assert source.credential == "nom-du-secret"
    assert source.options == {"delimiteur": ",", "cle": "badge, vu_a"}
    assert source.simulated
    assert source.kept == (Kept("etat", ("Actual", "2")),)
    assert [(column.name, column.path, column.type) for column in source.columns[:2]] == [
        ("badge", "numero", "code"),
        ("vu_a", "heure", "date-heure"),
    ]
    assert source.columns[2].decimals == 2
    assert (source.columns[3].times, source.columns[3].per, source.columns[3].optional) == (900, 3600, True)


def test_the_digest_is_of_what_was_parsed(tmp_path: Path) -> None:
    (source,) = _read(tmp_path, GOOD)
    spaced = GOOD.replace("titre: Barrières", "titre:   'Barrières'  # a comment")
    assert _read(tmp_path, spaced)[0].digest == source.digest
    assert _read(tmp_path, GOOD.replace("Service déchets", "Service Déchets"))[0].digest != source.digest
    elsewhere = _read(tmp_path, GOOD, depot="/mnt/elsewhere")[0]
    assert (elsewhere.digest, elsewhere.flow) == (source.digest, source.flow), "endpoints are not part of it"


def test_the_digest_is_that_of_rfc_8785(tmp_path: Path) -> None:
    text = (
        "source: s\ntitre: T\nexploitant: E\nsimule: non\nflux: [{jeu: j, protocole: csv, acces: depot, adresse: /d, "
        "toutes_les: 1 jour, colonnes: [{nom: a, chemin: a, type: entier, multiplier: 9}]}]\n"
    )
    # Written by hand as RFC 8785 orders it, then hashed by sha256sum.
    canonical = (
        '{"exploitant":"E","flux":[{"acces":"depot","adresse":"/d","colonnes":[{"chemin":"a","multiplier":9,"nom":"a",'
        '"type":"entier"}],"jeu":"j","protocole":"csv","toutes_les":"1 jour"}],"simule":"non","source":"s","titre":"T"}'
    )
    assert _read(tmp_path, text)[0].digest == sha256(canonical.encode()).hexdigest()


def test_the_unit_beside_a_value_is_declared(tmp_path: Path) -> None:
    text = GOOD.replace("facultatif: oui}", 'unite: {chemin: "@meta.watts.unitCode", valeur: WTT}}')
    assert _read(tmp_path, text)[0].columns[3].unit == ExpectedUnit("@meta.watts.unitCode", "WTT")


def test_the_types_are_those_of_the_language() -> None:
    assert set(FIELD_TYPES) == {kind.value for kind in FieldType}


@pytest.mark.parametrize(
    ("before", "after", "code", "line", "said"),
    [
        ("titre:", "tittre:", "declaration.unknown-key-near", 2, "titre"),
        ("exploitant: Service déchets\n", "", "declaration.missing-key", 1, "exploitant"),
        ("    protocole: csv", "    protocole: cvs", "declaration.unknown-protocol-near", 7, "csv"),
        ("    acces: depot", "    acces: ftp", "declaration.unknown-access", 8, "mqtt"),
        ("    acces: depot", "    acces: htttp", "declaration.unknown-access-near", 8, "http"),
        ("{depot}", "{depott}", "declaration.unknown-endpoint-near", 9, "depot"),
        ("10 minutes", "10 secondes", "declaration.wrong-value", 10, "10 minutes"),
        ("delimiteur:", "delimiter:", "declaration.unknown-option-near", 12, "delimiteur"),
        ('cle: "badge, vu_a"', "cle: bagde", "declaration.unknown-key-column-near", 12, "badge"),
        ('"2"]}', '"2"], retirer: bagde}', "declaration.unknown-key-column-near", 18, "badge"),
        ("chemin: numero", "chemim: numero", "declaration.unknown-key-near", 14, "chemin"),
        ("type: code", "type: codes", "declaration.wrong-value", 14, "date-heure"),
        ("nom: vu_a", "nom: badge", "declaration.column-twice", 15, "badge"),
        (", decimales: 2", "", "declaration.decimals", 16, "poids_kg"),
        (", decimales: 2", ', decimales: 2, ecrit: "31/12/2026"', "declaration.written", 16, "1 234,50"),
        ("type: entier, multiplier", "type: texte, multiplier", "declaration.factor", 17, "energie_wh"),
        ('"2"]', "2]", "declaration.wrong-value", 18, "guillemets"),
        ("simule: oui", "simule: true", "declaration.not-sure", 4, "oui"),
        ("simule: oui", "simule: peut-être", "declaration.wrong-value", 4, "oui"),
        ("simule: oui", "simule: oui\nsimule: non", "declaration.duplicate-key", 5, "ligne 4"),
        ("titre: Barrières", "titre: &ancre Barrières", "declaration.anchor", 2, "&"),
        ("titre: Barrières", "titre: !!str Barrières", "declaration.tag", 2, "!"),
        ("titre: Barrières", "titre: \t Barrières", "declaration.odd-character", 2, "tabulation"),
        ("titre: Barrières", "titre: Barri\u200bères", "declaration.odd-character", 2, "invisible"),
        ("titre: Barrières", "titre: Barrie\u0300res", "declaration.not-nfc", 2, "NFC"),
        ("titre: Barrières", "titre: [Barrières", "declaration.unreadable", 3, "YAML"),
        ("titre: Barrières", "titre: 1.5", "declaration.not-sure", 2, "guillemets"),
        ("titre: Barrières", "titre:", "declaration.not-sure", 2, "guillemets"),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(
    tmp_path: Path, before: str, after: str, code: str, line: int, said: str
) -> None:
    assert before in GOOD
    refusal = _refusal(tmp_path, GOOD.replace(before, after, 1))
    assert refusal.code == code
    assert refusal.place is not None
    assert (refusal.place.file, refusal.place.line) == ("barrieres.yaml", line)
    assert refusal.place.column > 0 or code == "declaration.not-nfc"
    assert said.lower() in refusal.located().lower()


@pytest.mark.parametrize("content", [b"", b"- a\n", b"%YAML 1.2\n---\na: b\n", b"\xff\xfe", b"a: b\n---\nc: d\n"])
def test_what_is_no_map_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes(content)
    with pytest.raises(DeclarationRefused):
        read_declaration(file, endpoints={})


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeclarationRefused, match="cannot be read"):
        read_declaration(tmp_path / "none.yaml", endpoints={})


def test_the_flows_of_a_dataset_have_the_same_columns(tmp_path: Path) -> None:
    second = GOOD.split("flux:\n")[1].replace("type: code", "type: texte")
    refusal = _refusal(tmp_path, GOOD + second)
    assert refusal.code == "declaration.columns-differ"
    assert refusal.place.line == 26  # type: ignore[union-attr]


def test_two_flows_of_a_dataset_are_told_apart(tmp_path: Path) -> None:
    second = GOOD.split("flux:\n")[1].replace("{depot}/passages", "{depot}/autres")
    first, other = _read(tmp_path, GOOD + second)
    assert first.flow != other.flow


def test_the_demonstration_declarations_are_read() -> None:
    files = sorted(Path("policies").glob("*/sources/*.yaml"))
    endpoints = {"depot": "/d", "simulateurs": "http://h", "courtier": "mqtt://h", "captures": "http://h"}
    for file in files:
        assert read_declaration(file, endpoints=endpoints)
