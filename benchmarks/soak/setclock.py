"""A clock that can be set without touching the machine's: a small library, compiled here, preloaded by the daemon."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

_SOURCE = Path(__file__).with_name("clock.c")


class SetClock:
    """The time of day of one daemon and of its browsers."""

    def __init__(self, folder: Path) -> None:
        """Compile it into `folder`; `variables` is empty where there is no compiler."""
        self._offset, library = folder / "offset", folder / "clock.so"
        self.set(0)
        self.variables: dict[str, str] = {}
        """For the daemon's environment."""
        if compiler := shutil.which("cc"):
            subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, _SOURCE, "-ldl"], check=True)
            self.variables = {"LD_PRELOAD": str(library), "CLOCK_OFFSET_FILE": str(self._offset)}

    def set(self, seconds: int) -> None:
        """Have it show so many seconds more than the machine's clock."""
        if not self._offset.exists():
            self._offset.write_bytes(bytes(8))
        with self._offset.open("r+b") as file:
            file.write(struct.pack("q", seconds))
