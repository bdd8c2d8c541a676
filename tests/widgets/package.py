"""Other people's widgets, brought from npm by name and version when they are needed: nothing of theirs is kept here."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

CACHE = Path(__file__).parent.parent.parent / ".widgets"
"""Not in git. What lies there is of the version in its name, so it never grows old."""
PATIENCE_S = 300


class Unavailable(Exception):
    """The package cannot be had here; the text says why."""


@dataclass(frozen=True)
class Package:
    """What a page loads of one version of a package."""

    name: str
    version: str
    wanted: str
    """A file of the package, or a folder: then it ends in a slash. It needs nothing of other packages."""

    @property
    def path(self) -> Path:
        """Where it lies once it was fetched, in the folders that the package has it in."""
        return CACHE / f"{self.name.strip('@').replace('/', '-')}-{self.version}"

    def fetch(self) -> Path:
        """The cached folder, filled by `npm pack` where it is not there. No script of the package is run.

        Raises Unavailable where there is no npm or npm does not bring it.
        """
        if not self.path.exists():
            CACHE.mkdir(exist_ok=True)
            with tempfile.TemporaryDirectory(dir=CACHE) as folder:
                made = self._unpack(Path(folder))
                with contextlib.suppress(OSError):  # another process was quicker
                    made.rename(self.path)
        return self.path

    def _unpack(self, folder: Path) -> Path:
        made = folder / "made"
        with tarfile.open(self._download(folder)) as archive:
            for member in archive:
                path = PurePosixPath(member.name).relative_to("package")
                content = archive.extractfile(member) if self._is_wanted(str(path)) else None
                if content:
                    target = made / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content.read())
        return made

    def _is_wanted(self, path: str) -> bool:
        return path == self.wanted or (self.wanted.endswith("/") and path.startswith(self.wanted) and ".." not in path)

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
