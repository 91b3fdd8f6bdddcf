"""`make audit`: known vulnerabilities of what is locked, where a source of them can be reached; it says where none can.

pip-audit asks for each package of a lock by its name and version. An index that only hands packages out knows of no
vulnerabilities, and pip-audit passes by what it was told nothing of: a lock counts as audited only by the packages that
a source has answered for.
"""

import json
import subprocess
import sys
from pathlib import Path

LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-tools.txt", "requirements-load.txt")
SOURCES = ("pypi", "osv")
PATIENCE = 5
"""Seconds in which a source has to answer."""


def asked(program: str, lock: str, source: str) -> list[dict]:
    """What a source says of the packages of a lock that it knows; nothing where it cannot be reached."""
    command = [program, "--requirement", lock, "--require-hashes", "--disable-pip", "--progress-spinner", "off",
               "--vulnerability-service", source, "--timeout", str(PATIENCE), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        listed = json.loads(done.stdout)["dependencies"]
    except ValueError:
        return []
    return [one for one in listed if "skip_reason" not in one]


def main(program: str) -> int:
    """0 if nothing is known of any package or nobody could be asked, 1 if something is; it says which."""
    found = 0
    for lock in LOCKS:
        known = next(filter(None, (asked(program, lock, source) for source in SOURCES)), None)
        if known is None:
            print(f"{lock}: not audited, as no source of vulnerabilities can be reached from here.")
            continue
        faults = [(one, fault) for one in known for fault in one["vulns"]]
        print(f"{lock}: {len(known)} packages audited, {len(faults)} vulnerabilities known.")
        for one, fault in faults:
            mended = ", ".join(fault["fix_versions"]) or "no version yet"
            print(f"  {one['name']} {one['version']}: {fault['id']}, mended in {mended}")
        found += len(faults)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(str(Path(sys.argv[1]))))
