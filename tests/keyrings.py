"""Key rings of tests: what no ledger asks for."""

from eclor.world import Secret


class NoLedgerKeys:
    """The part of a ring that serves the ledger, where a test keeps none."""

    def comparison_key(self, group: str) -> Secret:
        raise AssertionError(group)

    def destroy_comparison_key(self, group: str) -> None:
        raise AssertionError(group)

    def ledger_key(self, part: str) -> Secret:
        raise AssertionError(part)

    def destroy_ledger_key(self, part: str) -> None:
        raise AssertionError(part)
