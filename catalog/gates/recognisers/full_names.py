"""Full names of persons by gazetteer: a given name beside a surname, in any case and order, with initials or labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise, product
from typing import Final, NamedTuple, Self

import regex

from catalog.gates.recognisers.digitless import whatever_digits
from catalog.gates.recognisers.given_names import COMMON_WORDS, FOLDED_GIVEN_NAMES
from catalog.gates.recognisers.place_names import ACRONYM, PLACE_HEADS, WITHIN_ACRONYM
from catalog.gates.recognisers.recogniser import folded
from catalog.gates.recognisers.surnames import SURNAMES

_WORD: Final = regex.compile(r"(?:[dDlL]['’])?\p{L}+(?:[-'’]\p{L}+)*\.?")
_ELIDED: Final = regex.compile(r"(?:d|qu|jusqu|lorsqu|puisqu)['’]")
_LETTERS: Final = regex.compile(r"[^\W\d_]+")
_INITIALS: Final = regex.compile(r"\p{Lu}-\p{Lu}\.?")
_INITIAL: Final = regex.compile(r"(?<!\p{L})\p{Lu}(?:\.|\s|-\p{Lu}(?!\p{L}))")
GAP: Final = regex.compile(r"[ \t]?,?[ \t_]{1,3}|[;,._\n/]|\n[ \t]*|[\"']?\s?[:=,;]\s?[\"']?")
PARTICLES: Final = frozenset(
    {"d", "da", "de", "del", "des", "di", "dos", "du", "el", "la", "le", "van", "von", "ben", "der"}
)
_LABELS: Final = frozenset({"nom", "noms", "prenom", "prenoms", "name", "firstname", "lastname", "surname", "vorname"})
_NO_NAMES: Final = PARTICLES | frozenset(
    """a au aux avec bac bacs benne bleu bleue bis bus cap centre centrale commune dans en et est les mairie mars
    mai mer ne nord ouest par parc plein pleine pour que qui rue saint sainte sans signale sous sud sur ter
    ville vert verte vide a-t-il appelle demande habite vient etait sera ont sont""".split()  # noqa: SIM905 - words to be read
)
_COMMON_SURNAMES: Final = frozenset(
    """boulay kayl metz adam bach barbe barre bataille ben berger blanc bois bouquet bourgeois brun buisson bureau carre
    charpentier chevalier clement colin collet combes constant coste courtois cousin couturier cruz da duc
    faure fleury fontaine fournier gaillard gay germain grand gras gros jourdain jung kiosque labbe lacombe
    lacroix lang leblanc lemaire lux marchand marchal mars mercier meunier moine montagne moulin mouton neri
    noir noel normand page pages parent paris petit picard pierre pinto place poirier poisson pont pons
    portier potier poulet poussin prevost prost renard robin roche roi rosa rose rousset roux royer salle
    savage seguin serre simple sol toure toussaint vallee vert vidal villard ville vincent viole voisin wagner
    weiss wolf claude charles georges henry jacques""".split()  # noqa: SIM905 - words
)
"""Surnames that are words too: in lower case they tell nothing."""
_SIZES: Final = frozenset({"grand", "gros", "petit"})
_ARTICLES: Final = frozenset({"au", "du", "le", "un"})
"""Before a surname that is an adjective too, they make it one."""
_COMPOUNDS: Final = frozenset({"jean", "marie", "anne", "pierre", "paul", "louis", "juan", "jose", "maria"})
_SHORTENED: Final = frozenset(name[:letters] for name in FOLDED_GIVEN_NAMES for letters in (2, 3, 4)) - PARTICLES
"""How given names begin: after "Jean-" that much of one is enough."""
FEASTS: Final = frozenset({"ascension", "careme", "halloween", "noel", "paques", "pentecote"})
"""Days that are called as people are."""
_TERRITORIES: Final = frozenset({"florence", "france", "lourdes", "nancy", "paris", "savoie"})
"""Given names that a firm adds to its own ("Colas France"): after a surname they leave a doubt."""
_MOSTLY_NAMES: Final = frozenset(
    """dominique franck gabriel laurent marion nathalie pascal pascale regine remi simon vincent xavier""".split()  # noqa: SIM905 - words to be read
)
"""Words besides, but somebody's names where another capitalised word follows."""
_CUES: Final = frozenset(
    """agent agente appele avec cc chez contact contacter copie demander habitant interlocuteur locataire madame
    mademoiselle mlle mme mmes monsieur mr nom par prenom prevenir proprietaire rappeler signataire signe voir
    voisin voisine""".split()  # noqa: SIM905 - words to be read
)
FAMOUS: Final = frozenset(
    tuple(name.split("_"))
    for name in """aime_cesaire alain_afflelou albert_camus albert_lebrun albert_schweitzer albin_michel
    alexandre_dumas ambroise_croizat ambroise_pare anatole_france andre_maginot andre_malraux anna_karenina
    anna_karenine anne_frank antoine_lavoisier aristide_briand armand_colin arsene_lupin arthur_rimbaud
    auguste_comte auguste_renoir auguste_rodin barbe_bleue bastien_bastienne ben_hur benoit_frachon billy_elliot
    bob_morane boris_godounov calvin_klein camille_albane camille_claudel camille_saint cesar_birotteau
    charles_baudelaire charles_bovary charles_darwin charles_peguy charlie_chaplin christian_dior claude_bernard
    claude_debussy claude_monet clement_ader colette_besson daniel_hechter david_copperfield denis_diderot don_juan
    don_quichotte dorian_gray edith_piaf edmond_rostand edouard_leclerc edouard_vaillant eduard_vaillant
    emile_verhaeren emile_zola emma_bovary eric_bompard eugene_oneguine eugenie_grandet ferdinand_buisson
    fernand_hazan fernand_leger fernand_nathan fifi_brindacier france_gall franck_provost francois_mitterrand
    francois_rabelais frederic_chopin frederic_mistral gabriel_faure gabriel_peri george_sand georges_bizet
    georges_brassens georges_clemenceau georges_dandin georges_pompidou georges_sand georges_truffaut gerard_darel
    gerard_philipe gustave_courbet gustave_eiffel gustave_flaubert guy_hoquet guy_moquet hansel_gretel harry_potter
    hector_berlioz henri_barbusse henri_matisse hercule_poirot honore_daumier hubert_reeves huckleberry_finn
    hugo_boss indiana_jones irene_joliot jack_sparrow jacques_brel jacques_cartier jacques_chirac jacques_dessange
    jacques_monod jacques_prevert jacques_vabre james_bond jane_eyre jean-claude_biguine jean-claude_decaux
    jean-louis_david jean_bart jean_bouin jean_cocteau jean_ferrat jean_jaures jean_lefebvre jean_mace jean_mermoz
    jean_monnet jean_moulin jean_racine jean_rostand jean_valjean jean_zay jeanne_arc joachim_du john_deere
    john_kennedy josephine_baker jules_cesar jules_ferry jules_guesde jules_maigret jules_michelet jules_verne
    julie_daubie leo_ferre leo_lagrange leon_blum leon_gambetta leon_jouhaux leroy_merlin louis_aragon louis_bleriot
    louis_braille louis_pasteur louis_vuitton louise_michel lucie_aubrac lucien_leuwen lucien_michard lucky_luke
    marc_bloch marcel_cachin marcel_cerdan marcel_pagnol marcel_paul marcel_proust marguerite_yourcenar marie_curie
    martin_luther mary_poppins maryse_bastie maurice_barres maurice_ravel maurice_schumann maurice_thorez max_jacob
    maximilien_robespierre michel_ange michel_strogoff molly_bloom nelson_mandela nicolas_copernic oliver_twist
    olympe_gouges pablo_neruda pablo_picasso paul_bert paul_cezanne paul_claudel paul_eluard paul_gauguin
    paul_hartmann paul_langevin paul_valery paul_verlaine paul_virginie peter_pan phileas_fogg philippe_de
    pierre_bayle pierre_belfond pierre_brossolette pierre_cardin pierre_corneille pierre_curie pierre_de
    pierre_fabre pierre_mendes pierre_ronsard pierre_semard ralph_lauren raoul_follereau raymond_poincare
    rene_cassin rene_char rene_descartes robert_desnos robert_laffont robert_schuman roberto_zucco robin_bois
    robin_hood roger_salengro romain_rolland romeo_juliette rosa_luxemburg rosa_parks salvador_allende
    sherlock_holmes simone_de simone_veil stephane_hessel stephane_plaza suzanne_lenglen theodore_monod
    therese_desqueyroux therese_raquin thierry_mugler thomas_edison tom_sawyer tristan_iseult tristan_yseult
    victor_hugo victor_schoelcher vincent_auriol vincent_van wangari_maathai wilhelm_meister willy_wonka
    youri_gagarine yves_delorme yves_montand yves_rocher""".split()  # noqa: SIM905
)
"""Given names and surnames of those whose names streets, schools, prizes and brands bear with no word for it, and of
heroes of works."""


@dataclass(frozen=True, slots=True)
class FoundName:
    """A full name in a text, and whether both of its parts are known."""

    start: int
    end: int
    sure: bool


class _Word(NamedTuple):
    """A word and what is known of it; `telling`: a full name has one such; `word`: it may be no name at all.

    "A." and "D." are initials, "a" and "d'" are words of sentences: `no_name` is what no name stands beside.
    """

    text: str
    plain: str
    capital: bool
    initial: bool
    given: bool
    surname: bool
    telling: bool
    word: bool
    may_name: bool
    no_name: bool
    cue: bool

    @classmethod
    def of(cls, text: str) -> Self:
        plain = folded(text.rstrip(".").replace("’", "'"))
        capital = text[0].isupper() or text[_elision(text) :][:1].isupper()
        initial = (len(text.rstrip(".")) == 1 and capital) or _INITIALS.fullmatch(text) is not None
        shortened = initial and text.endswith(".")
        given = is_given_name(plain[_elision(plain) :])
        return cls(
            text, plain, capital, initial, given,
            surname=all(part in SURNAMES for part in plain.removeprefix("d'").split("-")),
            telling=given or initial,
            word=plain in COMMON_WORDS or plain in _COMMON_SURNAMES,
            may_name=shortened or (plain not in PARTICLES and plain not in _LABELS),
            no_name=not shortened and plain in _NO_NAMES,
            cue=plain in _CUES or plain in _LABELS,
        )  # fmt: skip


class _KnownWords(dict[str, _Word]):
    """What is known of the words that were met last: a column's texts differ, their words come back."""

    def __missing__(self, text: str) -> _Word:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[text] = word = _Word.of(text)
        return word


_MOST_KEPT: Final = 65_536
_known_words: Final = _KnownWords()


def read_word(text: str) -> _Word:
    """Return what is known of a word."""
    return _known_words[text]


def _elision(word: str) -> int:
    """Return the length of what is elided before a word: "d'Hélène", "qu'Antoine"."""
    found = _ELIDED.match(word) if "'" in word or "’" in word else None
    return found.end() if found else 0


@whatever_digits
def full_names(text: str) -> tuple[FoundName, ...]:
    """Return the full names in a text, in order."""
    named = tuple(named_pairs(text))
    return named if named and (any(_is_told(text, each) for each in named) or tells_of_one(text)) else ()


def _is_told(text: str, name: FoundName) -> bool:
    """Tell whether a name tells of itself, as most do: no mark beside it asks for the whole text."""
    around = text[max(name.start - 1, 0) : name.end + 1]
    return around[0].isascii() and around[-1].isascii() and tells_of_one(around)


def tells_of_one(text: str) -> bool:
    """Tell whether a text has an initial or a given name, whatever its accents: "Klees L13" has neither."""
    return _INITIAL.search(text) is not None or not FOLDED_GIVEN_NAMES.isdisjoint(_LETTERS.findall(folded(text)))


def is_sure_name(plain: str) -> bool:
    """Tell whether a folded word is a known given name or surname, and no word besides; "anne-marie" is one."""
    if "-" in plain and is_given_name(plain):
        return True
    return (
        (plain in FOLDED_GIVEN_NAMES or plain in SURNAMES)
        and plain not in COMMON_WORDS
        and plain not in _COMMON_SURNAMES
        and plain not in _TERRITORIES
    )


@lru_cache(maxsize=65_536)
def is_given_name(plain: str) -> bool:
    """Tell whether a folded word is a known given name, or is composed of such; "Jean-Mi" is short for one."""
    first, _, second = plain.partition("-")
    if second in _SHORTENED and first in _COMPOUNDS:
        return True
    return all(part in FOLDED_GIVEN_NAMES for part in plain.split("-"))


def is_famous(name: str) -> bool:
    """Tell whether a full name is one that shops, prizes and places bear with no word for it."""
    return any(_are_famous(*pair) for pair in pairwise(_known_words[word].plain for word in name.split()))


def _are_famous(first: str, second: str) -> bool:
    return (first[_elision(first) :], second[_elision(second) :]) in FAMOUS


def known_edge(text: str, place: int) -> tuple[bool, bool]:
    """Tell of a text's first (0) or last (-1) word, particles apart, if it is a known given name, a known surname."""
    words = [word for word in _placed(text)[0] if word.may_name]
    return (words[place].given, words[place].surname) if words else (False, False)


def _placed(text: str) -> tuple[list[_Word], list[int]]:
    """Return the words of a text, and where each starts; those of acronyms apart."""
    found, starts, end = _WORD.findall(text), [], 0
    for word in found:
        starts.append(text.index(word, end))  # nothing but marks stands between words
        end = starts[-1] + len(word)
    words = [_known_words[word] for word in found]
    if WITHIN_ACRONYM.search(text) and (acronyms := [acronym.span() for acronym in ACRONYM.finditer(text)]):
        apart = [not any(first <= start < last for first, last in acronyms) for start in starts]
        return [*compress(words, apart)], [*compress(starts, apart)]
    return words, starts


def named_pairs(text: str) -> Iterator[FoundName]:
    """Yield the full names in a text, in order, whatever the first look says."""
    words, starts = _placed(text)
    named = [place for place, word in enumerate(words) if word.may_name]
    for place, next_place in pairwise(named):
        first, second = words[place], words[next_place]
        if not (first.telling or second.telling):
            continue
        labelled = any(word.plain in _LABELS for word in words[place + 1 : next_place])
        cued = labelled or (place > 0 and words[place - 1].plain in _CUES)
        sure = _judged(first.text, second.text, cued)
        between = slice(place, next_place + 1)
        if sure is None or not _beside(text, words[between], starts[between]):
            continue
        before, after = (words[at].plain if 0 <= at < len(words) else "" for at in (place - 1, next_place + 1))
        if sure and first.plain in _SIZES and before in _ARTICLES:
            sure = False  # "le petit Bernard"
        if sure or not _are_famous(second.plain, after):
            yield FoundName(starts[place], starts[next_place] + len(second.text), sure)


def _beside(text: str, words: list[_Word], starts: list[int]) -> bool:
    """Tell whether nothing parts the first and the last of some words but a space, a comma, particles or labels."""
    first = words[0]
    if len(words) > 4 or (first.text.endswith(".") and not first.initial):  # noqa: PLR2004 - "de la" between
        return False
    ends = (start + len(word.text) for word, start in zip(words, starts, strict=True))
    return all(
        GAP.fullmatch(text, end, start) or (word.initial and start == end)
        for word, end, start in zip(words, ends, starts[1:], strict=False)
    )


@lru_cache(maxsize=65_536)
def _judged(first_text: str, second_text: str, cued: bool) -> bool | None:  # noqa: FBT001 - a key of what is kept
    """Return whether a pair of words is surely a full name; `None` if it is none."""
    first, second = _known_words[first_text], _known_words[second_text]
    if first.no_name or second.no_name or first.plain == second.plain or _are_famous(first.plain, second.plain):
        return None
    if first.initial or second.initial:
        return _with_initial(first, second, cued=cued)
    if first.given and second.surname:
        return _known(first, second, cued=cued)
    if first.surname and second.given:
        sure = _known(second, first, cued=cued)
        return False if sure and second.plain in _TERRITORIES else sure
    return _half_known(first, second, cued=cued)


def may_pair(first: str, second: str, *, cued: bool) -> bool:
    """Tell whether two words beside one another, with or without a stop, may be a full name; `cued`: after a cue."""
    pairs = product((first, f"{first}."), (second, f"{second}."))
    return any(_judged(*pair, cue) is not None for pair in pairs for cue in {False, cued})


def _with_initial(first: _Word, second: _Word, *, cued: bool) -> bool | None:
    initial, other = (first, second) if first.initial else (second, first)
    known = other.surname and (not other.word or "-" in initial.text)
    announced = cued and initial.text.endswith(".") and other.plain not in PLACE_HEADS
    is_name = first.given and (not first.word or first.plain in _MOSTLY_NAMES)
    shortened = second.initial and second.text.endswith(".") and is_name
    return False if other.capital and (known or announced or shortened) else None


def _known(given: _Word, surname: _Word, *, cued: bool) -> bool | None:
    if given.capital and surname.capital:
        doubtful = (surname.given and given.plain in _COMPOUNDS) or (given.word and surname.word)
        return not doubtful
    if surname.plain in _COMMON_SURNAMES or (given.word and surname.word):
        return False if cued else None
    return not given.word


def _half_known(first: _Word, second: _Word, *, cued: bool) -> bool | None:
    """Judge a given name beside an unknown word: capitals tell, or a word before that announces somebody."""
    if min(len(first.plain), len(second.plain)) < 3 or not PLACE_HEADS.isdisjoint((first.plain, second.plain)):  # noqa: PLR2004 - letters of a name
        return None
    capitals = first.capital and second.capital
    if first.given and not first.word and (cued or first.plain not in _TERRITORIES):
        likely = cued or (capitals and not _is_acronym(second, first))
    else:
        likely = (capitals and first.plain in _MOSTLY_NAMES) or _given_last(first, second, cued=cued)
    return False if likely else None


def _given_last(first: _Word, second: _Word, *, cued: bool) -> bool:
    """Tell whether a given name stands last: after a cue, written as the word before it, or after one in capitals."""
    if cued and second.given and first.capital == second.capital:
        return second.capital or not second.word
    return second.given and second.capital and not second.word and first.text.isupper() and len(first.text) > 3  # noqa: PLR2004


def _is_acronym(word: _Word, beside: _Word) -> bool:
    return word.text.isupper() and not beside.text.isupper() and len(word.text) < 4  # noqa: PLR2004 - SNCF is longer


def sure_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where full names stand whose given name and surname are both known."""
    return ((each.start, each.end) for each in full_names(text) if each.sure)


def likely_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand that read as a full name, one of them known."""
    return ((each.start, each.end) for each in full_names(text) if not each.sure)
