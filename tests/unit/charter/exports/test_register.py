"""The Article 30 register: a line a processing, all that the article asks, no cell that a spreadsheet runs."""

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charter.register import FORMULA, check_register, register_of
from eclor.errors import VerificationFailed
from eclor.names import Slug
from eclor.sentences.register import COLUMNS
from tests.policies import NAMES
from tests.unit.charter.exports.subjects import named

ALL = [named(name) for name in NAMES]
REGISTER = register_of(ALL)
DIGESTS = {Slug(one.policy.dataset): one.digest for one in ALL}
PASSAGES = named("passages")


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_article_30_is_answered_point_by_point() -> None:
    (line,) = (one for one in lines(REGISTER.csv()) if one["jeu"] == named("passages").policy.dataset)
    policy = named("passages").policy
    record, controller = policy.processing_record, named("passages").charter.controller
    assert (line["responsable"], line["contact_delegue"]) == (controller.name, controller.dpo_contact)
    assert line["finalite"] == record.purpose
    assert line["categories_personnes"] == " ; ".join(record.data_subjects)
    assert line["categories_donnees"] == " ; ".join(record.data_categories)
    assert line["destinataires"] == " ; ".join(record.recipients)
    assert (line["transferts"], line["hebergement"]) == ("aucun", "union-europeenne")
    assert line["duree_donnees_recues"] == policy.retention.raw_store
    assert line["mesures_securite"] == " ; ".join(record.safeguards)
    assert (line["politique_version"], line["politique_etat"]) == (str(policy.version), "en-vigueur")
    assert line["politique_empreinte"] == named("passages").digest


def test_personal_data_comes_first_and_nothing_is_left_out() -> None:
    said = [line["donnees_personnelles"] for line in lines(REGISTER.csv())]
    assert said == sorted(said, reverse=True)
    assert len(said) == len(ALL) == len(REGISTER.personal) + len(REGISTER.other)
    held = json.loads(REGISTER.json())
    assert {one["donnees_personnelles"] for one in held["traitements"]} == {"oui"}
    assert {one["donnees_personnelles"] for one in held["sans_donnee_personnelle"]} == {"non"}


def test_the_order_of_the_policies_changes_no_byte() -> None:
    assert register_of(reversed(ALL)).csv() == REGISTER.csv()
    assert register_of(reversed(ALL)).json() == REGISTER.json()


@given(
    start=st.sampled_from(FORMULA),
    rest=st.text(alphabet="ab1 (),;", max_size=12),
    blank=st.sampled_from(["", " "]),
)
def test_no_cell_begins_as_a_formula_and_json_has_the_text_as_it_stands(start: str, rest: str, blank: str) -> None:
    purpose = f"{blank}{start}{rest}x"
    policy = PASSAGES.policy
    record = policy.processing_record.model_copy(update={"purpose": purpose})
    of = replace(PASSAGES, policy=policy.model_copy(update={"processing_record": record}))
    made = register_of([of])
    for line in lines(made.csv()):
        assert not any(cell.lstrip().startswith(FORMULA) for cell in line.values())
    assert json.loads(made.json())["traitements"][0]["finalite"] == of.policy.processing_record.purpose


def test_a_register_of_the_same_policies_is_up_to_date() -> None:
    check_register(REGISTER.csv(), "registre.csv", DIGESTS)


@pytest.mark.parametrize(
    ("code", "text", "kept"),
    [
        ("register.other-datasets", REGISTER.csv(), NAMES[1:]),
        ("register.unreadable", "a,b\n1,2\n", NAMES),
        ("register.unreadable", "", NAMES),
        ("register.twice", REGISTER.csv() + REGISTER.csv().splitlines(keepends=True)[-1], NAMES),
        ("register.stale", REGISTER.csv().replace(named("air").digest, "0" * 64), NAMES),
        ("register.other-datasets", ",".join(COLUMNS.values()) + "\n", NAMES),
    ],
)
def test_a_register_of_other_policies_is_refused(code: str, text: str, kept: tuple[str, ...]) -> None:
    digests = {Slug(named(name).policy.dataset): named(name).digest for name in kept}
    with pytest.raises(VerificationFailed) as refused:
        check_register(text, "registre.csv", digests)
    assert refused.value.code == code
