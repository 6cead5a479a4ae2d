"""Names of persons that places, institutions and firms bear: "rue du Général Leclerc", "SARL Jean Dupont"."""

import re
from functools import lru_cache
from typing import Final

from catalog.gates.recognisers.given_names import COMMON_WORDS, FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.surnames import SURNAMES

PLACE_HEADS: Final = frozenset(
    """aire allee allees alsh altersheim amphitheatre arena arret auditorium av ave avenue bahnhof bd beffroi
    belvedere bibliotheque bld boulevard boulodrome bushaltestelle busarret calle calvaire campus carrefour chapelle
    chateau chemin cimetiere cinema cite citystade chr chru chu clinique clos clsh college complexe conservatoire
    cosec creche croisement croix decheterie dechetterie dojo echangeur ecole ecoquartier eglise ehpad espace
    esplanade faubourg fjt fontaine fort foyer friedhof gare gemeinde gemeng giratoire groupe grundschule gymnase
    halle halte haltestelle hameau hippodrome hopital hotel impasse institut jardin jugendhaus jugendtreff kierfecht
    heilige heiligen heiliger hl kindergarten kita lieu-dit ligne lignes lotissement ludotheque lycee mairie marche
    maternelle maternite mdq mediatheque micro-creche mjc monument mpt mrpa multi-accueil multisport multisports
    musee parc parking parvis passage passerelle patinoire pavillon piscine piste pl place plateau plateaux pole
    pont port presbytere promenade quai quartier residence rond-point route rte rue ruelle saint sainte salle salles
    san sankt santa santo sao schoul schule schwemm sculpture sentier sint skatepark square st sporthal sporthalle
    spielplatz spillplaz sportplatz sportshal stad stade stadt station statue ste stele tennis terrain terrains
    theatre tour universite velodrome venelle viaduc voie za zac ze zi zone""".split()  # noqa: SIM905 - words to be read
)
"""Words that make a place's or an institution's name out of the person's name that follows."""

LOOSE_HEADS: Final = PLACE_HEADS | frozenset(
    """arr base batiment bois bureau bus car centre club cour cours court ferme fondation garage grange hall immeuble
    lac mail maison messire mont moulin p p+r plaine point pointe porte r relais societe tram villa""".split()  # noqa: SIM905 - words to be read
)
"""The same and more, in a column that holds places: in a sentence they could stand before anybody's name."""

_BODY_HEADS: Final = frozenset(
    """amicale amis asbl asso association auberge bar bijouterie bistrot boucherie boulangerie brasserie cabinet cafe
    cave caves centre challenge charcuterie charpentes chateau chocolaterie choeur chorale cie cinema clinique
    club compagnie concours cooperative coupe cross domaine ecurie ecuries editions enseigne entreprise epicerie
    etablissements ets etude eurl fabrique fanfare fc federation festival firme fleuriste fondation fonds
    fromagerie gaec galerie garage gie groupe harmonie imprimerie laboratoire librairie magasin manufacture
    maroquinerie memorial menuiserie musek occe optique orchestre papeterie patisserie pepiniere pepinieres
    pharmacie pizzeria plomberie prix quatuor restaurant sarl sas sasu sca scea sci scic scop scp selarl sem snc
    societe souvenir spl ste studio taverne theatre tournoi traiteur transports trio trophee troupe us""".split()  # noqa: SIM905 - words to be read
)
"""Words right before the name of a body, of a prize or of a tournament. Not EI: a sole trader is a person."""
_INSTITUTIONS: Final = frozenset(
    """abbaye abbayes acces agence agglomeration antenne arrondissement axe bailliage baronnie bassin bourg branche
    canton caserne cc cdc centre chatellenie circonscription comite communaute commune compagnie comte conseil cote
    couvent depart departement diocese direction district domaine duche est etat eveche extension fief fort
    fromagerie gemeinde gemeng habitants journal label liaison ligue loi marche massif methode metropole modele
    moulin mouvement nord norme ouest paroisse parti pays perimetre plaine plan port prefecture prieure produit
    programme projet province quartier region reseau riviere ruisseau secteur seigneurie service services siege site
    societe source sous-prefecture sud syndicat systeme territoire train type vallee vers version village ville vin
    zone""".split()  # noqa: SIM905 - words to be read
)
"""What stands before the name of a place, a product or a rule that reads as a person's."""
LINKS: Final = frozenset({"d", "de", "du", "des", "la", "le", "les", "l"})
"""What stands between a noun and a name."""
_BODY_TAIL: Final = re.compile(
    r"\s+(?:\(?(?:SARL|S[àÀ]RL|S[àa]rl|SAS|SASU|SA|SCI|SCP|SNC|SCOP|EURL|SELARL|GAEC|EARL|GmbH|AG|ASBL|asbl)(?!\w)"
    r"|(?:&|et)\s+(?:Fils|Frères|Associés|Cie)(?!\w)|Frères(?!\w)|&\s+fils(?!\w))"
)
"""What is written right after one: "sa" and "et fils" in small letters are words of sentences."""
_CAPITAL_AFTER: Final = re.compile(r"\s(?:&\s)?[A-ZÀ-Þ]\w+")
_CAPITAL_BEFORE: Final = re.compile(r"(?<![\w.])[A-ZÀ-Þ]\w+\s$")
_TITLES: Final = frozenset(
    """abbe adjudant amiral capitaine capt cardinal cdt chanoine colonel commandant comte docteur dr duc empereur
    eveque frere freres gal general imperatrice lieutenant maitre marechal mere mgr pasteur pdt pere president
    prince princesse professeur reine roi sergent soeur""".split()  # noqa: SIM905 - words to be read
)
_WRITTEN_OUT: Final = frozenset({"monsieur", "madame", "mademoiselle"})
_BETWEEN: Final = _TITLES | frozenset(
    """- a ancien ancienne athletisme au aux basket bis boules bus central centrale chiens college couvert couverte
    covoiturage culturel culturelle d danse de des doyen du ecole elementaire en enfants et ex fetes foot football
    grand grande gym gymnastique handball intergenerationnel jeu jeux judo l la le les loisirs lyonnais multi-sports
    municipal municipale musique nouveau nouvelle omnisports parking petanque petit petite polyvalent polyvalente
    primaire prive privee professionnel professionnelle public publique quartier relais rugby sante scolaire sncf
    sports sur technique tennis ter tir un vieille vieux volley""".split()  # noqa: SIM905 - words to be read
)
_ADJECTIVE: Final = re.compile(
    r"(?!(?:ap|inter|rap)pelle|ab?dique|applique|arrive|communique|explique|fabrique|implique|indique|pratique|replique|"
    r"revendique|signale).{3,}(?:ale?|aux|ales|ifs?|ives?|iques?|aires?|els?|elles?)"
    r"|(?:allemand|francais|lorrain|luxembourgeois|mosellan)e?s?"
)
"""What says more of a noun, by its ending; verbs that end so do not ("l'école signale")."""
_MANY: Final = re.compile(
    r"\b(?:[Aa]ll[ée]es|[Aa]venues|[Bb]oulevards|[Cc]hemins|[ÉEée]coles|[Ii]mpasses|[Pp]laces|[Qq]uais|[Rr]outes|[Rr]ues|"
    r"[Ss]quares) (?:[A-ZÀ-Þ]\.|[dl]['’]|(?:d[eu]s?|l[ae]s?|et)(?= )|[A-ZÀ-Þ][\w'’-]++|[ ,/&])*+$"
)
"""More places than one, whose names follow: "rues J. Monnet, Jeanne d'Arc et"."""
_SAID_AFTER: Final = re.compile(
    r",?\s\(?(?:(?:une?|la|le|ancienne?|petite?)\s){0,3}(?:bourg|bourgade|cite|commune|faubourg|hameau|lieu-dit|localite|"
    r"quartier|village|ville)\b"
)
"""What a name turns out to be: "Maceria, localité"."""
ACRONYM: Final = re.compile(r"(?<![\w.])(?:[A-Za-z][. ]){2,}[A-Za-z]\b\.?")
"""Three letters or more, each with its stop, or a space instead: fewer are initials."""
WITHIN_ACRONYM: Final = re.compile(r"[. ][A-Za-z][. ]")
"""What stands in each of them, sooner looked for."""
_HEAD_AFTER: Final = re.compile(
    r"[ -](?:allee|bad|bibliothek|bibliothik|brecke|breck|brucke|brunnen|denkmal|gaass|gass|gasse|gemeinschaftsschule|"
    r"grundschule|gymnasium|hal|halle|haus|heim|kapelle|kirche|kita|lycee|markt|museum|park|platz|plaz|ring|saal|schoul|"
    r"schule|sporthal|sporthalle|stadion|strass|strasse|strooss|tor|turm|turnhalle|ufer|weg|zentrum)(?!\w)"
)
"""German and Luxembourgish say after the name what bears it: "Nelly Stein Schoul", "Karl-Marx-Straße"."""
_COMPOUND: Final = re.compile(r"(?<=\w{3})(?:bruck(?:e|en)|gaass|gasse|platz|strasse|strooss)$")
_NUMERAL: Final = re.compile(r" (?:I{2,3}|IV|VI{1,3}|IX|X{1,2}(?:I{1,3}|IV|VI{0,3})?)(?![\w.])")
"""After a name, that of a king or of a pope, whose streets and squares bear it: "Charles III"."""
_BREAK: Final = re.compile(r"[,;:.!?()\n/]")
_FARTHEST_HEAD: Final = 6
_FARTHEST_TEXT: Final = 200
_NEAR: Final = 40
_JOINING: Final = frozenset("- _")
"""ASCII with which begins what says, after a name, that it is a place's, once it is folded."""
_PAUSES: Final = frozenset({", ", " ("})


def is_body_name(text: str, start: int, end: int) -> bool:
    """Tell whether the name at `start:end` is that of a firm or an association: its kind stands right beside it."""
    said = (word for word in reversed(_words_before(text, start)) if word not in _TITLES and not is_adjective(word))
    beside = {_first_word(text[start:end]), next(said, "")}
    return not _BODY_HEADS.isdisjoint(beside) or _BODY_TAIL.match(text, end) is not None


def is_institution_name(text: str, start: int, _: int) -> bool:
    """Tell whether the word at `start` is of what governs or serves a place: "la commune de Thil"."""
    said = (word for word in reversed(_words_before(text, start)) if word not in LINKS)
    noun = next((word for word in said if not is_adjective(word)), "")
    return _is_head(noun, _INSTITUTIONS)


def is_institution(word: str) -> bool:
    """Tell whether a folded word is one of what governs or serves a place, which `is_institution_name` stops at."""
    return _is_head(word, _INSTITUTIONS) and not is_adjective(word)


def is_place_head(word: str) -> bool:
    """Tell whether a folded word makes a place's name out of the name that follows."""
    return _is_head(word, PLACE_HEADS)


def leads_on(word: str) -> bool:
    """Tell whether a folded word may stand between such a word and the name."""
    return word in _BETWEEN or word in FOLDED_GIVEN_NAMES or is_adjective(word)


@lru_cache(maxsize=65_536)
def is_adjective(word: str) -> bool:
    """Tell whether a folded word says more of a noun, by its ending."""
    return _ADJECTIVE.fullmatch(word) is not None


def names_its_body(text: str, start: int, end: int) -> bool:
    """Tell whether, in a column of firms, the name at `start:end` is only a part of what a firm is called.

    Another capitalised word touches it ("Jean Lefebvre Est"); a name that stands alone is a sole trader's.
    """
    if _is_a_sole_trader(text):
        return False
    touched = _CAPITAL_AFTER.match(text, end) or _CAPITAL_BEFORE.search(text, 0, start)
    return touched is not None or is_body_name(text, start, end)


def _is_a_sole_trader(text: str) -> bool:
    """Tell whether a cell holds names of people and nothing else ("DUBOIS ELODIE MARIE"), or a civility before some."""
    words = _words(text.strip())
    if words and words[0] in _WRITTEN_OUT:
        return len(words) == 3 and words[1] in FOLDED_GIVEN_NAMES  # noqa: PLR2004 - civility, given name, surname
    given = FOLDED_GIVEN_NAMES.intersection(words) - COMMON_WORDS
    return len(words) > 1 and bool(given) and (FOLDED_GIVEN_NAMES | SURNAMES).issuperset(words)


def is_place_name(text: str, start: int, end: int) -> bool:
    """Tell whether, in a sentence, the name at `start:end` is that of a place.

    Going back from the name, only links, titles, adjectives, other given names and the like may stand before the word
    that says what place it is; a comma, a verb or any other word ends the search, but for places in a row.
    """
    if _first_word(text[start:end]) in PLACE_HEADS or _ends_with_head(text[start:end]):
        return True
    for word in _words_before(text, start)[: -_FARTHEST_HEAD - 1 : -1]:
        if is_place_head(word):
            return True
        if not leads_on(word):
            break
    return _is_said_to_be_one(text, end) or _MANY.search(text, max(start - _FARTHEST_TEXT, 0), start) is not None


def _ends_with_head(name: str) -> bool:
    """Tell whether what it is the name of is its last part: "Pescatore-Strooss", "Goethestraße"."""
    if _COMPOUND.search(folded(name)):
        return True
    return "-" in name and _HEAD_AFTER.fullmatch(folded(name), name.rindex("-")) is not None


def _is_said_to_be_one(text: str, end: int) -> bool:
    """Tell whether what follows a name says that it is a place's."""
    after = text[end : end + 1]
    if (after in _JOINING or not after.isascii()) and (
        _HEAD_AFTER.match(folded(text[end : end + _NEAR])) or _NUMERAL.match(text, end)
    ):
        return True
    return text[end : end + 2] in _PAUSES and _SAID_AFTER.match(folded(text[end : end + _NEAR])) is not None


def names_its_place(text: str, start: int, end: int) -> bool:
    """Tell whether, in a column of places, the name at `start:end` is the place's own.

    It is if it fills the cell ("Léo Lagrange"), or if a word of places stands anywhere before it in the same stretch.
    """
    if _is_said_to_be_one(text, end) or _ends_with_head(text[start:end]):
        return True
    around = f"{text[max(start - _FARTHEST_TEXT, 0) : start]} {text[end : end + _FARTHEST_TEXT]}"
    beside = [word for word in _words(around) if not word.isdigit()]
    return _BETWEEN.issuperset(beside) or any(
        _is_head(word, LOOSE_HEADS) for word in [*_words(text[start:end]), *_words_before(text, start)]
    )


@lru_cache(maxsize=8)
def _words_before(text: str, start: int) -> tuple[str, ...]:
    """Return the folded words between the last break and the name; the stop of "av." or "pl." is no break."""
    before = _joined(text[max(start - _FARTHEST_TEXT, 0) : start])
    said = _BREAK.split(before)[-1]
    last_break = len(before) - len(said) - 1
    heads = _last_word(before[:last_break]) if before[last_break : last_break + 1] == "." else []
    return (*(word for word in heads if _is_head(word, PLACE_HEADS)), *_words(said))


def _last_word(text: str) -> list[str]:
    return (_words(text.rpartition(" ")[2]) or _words(text))[-1:]


def _words(text: str) -> list[str]:
    return folded(text).replace("'", " ").replace("’", " ").split()


@lru_cache(maxsize=65_536)
def _first_word(name: str) -> str:
    """Return the first word of a name, elisions apart."""
    return next((word for word in _words(_joined(name)) if len(word) > 1), "")


def _joined(text: str) -> str:
    """Return a text whose dotted acronyms are words ("M.P.T.")."""
    if WITHIN_ACRONYM.search(text) is None:
        return text
    return ACRONYM.sub(lambda found: found[0].replace(".", "").replace(" ", ""), text)


def _is_head(word: str, heads: frozenset[str]) -> bool:
    bare = word.lstrip("0123456789-")
    return bare in heads or bare.partition("-")[0] in heads
