"""All the claims, one after the other, each in a process of its own; exit 0 if every target holds."""

import subprocess
import sys

CLAIMS = ("command_line", "policy_check", "apply", "intake", "journal", "lighting_day", "serving", "suppression")


def main() -> int:
    """Run the claims and say which hold."""
    kept = {claim: subprocess.run([sys.executable, "-m", f"benchmarks.{claim}"], check=False) for claim in CLAIMS}
    for claim, ended in kept.items():
        print(f"{'holds ' if ended.returncode == 0 else 'BROKEN'}  {claim}")
    return int(any(ended.returncode for ended in kept.values()))


if __name__ == "__main__":
    raise SystemExit(main())
