"""A release by rows: the technical columns of one whole delivery, in key order."""

from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonymizers.columns import OUTSIDE
from charter.due import delivery_due
from charter.held import NothingToPublish
from charter.raw_table import read_columns, read_fields, stored_schema
from charter.run import Run
from charter.vocabulary import Operation
from eclor.errors import GuaranteeBroken
from eclor.names import Slug


def write_rows(run: Run, path: Path) -> int:
    """Write the rows as one Parquet file and count them; raise `NothingToPublish` while the delay since receipt runs.

    Texts are ordered by their UTF-8 bytes, numbers by value, missing values first, columns in the policy's order.
    Refuses a value of no band and no group.
    """
    policy, session = run.plan.policy, run.session
    if delivery_due(run) > run.world.clock.now():
        raise NothingToPublish(Slug(policy.dataset), delivery_due(run))
    session.bind(read_columns(policy), (), schema=stored_schema(read_fields(policy)))
    session.know_any_local_time()
    session.hold_zones(run.held.zones.epci_by_commune)
    count = session.write(run.plan.steps[0].expression.value, path)
    _refuse_outside(run, path)
    return count


def _refuse_outside(run: Run, path: Path) -> None:
    policy = run.plan.policy
    names = [name for name in policy.publication.columns or () if _may_be_outside(run, name)]
    rows = pq.read_table(path, columns=names, read_dictionary=names)
    for name in names:
        if OUTSIDE in pc.unique(rows[name]).to_pylist():
            raise GuaranteeBroken("release.unlisted-value", column=name)


def _may_be_outside(run: Run, name: str) -> bool:
    treatment = run.plan.policy.field(name).treatment
    return treatment.operation is Operation.GENERALISE
