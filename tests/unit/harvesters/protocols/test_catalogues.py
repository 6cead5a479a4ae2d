"""ckan and udata: datasets of other catalogues, and records of the DataStore. udata's payloads are synthetic."""

import pytest

from tests.payloads import as_json, read
from tests.payloads_answers import CATALOGUE_PAGE, PACKAGES


def answer(result: object) -> bytes:
    return as_json({"help": "x", "success": True, "result": result})


class TestCkan:
    def test_a_dataset_is_a_row_with_its_extras_by_their_keys(self) -> None:
        waste, water = read("ckan", as_json(PACKAGES)).rows
        assert waste["extras"] == {"theme": ["a", "b"], "insee": "57038"}
        assert waste["organization"] is None
        assert (water["private"], water["state"]) == (True, "deleted")

    def test_show_list_and_search_say_the_same(self) -> None:
        packages = PACKAGES["result"]["results"]  # type: ignore[index]
        rows = read("ckan", as_json(PACKAGES)).rows
        assert read("ckan", answer(packages)).rows == rows
        assert read("ckan", answer(packages[0])).rows == rows[:1]
        assert read("ckan", as_json(packages[0])).rows == rows[:1]

    def test_no_success_is_refused_whatever_the_status(self) -> None:
        for success in (False, None, 1, "true"):
            outcome = read("ckan", as_json({"success": success, "error": {"__type": "Not Found Error"}}))
            assert outcome.code == "payload.ckan-error"
        assert read("ckan", as_json({"success": True})).code == "payload.ckan-error"
        assert read("ckan", b"{}").code == "payload.ckan-root"

    def test_what_is_no_dataset_is_refused(self) -> None:
        outcome = read("ckan", answer(["dechets", {"id": "r", "package_id": "p1", "url": "x"}, {"title": "x"}]))
        assert outcome.refused_codes == ["payload.ckan-dataset"] * 3

    def test_records_are_rows_as_objects_or_lists(self) -> None:
        fields = [{"id": "_id", "type": "int"}, {"id": "nom", "type": "text"}]
        objects = {"fields": fields, "records": [{"_id": 1, "nom": "École"}], "total": 1}
        rows = read("ckan", answer(objects)).rows
        assert rows == [{"_id": 1, "nom": "École"}]
        outcome = read("ckan", answer({**objects, "records": [[1, "École"], [1], 3], "total": 3}))
        assert (outcome.rows, outcome.refused_codes) == (rows, ["payload.ckan-record"] * 2)
        assert read("ckan", answer({**objects, "records": "1,École\n"})).code == "payload.ckan-format"

    @pytest.mark.parametrize(
        ("paging", "short"),
        [({"total": 500}, True), ({"total": 500, "limit": 1}, False), ({"total": 101, "offset": 100}, False),
         ({"total": 9, "total_was_estimated": True}, False), ({}, False)],
    )  # fmt: skip
    def test_a_page_of_records_that_lacks_some_is_said(self, paging: dict[str, object], short: bool) -> None:
        outcome = read("ckan", answer({"fields": [{"id": "a"}], "records": [{"a": 1}], **paging}))
        assert outcome.warning_codes == (["payload.page-short"] if short else [])


class TestUdata:
    def test_a_dataset_is_a_row_copies_too(self) -> None:
        outcome = read("udata", as_json(CATALOGUE_PAGE))
        assert [row["license"] for row in outcome.rows] == ["lov2", "odc-odbl"]
        assert outcome.rows[1]["harvest"] == {"domain": "x.exemple"}
        assert outcome.warnings == []

    def test_a_list_and_one_dataset_say_the_same(self) -> None:
        rows = read("udata", as_json(CATALOGUE_PAGE)).rows
        assert read("udata", as_json(CATALOGUE_PAGE["data"])).rows == rows
        assert read("udata", as_json(CATALOGUE_PAGE["data"][0])).rows == rows[:1]  # type: ignore[index]

    def test_a_lone_page_must_be_whole(self) -> None:
        outcome = read("udata", as_json({**CATALOGUE_PAGE, "next_page": None}))
        assert (len(outcome.rows), outcome.warning_codes) == (2, ["payload.page-short"])

    def test_errors_and_strangers_are_refused(self) -> None:
        assert read("udata", b'{"message": "Dataset not found"}').code == "payload.udata-error"
        assert read("udata", b"{}").code == "payload.udata-root"
        outcome = read("udata", as_json({"data": [1, {"id": "a"}, {"id": 3, "title": "x"}]}))
        assert outcome.refused_codes == ["payload.udata-dataset"] * 3
