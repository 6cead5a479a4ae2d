"""Numbers that a school, a service, an employer or a card gives to a person, told by the word beside them only."""

import re
from typing import Final

from catalog.gates.recognisers.recogniser import Decision, Recogniser

_FEWEST_DIGITS: Final = 4
_DAY: Final = re.compile(r"(?:19|20)\d\d-\d\d-\d\d|(?:19|20)\d\d")
_NUMBER: Final = (
    r"(?:n|no|n°|num|numero|id|ident|identifiant|code|uid|ref)(?:\.|:)? ?(?:de la |de l'|de |du |d'|d |l'|l )?"
)
_CARDS: Final = (
    "(?:abonnee?|acces|adherente?|decheterie|dechetterie|electorale|etudiante?|famille|fidelite|invalidite|jeune|"
    "lecteur|lectrice|membre|senior|transports?|usager|vitale)"
)

_COMPOUND: Final = (
    r"(?:beamten|clients|fahrgast|kunden|mieter|mitarbeiter|mitglieds|patienten|personal|personen|schuler|teilnehmer|"
    r"versicherten|versicherungs) ?-?(?:id|kennung|kennziffer|nr|nummer)\b"
)
"""What German and Luxembourgish number somebody by, in one word or two."""
NUMBERED: Final = (
    "(?:abonnee?|adherente?|agent|allocataire|apprentie?|assuree?|candidate?|cliente?|conducteur|"
    "conductrice|contribuable|debiteur|debitrice|detenue?|eleve|employee?|enfant|etudiante?|habitante?|lecteur|lectrice|locataire|"
    "occupante?|parent|passager|passagere|patiente?|residente?|responsable|salariee?|stagiaire|usager|usagere|victime|voyageu(?:r|se)|"
    "arbeitnehmer|kunde|mitarbeiter|mieter|patient|schuler|customer|employee|passenger|rider)"
)
"""Whom a service, a school or an employer gives a number: one of them, never several."""


def is_number(text: str) -> bool:
    """Tell whether a code holds enough digits to be somebody's, and is no day or year."""
    return sum(letter.isdigit() for letter in text) >= _FEWEST_DIGITS and not _DAY.fullmatch(text.strip())


PERSONAL_NUMBER: Final = Recogniser(
    kind="personal-number",
    pattern=(
        r"(?<![\p{L}\d.,:/])(?:[A-Za-z]{1,3}[ -]?)?(?:(?:\d{1,3} ){0,2}\d{4}[\dA-Za-z]{0,20}(?:[ -]\d{1,6}){0,4}"
        r"|\d[\dA-Za-z]{6,23})(?![\p{L}\d]|[.,:/]\d)"
    ),
    prefilter=r"[0-9]{4}|[0-9][0-9A-Za-z]{6}",
    check=is_number,
    context=(
        r"badge\b", r"badge (?:id|n)",
        rf"carte (?:d'|d |de )?{_CARDS}",
        rf"{_NUMBER}(?:carte|licenciee?|matricule|electeur|national electeur|lecteur|lectrice|chip|puce)\b",
        r"identifiant national (?:eleve|etudiant)", r"ine\b", "student id", "patient id", "employee id", "badge id",
        r"library card", "card number", "membership n", "matrikelnummer", _COMPOUND,
        r"chip ?-?(?:nr|nummer)", "mikrochip", "transponder", "transpondeur", r"puce\b", r"icad\b", "tatouage",
        r"ipp\b", "dossier (?:de la )?mdph", r"dossier (?:aah|aeeh|apa|ase|fsl|pch|rsa)\b",
        r"mdph\b", "france travail", "pole emploi", "demandeur d'emploi", "demandeur emploi",
        r"matricule (?:agent|interne|rh|salarie)", r"(?:agent|salarie) matricule",
        r"(?:carte|badge) (?:n|no|n°|num|numero)\b",
        rf"(?:{_NUMBER}|(?:badge|carte|dossier|matricule) (?:de l'|de |d'|du )?){NUMBERED}\b",
        rf"{NUMBERED} ?-?(?:n(?:[^\w'’]|$)|(?:no|n°|num|nr|numero|nummer|id|identifiant|matricule)\b)",
    ),
    public_in=(
        "anzahl", "budget", r"date\b", "effectif", "montant", r"nb\b", "nombre", "prix", "taux", "total", "volume",
    ),
    decision=Decision.REVIEW,
)  # fmt: skip
"""Most have no form of their own: what a column counts by such words is none (`public_in`)."""
