"""All the claims, one after the other, each in a process of its own; exit 0 if every target holds."""

import subprocess
import sys

from benchmarks import UNMEASURED

CLAIMS = (
    "command_line",
    "ckan_catalogue",
    "csv_intake",
    "datastore",
    "deliveries",
    "harvest_parsers",
    "policy_check",
    "publication",
    "apply",
    "expectations",
    "gates",
    "idle",
    "intake",
    "journal",
    "lighting_day",
    "live",
    "live_path",
    "microdata",
    "personal_accuracy",
    "personal_data",
    "records",
    "revision",
    "schema_gate",
    "search",
    "serving",
    "sisters",
    "suppression",
)


def main() -> int:
    """Run the claims and say which hold."""
    kept = {claim: subprocess.run([sys.executable, "-m", f"benchmarks.{claim}"], check=False) for claim in CLAIMS}
    for claim, ended in kept.items():
        verdict = {0: "holds       ", UNMEASURED: "not measured"}.get(ended.returncode, "BROKEN      ")
        print(f"{verdict}  {claim}")
    return int(any(ended.returncode for ended in kept.values()))


if __name__ == "__main__":
    raise SystemExit(main())
