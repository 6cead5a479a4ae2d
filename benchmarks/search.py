"""Searching 10,000 datasets: CPU milliseconds a question, and what the index weighs, over made-up records.

Target: less than 5 ms a question, as a share of a yardstick of the same run (the time to sort 100,000 numbers), so that
a slow machine is not a broken claim.
"""

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from random import Random  # noqa: TID251 - made-up records, the same each time
from time import process_time
from tracemalloc import get_traced_memory, start, stop
from typing import Final

from catalog.finding.asking import Asked, find
from catalog.finding.coverage import Coverage
from catalog.finding.index import Index
from catalog.finding.themes import THEMES
from catalog.metadata.record import Bounds
from catalog.views import DatasetView, FileView, VersionView
from charter.release_parts import ReleaseColumn
from eclor.names import Period, Sha256, Slug

DATASETS: Final = 10_000
VOCABULARY: Final = 20_000
TARGET: Final = 0.3
"""Yardsticks: 5 ms where 100,000 numbers are sorted in 16."""
_AT: Final = datetime(2026, 11, 24, tzinfo=UTC)
_SYLLABLES: Final = "ba de chet te rie lam pe ver kéier au to rou mo bi li té zo ne par king bruit eau ville sor tie"
_DIGEST: Final = Sha256("0" * 64)


def vocabulary(chance: Random) -> list[str]:
    """Return made-up words, as long as those of a real catalogue."""
    return ["".join(chance.choices(_SYLLABLES.split(), k=chance.randint(2, 5))) for _ in range(VOCABULARY)]


def made_up(number: int, words: list[str], chance: Random) -> DatasetView:
    """Return a dataset of eighty words or so, in two languages, with a served version."""

    def text(count: int) -> str:
        # a few words stand everywhere, most are rare
        return " ".join(words[int(len(words) * chance.random() ** 3)] for _ in range(count))

    version = VersionView(
        number, Slug(f"d{number}"), 1, _AT, (Period(f"{2015 + number % 12}-0{1 + number % 9}"),), 10, number % 3,
        (ReleaseColumn(words[number % 500], "code", "dimension"),), "f", _DIGEST, _DIGEST, 1, number, "", None, "",
        tuple(FileView(f"data.{kind}", "", 1, _DIGEST) for kind in ("csv", "json", "parquet")[: 1 + number % 3]),
    )  # fmt: skip
    declared: dict[str, object] = {
        "titre": {"fr": text(6), "en": text(6), "de": text(6)},
        "description": {"fr": text(40), "en": text(30)},
        "mots_cles": {"fr": [text(1) for _ in range(5)]},
        "colonnes": [{"nom": text(1), "titre": {"fr": text(2), "en": text(2)}} for _ in range(6)],
        "frequence": ("chaque mois", "chaque jour", "à chaque livraison")[number % 3],
    }
    return DatasetView(
        Slug(f"d{number}"), text(6), text(40), ("snapshot", "series", "live")[number % 3],
        sorted(THEMES)[number % len(THEMES)], declared, f"Service {number % 60}", "licence-ouverte-2.0", "s",
        False, "tableau", "served", "", 900, _AT, version,
    )  # fmt: skip


def covering(view: DatasetView) -> Coverage:
    """Return a made-up coverage: one box of a hundred, or the whole territory."""
    number = int(view.slug[1:])
    day = date(2015 + number % 12, 1 + number % 9, 1)
    west = 5 + number % 100 / 100
    return Coverage(box=Bounds(west, 49, west + 0.01, 49.1) if number % 2 else None, days=(day, day))


def milliseconds(done: Callable[[], object], times: int) -> float:
    """Return the CPU milliseconds of one call."""
    before = process_time()
    for _ in range(times):
        done()
    return (process_time() - before) * 1000 / times


def questions(words: list[str]) -> dict[str, Asked]:
    """Return questions of each kind, by what they try."""
    common, rare = words[0], words[-7]
    wrong = f"{rare[:3]}x{rare[4:]}"
    return {
        "nothing: every dataset": Asked(),
        "one word of most datasets": Asked(common),
        "three common words": Asked(" ".join(words[:3])),
        "a rare word": Asked(rare),
        "the beginning of many words": Asked(common[:3]),
        "a misspelt word": Asked(wrong),
        "three misspelt words": Asked(" ".join((wrong, f"{words[50]}q", f"z{words[900]}"))),
        "a word and four facets": Asked(
            common, {"theme": ("dechets", "energie"), "format": ("csv",), "service": ("Service 7",), "kind": ("live",)}
        ),
        "a word, a box, a year": Asked(
            common, box=Bounds(5.2, 49, 5.4, 50), days=(date(2019, 1, 1), date(2019, 12, 31))
        ),
        "the last page": Asked(common, offset=5000),
    }


def main() -> int:
    """Say how long each kind of question takes, how long the index does, and what it weighs."""
    chance = Random(20_261_124)
    words = vocabulary(chance)
    views = [made_up(number, words, chance) for number in range(DATASETS)]
    start()
    index = Index(views, coverage=covering)
    weighed = get_traced_memory()[0] / 1e6
    stop()
    numbers = [chance.random() for _ in range(100_000)]
    yardstick = milliseconds(lambda: sorted(numbers), 20)
    anew = milliseconds(lambda: Index(views, coverage=covering), 1)
    again = milliseconds(lambda: Index(views, coverage=covering, former=index), 1)
    print(f"{DATASETS} datasets: the index weighs {weighed:.0f} MB, is made in {anew:.0f} ms, again in {again:.0f} ms")
    print(f"yardstick (100,000 numbers sorted): {yardstick:.1f} ms")
    worst = 0.0
    for name, asked in questions(words).items():
        found, took = find(index, asked), milliseconds(lambda asked=asked: find(index, asked), 30)  # type: ignore[misc]
        worst = max(worst, took)
        print(f"{took:7.2f} ms  {took / yardstick:5.2f} yardsticks  {found.count:6} found  {name}")
    print(f"worst: {worst:.2f} ms, {worst / yardstick:.2f} yardsticks (target: {TARGET})")
    return int(worst / yardstick > TARGET)


if __name__ == "__main__":
    sys.exit(main())
