"""The first look at texts, by their outline: which may hold a name. The others are not read closely.

Each look takes every text in which a close reading would find something; property tests hold it.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from catalog.gates.recognisers.full_names import may_pair
from catalog.gates.recognisers.look import ANYTHING, KNOWN_NAME, NAME_ALONE, UNKNOWN_NAME
from catalog.gates.recognisers.outline import Gap, Mask, Parts, Word

Places = NDArray[np.intp]
_MOST_BETWEEN: Final = 4
"""Words between what makes a place's name and the name."""
_MOST_PARTICLES: Final = 2
_MOST_TIED: Final = 3
"""Words tied to the first of a name; after more, a name is taken to follow."""
_ANNOUNCES: Final = Gap.SPACE | Gap.ELISION
_TIES: Final = Gap.ELISION | Gap.TIED


def first_look(parts: Parts) -> NDArray[np.uint8]:
    """Return for each text what it may hold (`look`); where a letter is strange, anything."""
    of_place = _follows(parts, Word.PLACE_HEAD, Word.LEADS_ON)
    looks = np.uint8(KNOWN_NAME) * may_hold_known_name(parts, of_place)
    looks |= np.uint8(NAME_ALONE) * may_name_alone(parts)
    looks |= np.uint8(UNKNOWN_NAME) * may_name_fully(parts, of_place)
    looks[parts.texts(np.flatnonzero(parts.gap_before(Gap.STRANGE)))] = ANYTHING
    return looks


def may_hold_known_name(parts: Parts, of_place: Mask) -> Mask:
    """Tell of each text whether it may hold a full name of known words that is not that of a place.

    Wherever `named_pairs` finds one that `is_place_name` does not take, it may. Nothing but particles, labels and
    slight marks stands between its two words, of which one is a given name or an initial, and `may_pair` takes them.
    Words that an apostrophe ties are read as one by it, which any other may follow. `of_place`: words before which
    stands what makes a place's name of theirs.
    """
    whole, tied = parts.gap_before(Gap.ELISION), parts.gap_after(Gap.ELISION)
    tied[parts.ends - 2] = False  # an apostrophe that ends a text ties nothing
    shortened = parts.word(Word.SHORTENED) & parts.gap_after(Gap.SHORTENS)
    names = (whole | shortened | ~parts.word(Word.SKIPPED)) & ~tied
    names[parts.ends - 1] = False
    places = np.flatnonzero(names)
    telling = parts.word(Word.GIVEN | Word.INITIAL)[places]
    pairs = np.flatnonzero(telling[:-1] | telling[1:])
    one, other = places[pairs], places[pairs + 1]

    near = tied | parts.gap_after(Gap.NEAR)
    near |= parts.gap_after(Gap.NEAR_A_STOP) & parts.word(Word.INITIAL | Word.SKIPPED)
    far, texts, cues = _counted(~near), _counted(parts.first), _counted(parts.word(Word.CUE))
    beside = (far[other - 1] == far[one] - ~near[one]) & (texts[one] == texts[other])
    beside &= ~of_place[one]
    one, other = one[beside], other[beside]
    start = np.append(0, parts.ends[:-1])[texts[one] - 1]
    cued = cues[other - 1] > cues[start] - parts.word(Word.CUE)[start]
    return parts.texts(one[whole[one] | whole[other] | _may_pair(parts, one, other, cued)])


def _may_pair(parts: Parts, one: Places, other: Places, cued: Mask) -> Mask:
    """Tell of each pair of words, given by their places, whether they may be a full name: asked once of a pair."""
    count = len(parts.listed)
    keys, places = np.unique((parts.ids[one] * count + parts.ids[other]) * 2 + cued, return_inverse=True)
    split = ((*divmod(key // 2, count), key % 2) for key in keys.tolist())
    told = [may_pair(parts.listed[first], parts.listed[second], cued=bool(cue)) for first, second, cue in split]
    return np.array(told, dtype=bool)[places]


def may_name_alone(parts: Parts) -> Mask:
    """Tell of each text whether it may hold a name of one word; wherever `lone_names` finds one, it may.

    The name begins a sentence or follows what may announce it, and no other word with a capital follows, or a given
    name does something or ends the text, as that of whoever signs it; the noun before it is of nothing that governs a
    place. Names in capitals follow a label or what somebody is, those in small letters are given names or follow a
    civility.
    """
    word, before, after = parts.word, parts.gap_before, parts.gap_after
    free = ~_follows(parts, Word.INSTITUTION, Word.ADJECTIVE)
    announced = parts.first | before(Gap.STOP | Gap.PARTS) | (_after(word(Word.BEFORE_A_NAME)) & before(_ANNOUNCES))
    alone = word(Word.ALONE) & ((announced & free) | (before(Gap.COMMA) & ~after(Gap.STOP)))
    goes_on = after(Gap.SPACE) & _before(word(Word.CAPITAL))
    alone &= ~goes_on

    does = word(Word.DOES) & after(Gap.SPACE)
    acts = after(Gap.SPACE) & _before(does | (word(Word.BEFORE_IT_DOES) & after(_ANNOUNCES) & _before(does)))
    given = word(Word.ALONE) & word(Word.SURE_GIVEN) & before(Gap.SPACE) & free & acts

    led = word(Word.BEFORE_A_NAME) & ~word(Word.IN_CAPITALS)
    said = before(Gap.PARTS) | (before(Gap.SPACE) & _after(word(Word.ROLE) | led))
    civil = word(Word.CIVILITY) & after(Gap.SPACE | Gap.STOP)
    signed = word(Word.SURE_GIVEN) & parts.last & _after(word(Word.CLOSES))
    small = word(Word.SMALL_GIVEN) | (word(Word.SMALL_SURNAME) & before(Gap.SPACE) & _after(word(Word.ROLE) | led))
    small |= word(Word.SMALL_SURNAME) & (parts.first | before(Gap.PARTS | Gap.STOP))
    begun = word(Word.NAME_PART) & parts.first
    in_capitals = word(Word.IN_CAPITALS) & ((said & (word(Word.INITIAL) | ~goes_on)) | begun)
    small |= word(Word.NOTHING_BUT_A_NAME)
    opposed = word(Word.ALONE) & (_after(word(Word.AGAINST)) | _before(word(Word.AGAINST)))
    found = alone | given | signed | small | in_capitals | civil | opposed
    return parts.texts(np.flatnonzero(found))


def may_name_fully(parts: Parts, of_place: Mask) -> Mask:
    """Tell of each text whether it may hold a full name of unknown words; wherever `unknown_names` finds one, it may.

    Two words with capitals, neither of which is known and one may be a name; what apostrophes or hyphens tie to them
    may be anything. None of them is `of_place`.
    """
    capital, sure = parts.word(Word.CAPITAL), parts.word(Word.NAME_PART)
    other, ties = parts.word(Word.OTHER_PART), parts.gap_after(_TIES)
    beside = parts.gap_after(Gap.SPACE | Gap.COMMA) | (parts.gap_after(Gap.TIED) & ~parts.gap_after(Gap.PARTS))
    second = beside & _before(_reached(parts, capital))
    goes_on = ties
    for _ in range(_MOST_TIED):
        goes_on = ties & _before(second | goes_on)
    found = goes_on | (parts.gap_after(Gap.TIED) & _before(_reached(parts, capital)))
    found |= beside & sure & _before(_reached(parts, capital & (sure | other)))
    found |= beside & other & _before(_reached(parts, capital & sure))
    found |= beside & _before(_reached(parts, capital & ties))
    found &= capital & ~of_place
    return parts.texts(np.flatnonzero(found))


def _follows(parts: Parts, head: Word, more: Word) -> Mask:
    """Tell of each word whether a noun stands before it, with nothing but links, or `more`, between."""
    link = parts.gap_after(Gap.SPACE) & parts.word(Word.LINK | more)
    link |= parts.gap_after(Gap.ELISION) & parts.word(Word.ELIDED_LINK)
    apart = parts.gap_before(Gap.NOTHING | Gap.SPACE | Gap.COMMA | Gap.STOP | Gap.ELISION)
    led = parts.word(head) & parts.gap_after(Gap.SPACE) & apart
    found = follows = _after(led)
    for _ in range(_MOST_BETWEEN):
        follows = _after(follows & link)
        found = found | follows
    return found


def _reached(parts: Parts, words: Mask) -> Mask:
    """Tell of each word whether it is one of some words, or leads to one by particles."""
    particle = parts.word(Word.PARTICLE) & parts.gap_after(_ANNOUNCES)
    reached = words
    for _ in range(_MOST_PARTICLES):
        reached = words | (particle & _before(reached))
    return reached


def _counted(mask: Mask) -> NDArray[np.int32]:
    """Return how many words of a mask there are up to each word, in all texts."""
    return np.cumsum(mask, dtype=np.int32)


def _after(mask: Mask) -> Mask:
    """Return a mask of the words right after those of another."""
    return np.append(False, mask[:-1])


def _before(mask: Mask) -> Mask:
    """Return a mask of the words right before those of another."""
    return np.append(mask[1:], False)
