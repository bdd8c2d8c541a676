"""Memory of this program's browsers: the sum of their proportional set sizes, in which shared pages count once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # its stubs are a package of their own


def pss_kb(rollup: str) -> int:
    """The `Pss` line of a `/proc/PID/smaps_rollup`, kilobytes; 0 where there is none."""
    found = re.search(r"^Pss:\s+(\d+) kB", rollup, flags=re.MULTILINE)
    return int(found[1]) if found else 0


def browsers_mb() -> float | None:
    """Megabytes of all browser processes started by this one; None where the system does not let us read them."""
    # Our own child is Playwright's driver; the browsers are its children.
    drivers = psutil.Process().children()
    browsers = {process.pid for driver in drivers for process in driver.children(recursive=True)}
    return _total_mb(Path(f"/proc/{pid}/smaps_rollup") for pid in browsers)


def _total_mb(rollups: Iterable[Path]) -> float | None:
    total = 0
    for rollup in rollups:
        try:
            total += pss_kb(rollup.read_text(encoding="ascii"))
        except PermissionError:
            return None
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended in between
    return total / 1024
