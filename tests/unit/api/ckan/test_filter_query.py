"""The part of Solr's syntax that CKAN's clients write, on one dataset."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.ckan.filter_query import Document, Test, read_filters
from api.ckan.ranges import instant
from api.ckan.wildcards import wildcard
from api.ckan.wire import ActionRefused

NOW = datetime(2026, 11, 27, 20, 30, 15, 250_000, tzinfo=UTC)
DATASET = Document(
    {
        "*": ["*"],
        "name": ["gares-ter"],
        "title": ["Gares TER de Bretagne"],
        "tags": ["mobilité", "train"],
        "res_format": ["CSV", "SHP"],
        "organization": ["region-bretagne"],
        "metadata_modified": ["2026-11-24T11:27:18.713359Z"],
        "niveau": ["12.5"],
        "extras_frequence": ["temps réel"],
        "text": ["Gares TER de Bretagne", "gares-ter", "Gares et haltes desservies par le TER BreizhGo."],
    }
)


def read(query: str) -> Test:
    (test,) = read_filters([query], NOW, named="fq")
    return test


@pytest.mark.parametrize(
    "query",
    [
        "*:*",
        "name:gares-ter",
        'name:"gares-ter"',
        "name:*-ter",
        "name:g?res-*",
        "name:(absent OR gares-ter)",
        "title:gare",
        "title:GARES",
        'title:"ter de bretagne"',
        'title:"gares ter"~3^2',
        "title:breta*",
        "tags:mobilité AND res_format:SHP",
        "tags:mobilité && res_format:SHP",
        "res_format:(CSV SHP)",
        "+organization:region-bretagne -tags:air",
        "organization:a || organization:region-bretagne",
        "!tags:air",
        "NOT (tags:air OR tags:eau)",
        "haltes desservies",
        "extras_frequence:reel",
        "metadata_modified:[2026-11-24T00:00:00Z TO *]",
        "metadata_modified:[NOW-7DAYS TO NOW]",
        "metadata_modified:[NOW/YEAR TO NOW/DAY]",
        "metadata_modified:{2026-11-24T11:27:18Z TO 2026-11-24T11:27:19Z}",
        "niveau:[9 TO 12.5]",
        "niveau:{9 TO 100]",
        "name:[gares TO gares-ter]",
        "tags:*",
        r"name:gares\-ter",
        "",
    ],
)
def test_a_query_holds(query: str) -> None:
    assert read(query)(DATASET)


@pytest.mark.parametrize(
    "query",
    [
        "name:gares",
        "name:Gares-ter",
        "tags:mobilite",
        "title:bret",
        'title:"bretagne ter"',
        "res_format:(CSV AND PDF)",
        "-res_format:CSV",
        "tags:air OR (tags:train AND -res_format:SHP)",
        "metadata_modified:[NOW-1DAY TO NOW]",
        "metadata_modified:{* TO 2026-11-24T11:27:18.713359Z}",
        "niveau:[100 TO 9999]",
        "niveau:{12.5 TO 100]",
        "name:[gares TO gares-ter}",
        "absent:*",
        "absent:x",
    ],
)
def test_a_query_does_not_hold(query: str) -> None:
    assert not read(query)(DATASET)


@pytest.mark.parametrize(
    "query",
    [
        'title:"ouvert',
        "(a",
        "a)",
        "a AND",
        "name:",
        "name:[a]",
        "metadata_modified:[hier TO NOW]",
        "metadata_modified:[NOW-7WEEKS TO NOW]",
        "metadata_modified:[NOW-900000YEARS TO NOW]",
        "metadata_modified:[NOW-2026YEARS TO NOW]",
        "{!lucene}x",
        '_query_:"x"',
        "(" * 40 + "a" + ")" * 40,
        "-" * 400 + "a",
        "a " * 301,
        "title:" + "*a" * 41,
        " ".join(["title:*a?b*"] * 14),
    ],
)
def test_a_query_that_cannot_be_read_is_refused(query: str) -> None:
    with pytest.raises(ActionRefused) as refused:
        read(query)
    assert (refused.value.status, refused.value.error["__type"]) == (409, "Search Error")


@pytest.mark.parametrize("many", ["a " * 151, "title:" + "?" * 21])
def test_filters_are_bounded_in_all(many: str) -> None:
    assert len(read_filters([many, "a"], NOW, named="fq")) == 2
    with pytest.raises(ActionRefused):
        read_filters([many, many], NOW, named="fq")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOW", NOW),
        ("NOW/DAY", datetime(2026, 11, 27, tzinfo=UTC)),
        ("NOW/DAY-1MONTH", datetime(2026, 10, 27, tzinfo=UTC)),
        ("NOW-1YEAR/YEAR", datetime(2025, 1, 1, tzinfo=UTC)),
        ("NOW/HOUR+30MINUTES", datetime(2026, 11, 27, 20, 30, tzinfo=UTC)),
        ("2026-01-31T00:00:00Z+1MONTH", datetime(2026, 2, 28, tzinfo=UTC)),
        ("2026-03-31T00:00:00Z+1MONTH", datetime(2026, 4, 30, tzinfo=UTC)),
        ("2026-03-31T00:00:00Z", datetime(2026, 3, 31, tzinfo=UTC)),
    ],
)
def test_an_instant_is_a_sum(text: str, expected: datetime) -> None:
    assert instant(text, NOW) == expected


LETTERS = st.text("ab*?", max_size=8)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(value=LETTERS, text=st.text("ab", max_size=10))
def test_a_wildcard_is_what_a_pattern_says(value: str, text: str) -> None:
    pattern = re.sub(r"\*+", "*", value).replace("*", ".*").replace("?", ".")
    assert wildcard(value)(text) is (re.fullmatch(pattern, text) is not None)


def test_many_stars_cost_no_more_than_the_text() -> None:
    assert not wildcard("*a" * 40 + "*b")("a" * 100_000)
