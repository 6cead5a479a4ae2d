"""A name of one word in a sentence: where one may stand, and what tells that it is one."""

import pytest

from catalog.gates.findings import Context
from catalog.gates.known_words import KnownWords
from catalog.gates.personal_data import PersonalDataGate
from catalog.gates.recognisers.lone_names import LoneName, lone_names

COMMON = frozenset({"Boulanger", "Technique", "Hier", "Convention"})


class Words:
    """Words of which nothing is known but that some are common, and that one stands where names stand."""

    def may_name(self, word: str) -> bool:
        return word not in COMMON

    def is_name(self, word: str) -> bool:
        return word == "Hoxhaj"

    def names_people(self, word: str) -> bool:
        return word == "ménestrel"


def found(text: str) -> list[tuple[str, bool]]:
    return [(text[each.start : each.end], each.told) for each in lone_names(text, Words())]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hier le voisin Quettier a refusé l'accès", "Quettier"),
        ("vu avec la lieutenant-colonelle puis le lieutenant-colonel Quettier", "Quettier"),
        ("c'était le magicien Quettier qui jouait hier", "Quettier"),
        ("clé remise hier à Karim, à rendre", "Karim"),
        ("Hier, Karim demande pourquoi c'est fermé", "Karim"),
        ("on a revu d'abord le chien d'Ousmane hier", "Ousmane"),
        ("c'est vu : Karim rend la clé", "Karim"),
        ("Karim, 42 ans, habite en face du stade", "Karim"),
        ("Karim et Quettier Fils habitent en face du stade", "Karim"),
        ("« c'est trop cher », s'insurge Anne-Marie devant la grille", "Anne-Marie"),
        ("Dernièrement Karim était chez le voisin du dessus", "Karim"),
        ("le robinet a été fermé par Hoxhaj en partant", "Hoxhaj"),
        ("le chien des Hoxhaj aboie toute la nuit", "Hoxhaj"),
        ("le locataire du haut, Karim, bloque l'accès", "Karim"),
        ("le technicien (Karim) est passé deux fois", "Karim"),
        ("son contact sur place : Karim (gardien du site)", "Karim"),
        ("Quettier, retraité, conteste le montant", "Quettier"),
        ("Agent : HOXHAJ ce jour", "HOXHAJ"),
        ("voir avec jean-karim qui a la clé", "jean-karim"),
        ("famille HOXHAJ : impayé", "HOXHAJ"),
        ("mme hoxhaj repasse demain", "hoxhaj"),
        ("mariage Quettier, prévoir des chaises", "Quettier"),
        ("pour info Karim est absent", "Karim"),
        ("mme vve Quettier repasse demain matin", "Quettier"),
        ("indivision Meyer", "Meyer"),
        ("cordialement, Karim", "Karim"),
        ("Merci d'avance. Karim.", "Karim"),
        ("j'ai eu Karim au bout du fil", "Karim"),
        ("compteur du locataire Quettier 2e étage gauche", "Quettier"),
        ("Nolan a mordu", "Nolan"),
        ("DUPONT : bac cassé", "DUPONT"),
        ("DUPONT refuse le rdv", "DUPONT"),
        ("ok Karim", "Karim"),
        ("transmis à Karim", "Karim"),
        ("vu avec J-P hier", "J-P"),
        ("fam. da Hoxhaj, bac trop petit", "Hoxhaj"),
        ("maman de karim absente", "karim"),
        ("copain de Karim", "Karim"),
        ("sa sœur Karim est là", "Karim"),
        ("Karim de la compta rappelle", "Karim"),
        ("vu hier : Karim de la voirie", "Karim"),
        ("Vu Karim", "Karim"),
        ("Agent : Karim", "Karim"),
        ("fiche remplie par : Karim", "Karim"),
        ("Karim : absent", "Karim"),
        ("linge lavé par karim", "karim"),
        ("vu avec Marie-Jo, elle rappelle demain", "Marie-Jo"),
        ("das ist mit Nadia besprochen", "Nadia"),
        ("die kleine Mia ist von der Schaukel gefallen", "Mia"),
        ("Hausmeister Max hat aufgesperrt", "Max"),
        ("d'Famill Meyer reklaméiert", "Meyer"),
    ],
)
def test_what_stands_before_it_tells_a_name(text: str, name: str) -> None:
    assert found(text) == [(name, True)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Karim 12 ans fugueur", "Karim"),
        ("le placier de Thil (Karim) encaisse", "Karim"),
        ("courrier envoyé par MEYER", "MEYER"),
        ("Dossier Meyer incomplet", "Meyer"),
        ("rdv Meyer 14h", "Meyer"),
        ("remplacer Karim jeudi", "Karim"),
        ("née Meyer, veuve", "Meyer"),
        ("caveau famille Quettier", "Quettier"),
        ("hr. hoxhaj", "hoxhaj"),
        ("SARL du Lac c/ Meyer", "Meyer"),
        ("Meyer c. Ville, renvoi", "Meyer"),
        ("bail au nom de sa fille, Karim", "Karim"),
        ("reçu signé « Karim »", "Karim"),
        ("dossier Meyer-Quettier clos", "Meyer-Quettier"),
        ("cave, victime QUETTIER", "QUETTIER"),
        ("un dénommé Karim", "Karim"),
        ("clt Quettier rappelle", "Quettier"),
        ("Kontaktperson: Meyer", "Meyer"),
        ("Ehepaar Meyer", "Meyer"),
        ("se dit nommé karim", "karim"),
        ("Adress vum Karim: feelt nach", "Karim"),
        ("she rides home with Meyer again", "Meyer"),
    ],
)
def test_what_is_noted_of_somebody_tells_a_name(text: str, name: str) -> None:
    assert (name, True) in found(text)


class NamesAlone(Words):
    """Some words stand where names stand, and nowhere else."""

    def is_name(self, word: str) -> bool:
        return word.lower() in {"colas", "karim", "kuntz", "marchetti", "mourad", "samir", "zidane"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("le code de karim ne marche plus", "karim"),
        ("lettre remise à mourad hier", "mourad"),
        ("karim absent demain", "karim"),
        ("fuite. mourad rappelle", "mourad"),
        ("la famille zidane est relogée", "zidane"),
        ("chez les marchetti, jante pliée", "marchetti"),
        ("fossé bouché derrière kuntz, à curer", "kuntz"),
        ("arbre tombé dans le jardin des kuntz hier", "kuntz"),
        ("panneau plié, riverain (kuntz) prévenu", "kuntz"),
    ],
)
def test_in_small_letters_a_name_that_is_no_word_is_somebody_s(text: str, name: str) -> None:
    assert [text[each.start : each.end] for each in lone_names(text, NamesAlone())] == [name]
    assert list(lone_names(text, Words())) == []


@pytest.mark.parametrize(
    "text",
    [
        "la rue de karim est fermée",
        "le quartier de mourad est calme",
        "rendez-vous de rose et de claire",
        "le stade karim est ouvert",
        "commande de mourad.karim@exemple.fr",
        "fuite chez le boulanger",
    ],
)
def test_in_small_letters_what_bears_a_name_is_left(text: str) -> None:
    assert list(lone_names(text, NamesAlone())) == []


@pytest.mark.parametrize(
    "text",
    [
        "chat tigré prénommé Karim coincé dans un arbre",
        "il répond au nom de Karim et n'a pas de puce",
        "le chien Karim a été rendu",
        "le poney « Karim » est malade",
        "panne sur la tondeuse Meyer du stade",
        "posé par RENAULT hier matin",
        "famille Rosaceae",
        "Dossier Renault : manque la carte grise",
        "livré pour MARTIN TRAVAUX",
        "demande Quettier 12",
        "école (Nancy) fermée",
        "Nancy 12 ans après",
        "DOSSIER MEYER INCOMPLET",
        "SCI du Lac c/ Renault",
        "Ville c. Technique",
        "alimentation c/ Boulanger et c/ 24 V",
        "rue de la fille, Nancy",
        "la mairie, Karim",
        "panneau marqué « Karim »",
        "dossier Pont-Quettier clos",
        "chauffeur QUETTIER",
        "victime TECHNIQUE",
        "Adress vun der Rue Karim: feelt nach",
    ],
)
def test_animals_machines_and_firms_are_left(text: str) -> None:
    assert [each for each in lone_names(text, Words()) if each.told] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("le chien de Karim a mordu", "Karim"),
        ("la tondeuse prêtée à Karim hier", "Karim"),
        ("le maître du chien, Karim, le cherche", "Karim"),
    ],
)
def test_animals_and_machines_have_owners(text: str, name: str) -> None:
    assert found(text) == [(name, True)]


@pytest.mark.parametrize(
    "text", ["la mort de Quettier nous a surpris", "Quettier rend la clé du local", "vu hier : Karim de la cité"]
)
def test_where_nothing_tells_the_model_is_asked(text: str) -> None:
    assert [told for _, told in found(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "la loi Quettier s'applique depuis deux ans",
        "une rue du père Quettier, fermée ce soir",
        "la commune de Quettier demande une réponse",
        "le service technique de Quettier demande une réponse",
        "l'entreprise Quettier a fini les travaux",
        "fermé hier, sauf le dimanche, Quettier",
        "vu hier par l'agent Technique du secteur",
        "vu hier avec Quettier Travaux sur la chaussée",
        "la chaîne QUETTIER et le canal Quettier2 sont coupés",
        "avec Quettier demain",
        "une aire aménagée avec le Leclerc de Quettier",
        "une desserte par un arrêt de car Quettier",
        "pose de bornes et de bancs à Quettier",
        "les traces de Quettier, localité disparue au siècle dernier",
        "la seigneurie lorraine de Quettier vendit ses bois",
        "travaux des rues J. Quettier, A. Vautrin et P. Lemercier",
        "travaux de nuit : Quettier en 1789 fut brûlée",
        "la brasserie Quettier ferme plus tard le samedi",
        "rendez-vous à la maison pour Noël comme chaque année",
        "d'Schoul ass zou, d'Kanner vun der Quettier sinn doheem",
        "hier soir. Le Karim accoste au quai",
        "voir avec france qui a la clé",
        "SERVICE : HOXHAJ ce jour",
        "dossier de la fondation J.-P. Quettier au conseil",
        "Nancy : fermé",
        "MAIRIE : bac cassé",
        "RENAULT refuse la reprise",
        "ok Nancy",
        "pièce J-P à commander",
        "merci, Nancy",
        "cordialement, Quettier",
        "Martin : voir chef",
        "Rues de Karim : fermé",
        "Nolan, Vautrin",
        "Quettier a mordu",
        "Accord : Quettier",
        "vu avec Quettier 2 fois sur la chaussée",
        "die kleine Brücke ist kaputt",
        "der Hausmeister Wasser",
        "Mutter ruft wegen Heizung an",
        "bei Regen wird die Straße gesperrt",
        "Müllabfuhr kommt wegen Feiertag einen Tag später",
        "rue de l'abbé Meyer",
    ],
)
def test_what_bears_a_name_and_a_label_are_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "rue kuntz barrée jusqu'à lundi",
        "tranchée rebouchée devant colas ce matin",
        "écrire à mairie@kuntz.fr avant lundi",
        "kuntz",
        "die Straße bei kuntz ist gesperrt, Meldung an Bauhof",
    ],
)
def test_a_place_a_firm_an_address_or_another_language_has_no_name_in_small_letters(text: str) -> None:
    assert list(lone_names(text, NamesAlone())) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("impayés : Zidane / Kuntz / Da Rocha", "Zidane / Kuntz / Da Rocha"),
        ("Kuntz et Mourad au camion 4", "Kuntz et Mourad"),
        ("Mourad + Karim", "Mourad + Karim"),
    ],
)
def test_names_in_a_row_tell_each_other(text: str, name: str) -> None:
    assert [text[each.start : each.end] for each in lone_names(text, NamesAlone())][:1] == [name]


@pytest.mark.parametrize("text", ["Longwy / Rehon", "Karim / Longwy / Rehon", "Karim et Mourad", "Metz et Nancy"])
def test_places_and_others_in_a_row_are_left(text: str) -> None:
    assert list(lone_names(text, NamesAlone())) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hier le ménestrel Quettier a refusé l'accès", "Quettier"),
        ("son mari, M Hoxhaj, a bouché le trou lui-même", "Hoxhaj"),
        ("mettre Ousmane devant à la cantine", "Ousmane"),
        ("pose demandée depuis janvier, a. marchetti rappelle", "marchetti"),
    ],
)
def test_nouns_like_those_of_people_infinitives_and_initials_announce_a_name(text: str, name: str) -> None:
    assert (name, True) in found(text)


def test_a_row_that_holds_names_tells_one() -> None:
    rows = {"Dupont": 1, "Martin": 1, "Perrin": 1, "Hoxhaj": 1, "Petit": 1, "Thil": 2, "Lyon": 2, "petit": 3, "Marc": 1}
    words = KnownWords(rows.get, names=["Dupont", "Martin", "Perrin", "Thil"])
    assert [word for word in rows if words.is_name(word)] == ["Dupont", "Perrin", "Hoxhaj"]
    assert words.is_name("Dupont-Hoxhaj")
    assert not words.is_name("Dupont-Lyon")


def test_it_says_where_the_name_stands() -> None:
    assert list(lone_names("vu hier chez la mère Quettier", Words())) == [LoneName(21, 29, told=True)]


@pytest.mark.parametrize(
    "text",
    [
        "le père Quettier refuse l'accès au compteur",
        "clé remise à Karim avant les travaux du soir",
        "dossier suivi par l'adjointe Le Goff depuis mars",
        "on a revu le chien de Kaufmann hier dans la cour",
    ],
)
def test_the_gate_takes_it(personal_data_gate: PersonalDataGate, text: str) -> None:
    detector, context = personal_data_gate.detector, Context.of("note")
    assert list(detector.by_model([text], context)) == [True]
    assert list(detector.by_model([text], Context.of("variété"))) == [False]


@pytest.mark.parametrize(
    "text",
    [
        "travaux demandés par la commune de Thil avant la fin du mois",
        "panne du compteur Linky signalée par un riverain ce matin",
        "la rue du père Quettier reste fermée toute la semaine",
        "rue fermée par l'agent Technique de la commune",
        "accord signé avec Croix-Rouge pour la salle",
        "convention avec Restos du Cœur pour la salle des fêtes",
        "Convention signée avec Leroy Merlin pour élagage.",
    ],
)
def test_the_gate_leaves_its_false_friends(personal_data_gate: PersonalDataGate, text: str) -> None:
    detector, context = personal_data_gate.detector, Context.of("note")
    assert list(detector.by_model([text], context)) == [False]
