"""Names of persons that places, institutions and firms bear: "rue du Général Leclerc", "SARL Jean Dupont"."""

import re
from typing import Final

from catalog.gates.recognisers.given_names import FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import folded

PLACE_HEADS: Final = frozenset(
    """aire allee allees arena arret auditorium av ave avenue bd bibliotheque bld boulevard boulodrome calle campus
    carrefour chapelle chateau chemin cimetiere cinema cite citystade clinique clos college complexe conservatoire
    cosec creche croisement croix decheterie dechetterie dojo echangeur ecole ecoquartier eglise ehpad espace esplanade
    faubourg fontaine fort foyer gare giratoire groupe gymnase halle halte hameau hopital hotel impasse institut jardin
    lieu-dit ligne lignes lotissement ludotheque lycee mairie maternelle mediatheque micro-creche monument
    multi-accueil musee parc parking parvis passage passerelle patinoire pavillon piscine piste pl place plateau pole
    pont port presbytere promenade quai quartier residence rond-point route rte rue ruelle saint sainte salle san santa
    sentier skatepark square st stade station ste stele tennis terrain theatre tour universite voie za zac ze zi
    zone""".split()  # noqa: SIM905 - words to be read
)
"""Words that make a place's or an institution's name out of the person's name that follows."""

LOOSE_HEADS: Final = PLACE_HEADS | frozenset(
    """arr base batiment bois bureau bus car centre chu club cour cours court fondation garage gemeinde gemeng hall
    immeuble lac mail maison messire mont p p+r plaine point pointe porte r relais societe tram villa""".split()  # noqa: SIM905 - words
)
"""The same and more, in a column that holds places: in a sentence they could stand before anybody's name."""

_BODY_HEADS: Final = frozenset(
    """asbl association asso boulangerie challenge charcuterie cie compagnie concours cooperative coupe cross editions
    enseigne entreprise etablissements ets eurl fabrique federation firme fondation gaec garage gie groupe imprimerie
    laboratoire librairie magasin manufacture memorial menuiserie pepinieres pharmacie plomberie prix restaurant sarl
    sas sasu sca scea sci scic scop scp selarl sem snc societe souvenir spl ste tournoi transports trophee""".split()  # noqa: SIM905 - words to be read
)
"""Words right before the name of a body, of a prize or of a tournament. Not EI: a sole trader is a person."""
_INSTITUTIONS: Final = frozenset(
    """acces agence agglomeration antenne arrondissement axe bassin bourg branche canton caserne cc cdc centre
    circonscription comite commune communaute compagnie conseil cote depart departement direction district
    domaine etat extension fort fromagerie gemeinde gemeng habitants journal label ligue liaison loi marche
    methode metropole modele massif moulin mouvement norme parti pays perimetre plan plaine port prefecture
    produit programme projet province quartier region reseau riviere ruisseau secteur service services site
    siege societe sous-prefecture source sud nord est ouest syndicat systeme territoire train type vallee vers
    version village ville vin zone""".split()  # noqa: SIM905 - words
)
"""What stands before the name of a place, a product or a rule that reads as a person's."""
_LINKS: Final = frozenset({"d", "de", "du", "des", "la", "le", "les", "l"})
_BODY_TAIL: Final = re.compile(
    r"\s+(?:\(?(?:SARL|S[àÀ]RL|S[àa]rl|SAS|SASU|SA|SCI|SCP|SNC|SCOP|EURL|SELARL|GAEC|EARL|GmbH|AG|ASBL|asbl)(?!\w)"
    r"|(?:&|et)\s+(?:Fils|Frères|Associés|Cie)(?!\w)|Frères(?!\w)|&\s+fils(?!\w))"
)
"""What is written right after one: "sa" and "et fils" in small letters are words of sentences."""
_CAPITAL_AFTER: Final = re.compile(r"\s(?:&\s)?[A-ZÀ-Þ]\w+")
_CAPITAL_BEFORE: Final = re.compile(r"(?<![\w.])[A-ZÀ-Þ]\w+\s$")
_TITLES: Final = frozenset(
    """abbe adjudant amiral capitaine capt cardinal cdt chanoine colonel commandant comte docteur dr duc empereur eveque
    frere freres gal general imperatrice lieutenant maitre marechal mere mgr pasteur pdt pere president prince princesse
    professeur reine roi sergent soeur""".split()  # noqa: SIM905 - words to be read
)
_BETWEEN: Final = _TITLES | frozenset(
    """- a ancien ancienne au aux bus central centrale college couvert couverte covoiturage culturel culturelle d danse
    de des du ecole en et fetes foot football grand grande intergenerationnel jeux l la le les loisirs multi-sports
    municipal municipale musique nouveau nouvelle omnisports parking petit petite polyvalent polyvalente prive privee
    professionnel professionnelle public publique quartier relais rugby sante sncf sports sur technique tennis un
    vieille vieux""".split()  # noqa: SIM905 - words to be read
)
_ADJECTIVE: Final = re.compile(r".{3,}(?:ale?|aux|ales|ifs?|ives?|iques?|aires?|els?|elles?)")
_FARTHEST_HEAD: Final = 6
_FARTHEST_TEXT: Final = 200


def is_body_name(text: str, start: int, end: int) -> bool:
    """Tell whether the name at `start:end` is that of a firm or an association: its kind stands right beside it."""
    beside = {_words(text[start:end])[0], *_words_before(text, start)[-1:]}
    return not _BODY_HEADS.isdisjoint(beside) or _BODY_TAIL.match(text, end) is not None


def is_institution_name(text: str, start: int, _: int) -> bool:
    """Tell whether the word at `start` is of what governs or serves a place: "la commune de Thil"."""
    said = (word for word in reversed(_words_before(text, start)) if word not in _LINKS)
    noun = next((word for word in said if not _ADJECTIVE.fullmatch(word)), "")
    return _is_head(noun, _INSTITUTIONS)


def names_its_body(text: str, start: int, end: int) -> bool:
    """Tell whether, in a column of firms, the name at `start:end` is only a part of what a firm is called.

    Another capitalised word touches it ("Jean Lefebvre Est"); a name that stands alone is a sole trader's.
    """
    touched = _CAPITAL_AFTER.match(text, end) or _CAPITAL_BEFORE.search(text, 0, start)
    return touched is not None or is_body_name(text, start, end)


def is_place_name(text: str, start: int, end: int) -> bool:
    """Tell whether, in a sentence, the name at `start:end` is that of a place.

    Going back from the name, only links, titles, adjectives, other given names and the like may stand before the word
    that says what place it is; a comma, a verb or any other word ends the search.
    """
    if _words(text[start:end])[0] in PLACE_HEADS:
        return True
    for word in list(reversed(_words_before(text, start)))[:_FARTHEST_HEAD]:
        if _is_head(word, PLACE_HEADS):
            return True
        if word not in _BETWEEN and word not in FOLDED_GIVEN_NAMES and not _ADJECTIVE.fullmatch(word):
            return False
    return False


def names_its_place(text: str, start: int, end: int) -> bool:
    """Tell whether, in a column of places, the name at `start:end` is the place's own.

    It is if it fills the cell ("Léo Lagrange"), or if a word of places stands anywhere before it in the same stretch.
    """
    around = f"{text[max(start - _FARTHEST_TEXT, 0) : start]} {text[end : end + _FARTHEST_TEXT]}"
    beside = [word for word in _words(around) if not word.isdigit()]
    return _BETWEEN.issuperset(beside) or any(
        _is_head(word, LOOSE_HEADS) for word in [*_words(text[start:end]), *_words_before(text, start)]
    )


def _words_before(text: str, start: int) -> list[str]:
    """Return the folded words between the last break and the name; the stop of "av." or "pl." is no break."""
    before = text[max(start - _FARTHEST_TEXT, 0) : start]
    last_break = max((before.rfind(mark) for mark in ",;:.!?()\n/"), default=-1)
    shortened = _words(before[:last_break])[-1:] if before[last_break : last_break + 1] == "." else []
    heads = [word for word in shortened if _is_head(word, PLACE_HEADS)]
    return [*heads, *_words(before[last_break + 1 :])]


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s'’]+", folded(text)) if word]


def _is_head(word: str, heads: frozenset[str]) -> bool:
    bare = word.lstrip("0123456789")
    return bare in heads or bare.partition("-")[0] in heads
