"""Other people's widgets, brought from npm by name and version when they are needed: nothing of theirs is kept here."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

CACHE = Path(__file__).parent.parent.parent / ".widgets"
"""Not in git. What lies there is of the version in its name, so it never grows old."""
PATIENCE_S = 300


class Unavailable(Exception):
    """The package cannot be had here; the text says why."""


@dataclass(frozen=True)
class Package:
    """One file of one version of a package: what a page loads."""

    name: str
    version: str
    script: str
    """Path inside the package of a script that needs no other."""

    @property
    def path(self) -> Path:
        """Where it lies once it was fetched."""
        return CACHE / f"{self.name.replace('/', '-')}-{self.version}.js"

    def fetch(self) -> Path:
        """The script, from the cache or else by `npm pack`. No script of the package is run, nothing it needs is taken.

        Raises Unavailable where there is no npm or npm does not bring it.
        """
        if not self.path.exists():
            CACHE.mkdir(exist_ok=True)
            with tempfile.TemporaryDirectory(dir=CACHE) as folder:
                self._unpack(Path(folder)).replace(self.path)  # at once: another process may look for it
        return self.path

    def _unpack(self, folder: Path) -> Path:
        script = folder / "script"
        with tarfile.open(self._download(folder)) as archive:
            member = archive.extractfile(f"package/{self.script}")
            assert member is not None, f"{self.name} {self.version} holds no {self.script}"
            script.write_bytes(member.read())
        return script

    def _download(self, folder: Path) -> Path:
        npm = shutil.which("npm")
        if npm is None:
            raise Unavailable("npm is not installed")
        command = [npm, "pack", "--silent", "--ignore-scripts", f"{self.name}@{self.version}"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=PATIENCE_S)
        except subprocess.CalledProcessError as error:
            raise Unavailable(f"npm pack {self.name}@{self.version}: {error.stderr.strip()[-300:]}") from error
        except subprocess.TimeoutExpired as error:
            raise Unavailable(f"npm brought no {self.name}@{self.version} within {PATIENCE_S} s") from error
        return next(folder.glob("*.tgz"))
