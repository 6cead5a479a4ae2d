"""The language's arithmetic and order: durations, digests, levels, and policies that only harden."""

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from charter.compile import check
from charter.digests import canonical, digest, policy_digest
from charter.document import Document
from charter.durations import Duration
from charter.levels import is_finer
from charter.vocabulary import DURATION_UNITS, Level
from tests.policies import NAMES, NOW, changed, codes, read_text, refusals, territory, text_of

HELD = territory()
DURATIONS = st.builds("{} {}".format, st.integers(1, 400), st.sampled_from(sorted(DURATION_UNITS)))
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(DURATIONS, DURATIONS, DAYS)
def test_a_duration_that_fits_in_another_never_ends_after_it(short: str, long: str, start: date) -> None:
    if Duration.parse(short).fits_in(Duration.parse(long)):
        assert Duration.parse(short).after_day(start) <= Duration.parse(long).after_day(start)


@given(DURATIONS)
def test_a_duration_fits_in_itself(text: str) -> None:
    assert Duration.parse(text).fits_in(Duration.parse(text))


@given(DURATIONS, DURATIONS, DURATIONS)
def test_what_fits_in_a_part_fits_in_the_whole(short: str, long: str, further: str) -> None:
    whole = Duration.parse(long) + Duration.parse(further)
    if Duration.parse(short).fits_in(Duration.parse(long)) and not (whole.months and whole.minutes):
        assert Duration.parse(short).fits_in(whole)


@given(st.sampled_from(Level), st.sampled_from(Level), st.sampled_from(Level))
def test_finer_is_a_strict_order(one: Level, other: Level, third: Level) -> None:
    assert not (is_finer(one, other) and is_finer(other, one))
    assert not is_finer(one, one)
    if is_finer(one, other) and is_finer(other, third):
        assert is_finer(one, third)


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(NAMES))
def test_a_digest_sees_the_policy_and_not_its_layout(shuffle: object, name: str) -> None:
    plain = read_text(text_of(name)).plain
    twin = json.loads(json.dumps(shuffled(plain, shuffle)))
    assert policy_digest(twin) == policy_digest(plain)
    twin["gouvernance"]["etat"] = "en-vigueur"
    assert policy_digest(twin) == policy_digest(plain)
    twin["titre"] += "."
    assert policy_digest(twin) != policy_digest(plain)


def shuffled(value: object, shuffle: object) -> object:
    if isinstance(value, dict):
        items = list(value.items())
        shuffle.shuffle(items)  # type: ignore[attr-defined]
        return {key: shuffled(inner, shuffle) for key, inner in items}
    return [shuffled(inner, shuffle) for inner in value] if isinstance(value, list) else value


@given(st.dictionaries(st.text("abcé\u20ac\U0001f600", max_size=4), st.integers(-9_999_999_999, 9_999_999_999)))
def test_the_canonical_form_is_json_sorted_by_utf_16(plain: dict[str, int]) -> None:
    ordered = sorted(plain.items(), key=lambda item: item[0].encode("utf-16-be"))
    assert canonical(plain) == json.dumps(dict(ordered), ensure_ascii=False, separators=(",", ":")).encode()
    assert len(digest(plain)) == 64


TURNS = {
    "k: 11}": st.integers(3, 60).map("k: {}}}".format),
    ", pourcent: 85}": st.integers(10, 99).map(", pourcent: {}}}".format),
    " l: 3,": st.integers(2, 9).map(" l: {},".format),
    "part_max_pourcent: 80": st.integers(10, 99).map("part_max_pourcent: {}".format),
    "protection_pourcent: 10": st.integers(1, 100).map("protection_pourcent: {}".format),
    "protection_min: 2": st.integers(1, 9).map("protection_min: {}".format),
    "perte_max_pourcent: 60": st.integers(0, 100).map("perte_max_pourcent: {}".format),
    "seuil: 50": st.integers(1, 400).map("seuil: {}".format),
    "delai_publication: 7 jours": st.integers(1, 48).map("delai_publication: {} heures".format),
    "versions_publiees: 5 ans": st.integers(1, 20).map("versions_publiees: {} ans".format),
    "delai_retrait: 15 minutes": st.integers(1, 120).map("delai_retrait: {} minutes".format),
}


def number(text: str) -> int:
    return int("".join(letter for letter in text if letter.isdigit()))


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries(TURNS))
def test_each_knob_may_only_be_turned_towards_hardness(knobs: dict[str, str]) -> None:
    values = [number(knobs[old]) for old in TURNS]
    k, dominance, diversity, share, percent, least, loss, population, delay, versions, withdrawal = values
    weaker = {
        "P402": k < 11,
        "P403": dominance > 85,
        "P406": diversity < 3 or share > 80,
        "P407": percent < 10 or least < 2,
        "P408": loss > 60,
        "P409": population < 50,
        "P414": delay < 24,
        "D609": versions > 10,
        "V706": withdrawal > 60,
    }
    found = refusals(changed(text_of("passages"), *knobs.items()), HELD)
    assert set(codes(found)) == {code for code, is_weaker in weaker.items() if is_weaker}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_a_policy_without_one_of_its_keys_never_says_more(name: str, data: st.DataObject) -> None:
    document = read_text(text_of(name))
    key = data.draw(st.sampled_from(sorted(document.plain)))
    plain = {kept: value for kept, value in document.plain.items() if kept != key}
    assert check(Document(document.file, plain, document.places), HELD, now=NOW)
