"""A dataset's declaration: what is read, and what is refused with its place."""

from pathlib import Path

import pytest

from catalog.declaration import DatasetDeclaration, Kind, Theme, ViewKind, read_dataset, read_datasets
from eclor.errors import DeclarationRefused

TEXT = """\
jeu: passages
nature: serie
titre: {fr: Passages, en: Visits}
description:
  fr: Combien de foyers passent dans chaque déchèterie, heure par heure, comptés sans jamais suivre quelqu'un.
  en: How many households visit each recycling centre.
question: Quand y a-t-il du monde ?
service: Service déchets
contact: {nom: Service déchets, courriel: dechets@exemple.fr}
theme: dechets
mots_cles: {fr: [déchèterie], en: [recycling]}
licence_source: Licence Ouverte 2.0
simule: oui
frequence: chaque mois
fraicheur: 40 jours
cle: [site]
colonnes:
  - {nom: site, titre: {fr: Site, en: Site}, contraintes: {obligatoire: oui, motif: "[A-Z]{3}"}}
  - {nom: foyers, titre: {fr: Foyers, en: Households}, unite: foyers, contraintes: {minimum: 0, maximum: "9000.5"}}
attentes:
  - {attente: expect_column_values_to_be_between, parametres: {column: foyers, min_value: 0}, motif: Jamais négatif.}
vue: {genre: barres, lignes: site, valeur: foyers}
etiquettes: {site: {VIL: Déchèterie de Ville}}
"""


def read(folder: Path, text: str, *, name: str = "passages.yaml") -> DatasetDeclaration:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return read_dataset(file)


def refused(folder: Path, text: str, *, name: str = "passages.yaml") -> DeclarationRefused:
    with pytest.raises(DeclarationRefused) as refusal:
        read(folder, text, name=name)
    return refusal.value


def test_a_declaration_is_read_under_english_names(tmp_path: Path) -> None:
    declaration = read(tmp_path, TEXT)
    assert (declaration.dataset, declaration.kind, declaration.theme) == ("passages", Kind.SERIES, Theme.WASTE)
    assert declaration.key == ("site",)
    assert declaration.view.kind is ViewKind.BARS
    assert declaration.labels == {"site": {"VIL": "Déchèterie de Ville"}}
    column = declaration.column("foyers")
    assert column is not None
    assert (column.unit, column.constraints.minimum, column.constraints.maximum) == ("foyers", 0, "9000.5")
    assert declaration.column("ailleurs") is None


def test_what_is_kept_of_it_is_under_its_french_keys(tmp_path: Path) -> None:
    plain = read(tmp_path, TEXT).plain()
    assert plain["jeu"] == "passages"
    assert DatasetDeclaration.model_validate(plain) == read(tmp_path, TEXT)


def test_a_folder_is_read_by_slug(tmp_path: Path) -> None:
    read(tmp_path, TEXT)
    read(tmp_path, TEXT.replace("jeu: passages", "jeu: autres"), name="autres.yaml")
    assert list(read_datasets(tmp_path)) == ["autres", "passages"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "key"),
    [
        ("fraicheur: 40 jours", "fraicheurs: 40 jours", "dataset.unknown-key", 15, "fraicheurs"),
        ("question: Quand y a-t-il du monde ?\n", "", "dataset.missing-key", 1, "question"),
        ("licence_source: Licence Ouverte 2.0\n", "", "dataset.missing-key", 1, "licence_source"),
        ("theme: dechets", "theme: ordures", "dataset.bad-value", 10, "theme"),
        ("fraicheur: 40 jours", "fraicheur: 40 lunes", "dataset.bad-value", 15, "fraicheur"),
        ("simule: oui", "simule: peut-être", "dataset.bad-value", 13, "simule"),
        ("courriel: dechets@exemple.fr", "courriel: dechets", "dataset.bad-value", 9, "contact.courriel"),
        ("cle: [site]", "cle: [sites]", "dataset.columns", 1, "passages.yaml"),
        ("valeur: foyers}", "valeur: gens}", "dataset.columns", 1, "passages.yaml"),
        ("{nom: foyers, titre", "{nom: site, titre", "dataset.columns", 1, "passages.yaml"),
        ("unite: foyers, ", "unites: foyers, ", "dataset.unknown-key", 19, "colonnes.1.unites"),
        ("jeu: passages", "jeu: passage", "dataset.other-name", 1, None),
        ("Combien de foyers passent dans", "Peu", "dataset.bad-value", 5, "description.fr"),
    ],
)
def test_a_fault_is_refused_where_it_stands(
    tmp_path: Path, old: str, new: str, code: str, line: int, key: str | None
) -> None:
    assert TEXT.count(old) == 1
    refusal = refused(tmp_path, TEXT.replace(old, new))
    assert refusal.place is not None
    assert (refusal.code, refusal.place.line, refusal.facts.get("key")) == (code, line, key)
    assert refusal.located().startswith(f"passages.yaml:{line}:")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Combien de foyers passent dans", "Peu", "Attendu : 100 lettres au moins."),
        ("theme: dechets", "theme: ordures", "Attendu : un mot parmi dechets, eclairage, "),
        ("simule: oui", "simule: peut-être", "Attendu : un mot parmi oui, non."),
        ("fraicheur: 40 jours", "fraicheur: 40 lunes", "comme « 30 jours »"),
        ("courriel: dechets@exemple.fr", "courriel: dechets", "l'adresse électronique d'un service"),
    ],
)
def test_a_value_that_will_not_do_is_told_with_what_would(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert expected in refused(tmp_path, TEXT.replace(old, new)).french()


def test_the_first_fault_in_the_file_is_told(tmp_path: Path) -> None:
    text = TEXT.replace("theme: dechets", "theme: ordures").replace("nature: serie", "nature: suite")
    assert refused(tmp_path, text).facts["key"] == "nature"


def test_the_strict_rules_of_text_hold(tmp_path: Path) -> None:
    refusal = refused(tmp_path, TEXT.replace("simule: oui", "simule: true"))
    assert refusal.place is not None
    assert refusal.place.line == 13


def test_a_refusal_does_not_repeat_what_was_written(tmp_path: Path) -> None:
    assert "ordures" not in refused(tmp_path, TEXT.replace("theme: dechets", "theme: ordures")).located()
