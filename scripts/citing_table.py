"""
How far citations agree with other processors; exits with 1 if anything is not as it should be.

Needs the folder `tests` on the path: ``PYTHONPATH=tests python scripts/citing_table.py``.
"""

from __future__ import annotations

import sys

from csl.agreement import Agreement, row
from csl.deviations import DEVIATIONS
from csl.suite import results


def main() -> int:
    """
    Print the table, then the faults.
    """
    agreement = Agreement(tuple(map(row, sorted(DEVIATIONS))), results())
    for line in agreement.lines():
        print(line)
    faults = list(agreement.faults())
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)

    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
