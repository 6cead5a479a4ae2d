"""Every way to break a record that `mutations` knows: our shapes and the published ones agree on each."""

import pytest

from catalog.metadata.conformity import faults
from catalog.metadata.dcat_catalog import whole_graph
from tests.unit.catalog.metadata.recorded import ORIGIN, high_value, recorded
from tests.unit.catalog.metadata.verdicts import STANDARDS, differing, mutations, violations


@pytest.mark.soak
@pytest.mark.timeout(1_800)
@pytest.mark.skipif(not STANDARDS.is_dir(), reason="ECLOR_SHARED names no folder with the published shapes")
def test_every_broken_record_gets_one_verdict() -> None:
    record = high_value(recorded())
    tried = [*mutations(lambda: whole_graph(record, ORIGIN))]
    torn = [name for name, graph in tried if bool(faults(graph)) is not bool(violations(graph))]
    assert (torn, differing(tried), len(tried) > 500) == ([], {}, True)
