"""DCAT documents of a catalogue: a dataset's own, and the pages of all; what was written once is kept, up to a size."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from catalog.metadata.dcat_catalog import Listing, catalogue_graph
from catalog.metadata.dcat_dataset import graph_of
from catalog.metadata.dcat_text import document, fragment
from catalog.metadata.record import Publisher, Record, Refusal
from catalog.metadata.recording import record_of, refusal_of
from catalog.metadata.writings import Page, Writing
from catalog.quality import Measures
from catalog.views import DatasetView, VersionView

_MOST_BYTES: Final = 24_000_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A dataset that is served, and the version of it that is; or one that is not collected, which has none."""

    view: DatasetView
    version: VersionView | None

    @property
    def mark(self) -> tuple[str, int, datetime]:
        """Return what a text of it holds for: its version, and the last change of what is declared."""
        return self.view.slug, self.version.number if self.version else 0, self.view.updated_at

    @property
    def issued(self) -> datetime | None:
        """Return when it was first published, if it ever was."""
        return self.view.issued or (self.version.published_at if self.version else None)

    @property
    def modified(self) -> datetime:
        """Return when what is said of it last changed: a new version, or what is declared of one without any."""
        return self.version.published_at if self.version else self.view.updated_at


class Documents:
    """Makes the documents of one catalogue under one origin."""

    def __init__(self, publisher: Publisher, origin: str, measure: Callable[[VersionView], Measures | None]) -> None:
        self._publisher, self._origin, self._measure = publisher, origin, measure
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self._bytes = 0

    def dataset(self, standing: Standing, writing: Writing) -> bytes:
        """Return the document of one dataset."""
        return document([self._fragment(standing, writing)], writing)

    def page(self, served: Sequence[Standing], asked: Page, *, ending: str) -> bytes:
        """Return a page of the catalogue of these datasets; `ending` is that of its address."""
        shown = asked.of(served)
        listing = Listing(
            publisher=self._publisher,
            records=[self._record(standing) for standing in shown],
            page=asked.number,
            pages=Page.count(len(served)),
            total=len(served),
            issued=min(filter(None, (one.issued for one in served)), default=None),
            modified=max((one.modified for one in served), default=None),
            ending=ending,
        )
        head = fragment(catalogue_graph(listing, self._origin), asked.writing)
        return document([head, *(self._fragment(standing, asked.writing) for standing in shown)], asked.writing)

    def _record(self, standing: Standing) -> Record | Refusal:
        if standing.version is None:
            return refusal_of(standing.view, self._publisher)
        return record_of(standing.view, standing.version, self._publisher)

    def _measured(self, standing: Standing) -> Record | Refusal:
        record = self._record(standing)
        if standing.version is None or isinstance(record, Refusal):
            return record
        return replace(record, measures=self._measure(standing.version))

    def _fragment(self, standing: Standing, writing: Writing) -> bytes:
        mark = (*standing.mark, writing)
        if (found := self._kept.get(mark)) is not None:
            return found
        made = fragment(graph_of(self._measured(standing), self._origin), writing)
        if mark not in self._kept:
            self._kept[mark] = made
            self._bytes += len(made)
        while self._bytes > _MOST_BYTES:
            self._bytes -= len(self._kept.popitem(last=False)[1])
        return made
