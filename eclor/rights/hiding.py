"""Who a source no longer lets be shown goes from the versions that showed them, the newest included.

The intake leaves such rows out and marks who they are of (`retirer`, `harvesters.screening`). A mark ends at the
receipt of its delivery: a version made since, when the source let them be shown again, stays.
"""

import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlmodel import col, select

from catalog.database import reading
from catalog.models import VersionRow
from eclor.house import House
from eclor.names import Slug
from eclor.retention.destroying import withdraw_rectified
from eclor.retention.due import Search
from eclor.retention.running import retention_lock
from eclor.world import FileKeyRing
from harvesters.screening import Screen, mark_of, name_texts, read_screen


def withdraw_hidden(dataset: Slug, house: House) -> None:
    """Withdraw the versions of a dataset by rows that show anybody whom its source hides. May be done again.

    Refuses (`Busy`) while a purge runs, (`PayloadRefused`) marks that cannot be read: the next walk does it.
    """
    flows = [flow for flow in house.sources if flow.dataset == dataset]
    columns = {kept.withdraws for flow in flows for kept in flow.kept if kept.withdraws}
    if not columns:
        return
    screen = read_screen(house.store.place(dataset, flows[0].name), house.world)
    chosen = select(VersionRow).where(VersionRow.dataset == dataset, col(VersionRow.withdrawn_at).is_(None))
    with reading(house.catalog.engine) as session:
        numbers = [row.number for row in session.exec(chosen) if _shows(row, screen, columns, house)]
    if numbers:
        ring = FileKeyRing(house.settings.home / "keys", house.world.randomness)
        with retention_lock(house, patience_s=0):
            withdraw_rectified(Search(house, ring, house.world.clock.now(), "eclor run"), dataset, numbers)


def _shows(row: VersionRow, screen: Screen, columns: set[str], house: House) -> bool:
    file = house.catalog.version_folder(row.dataset, row.number) / "data.parquet"
    if screen.key is None or not file.exists():
        return False
    for column in columns & screen.columns.keys() & set(pq.read_schema(file).names):
        marks = {one.mark for one in screen.columns[column] if one.until is not None and one.until >= row.published_at}
        names = pc.unique(name_texts(pq.read_table(file, columns=[column])[column])).to_pylist() if marks else []
        if any(name and mark_of(screen.key, name) in marks for name in names):
            return True
    return False
