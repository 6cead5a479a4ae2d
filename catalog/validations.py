"""What a version was expected to hold, in great-expectations' own formats: the suite, and that all of it held.

Read from the proof, so it is as immutable as the version. A result says `success` and nothing more, as the library's
`BOOLEAN_ONLY` does: neither counts nor values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from catalog.gates.own import OWN
from catalog.gates.pushdown.columns import yes_or_no
from catalog.proof import ProofBody

GATE: Final = "expectations"
LIBRARY_VERSION: Final = "1.24.1"
"""The library whose format this is, and whose verdicts the scan is held to."""
_UNEXPECTED_ROWS: Final = "unexpected_rows_expectation"
_NO_EXCEPTION: Final[Mapping[str, JsonValue]] = {
    "raised_exception": False,
    "exception_message": None,
    "exception_traceback": None,
}


@dataclass(frozen=True, slots=True)
class Check:
    """An expectation that a version met, and what judged it."""

    name: str
    parameters: Mapping[str, JsonValue]
    reason: str
    executor: str
    question: str = ""
    """For one of our own: the rows that would break it, in SQL."""

    @property
    def sentence(self) -> str:
        """Return what one of our own says in French; empty for the library's."""
        own = OWN.get(self.name)
        return own.sentence if own else ""

    def configuration(self) -> dict[str, JsonValue]:
        """Return it as a suite writes it; one of our own is a question on rows that should not be there."""
        meta: dict[str, JsonValue] = {"notes": {"format": "string", "content": [self.reason]}}
        if self.name not in OWN:
            kwargs = {name: yes_or_no(value) for name, value in self.parameters.items()}
            return {"type": self.name, "kwargs": kwargs, "meta": meta}
        meta["eclor"] = {"attente": self.name, "parametres": {**self.parameters}}
        return {"type": _UNEXPECTED_ROWS, "kwargs": {"unexpected_rows_query": self.question}, "meta": meta}


def checks_of(body: ProofBody) -> tuple[Check, ...]:
    """Return the expectations that a version met; none for a version whose proof has only their number."""
    gate = next((each for each in body.gates if each.gate == GATE), None)
    results = gate.public.get("results") if gate else None
    return tuple(_check(each) for each in results if isinstance(each, dict)) if isinstance(results, list) else ()


def suite(body: ProofBody) -> dict[str, JsonValue]:
    """Return the suite of a version, as great-expectations reads it."""
    return {
        "name": body.dataset,
        "expectations": [each.configuration() for each in checks_of(body)],
        "meta": {"great_expectations_version": LIBRARY_VERSION},
        "notes": None,
    }


def results(body: ProofBody) -> dict[str, JsonValue]:
    """Return the validation result of a version, as great-expectations reads it."""
    checks = checks_of(body)
    return {
        "success": True,
        "suite_name": body.dataset,
        "suite_parameters": {},
        "results": [_result(each) for each in checks],
        "statistics": {
            "evaluated_expectations": len(checks),
            "successful_expectations": len(checks),
            "unsuccessful_expectations": 0,
            "success_percent": 100.0 if checks else None,
        },
        "meta": {
            "great_expectations_version": LIBRARY_VERSION,
            "eclor": {"dataset": body.dataset, "version": body.version, "published_at": body.published_at},
        },
    }


def _check(told: Mapping[str, JsonValue]) -> Check:
    parameters = told.get("parameters")
    texts = (str(told.get(name, "")) for name in ("reason", "executor", "question"))
    return Check(str(told.get("expectation", "")), parameters if isinstance(parameters, dict) else {}, *texts)


def _result(check: Check) -> JsonValue:
    return {
        "success": True,
        "expectation_config": check.configuration(),
        "result": {},
        "exception_info": {**_NO_EXCEPTION},
        "meta": {"executor": check.executor},
    }
