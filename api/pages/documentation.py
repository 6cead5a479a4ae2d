"""The API's documentation: examples that run as they stand, with the columns and the values of a chosen dataset."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.asking import rows_of
from api.ckan.model import stable_id
from api.pages.errors import ERRORS
from api.pages.library import Library
from api.pages.names import TOTAL, is_total
from api.pages.site import Site
from api.pages.snippets import Snippets
from api.pages.snippets.example import SAMPLE, Example, Where, example_of
from api.pages.snippets.snippet import LANGUAGES, Language
from api.parts import Parts
from api.rows import Condition, Operator, Question
from api.shelf import Kept
from catalog.views import DatasetView, VersionView
from eclor.sentences.metadata import METRICS

_MOST: Final = 256
_TABLE: Final = "data.csv"
_LIVE: Final = "live"


@dataclass(frozen=True, slots=True)
class Documentation:
    """Makes the page; the examples of a version are kept as long as nothing that is said of it changes."""

    parts: Parts
    site: Site
    library: Library
    kept: OrderedDict[tuple[Kept, str], Example]

    @classmethod
    def of(cls, parts: Parts, site: Site, library: Library) -> "Documentation":
        """Return one that has made nothing yet."""
        return cls(parts, site, library, OrderedDict())

    async def shown(self, request: Request) -> Response:
        """Show the page, for the dataset asked for, or for one that fits. Refuses an unknown one (404)."""
        served = [view for view in (await self.parts.shelf.datasets()).values() if view.served and view.current]
        asked = request.path_params.get("slug") or request.query_params.get("dataset") or _fitting(served)
        example = await self._example(await self.parts.shelf.latest(asked), served) if asked else None
        return await self.site.shown(
            request,
            "docs.html",
            example=example,
            snippets=Snippets(example) if example is not None else None,
            datasets=[(view.slug, view.title) for view in served],
            languages=LANGUAGES,
            language=_language(request.query_params.get("langage", "")),
            errors=ERRORS,
            metrics=METRICS,
        )

    async def _example(self, kept: Kept, served: Sequence[DatasetView]) -> Example:
        live = next((view.slug for view in served if view.kind == _LIVE), "")
        question = (kept, live)
        if question not in self.kept:
            columns = tuple(column.name for column in kept.version.columns)
            rows = await rows_of(self.parts, kept.version, Question(columns, SAMPLE))
            where = Where(self.site.origin, stable_id(kept.dataset.slug, _TABLE), live)
            totals = await self._totals(kept.version)
            self.kept[question] = example_of(kept, self.library.names(kept), rows, where, totals)
            while len(self.kept) > _MOST:
                self.kept.popitem(last=False)
        return self.kept[question]

    async def _totals(self, version: VersionView) -> dict[str, tuple[str, ...]]:
        """Return, by dimension, its values that stand for all the others: `ensemble`, or one of each period."""
        found: dict[str, tuple[str, ...]] = {}
        for name in (column.name for column in version.columns if column.kind == "dimension"):
            begins = Condition(name, Operator.STARTS_WITH, (TOTAL,))
            rows = await rows_of(self.parts, version, Question((name,), SAMPLE, begins))
            if values := tuple(sorted({str(row[0]) for row in rows if is_total(row[0])})):
                found[name] = values
        return found


def _fitting(served: Sequence[DatasetView]) -> str:
    """Return the dataset that a first visit is shown: a table, with a masked cell if there is one; none before any."""
    ranked = [(view.shape == "tableau", bool(view.current and view.current.masked), view.slug) for view in served]
    return max(ranked)[2] if ranked else ""


def _language(asked: str) -> Language:
    return Language(asked) if asked in set(Language) else Language.CURL
