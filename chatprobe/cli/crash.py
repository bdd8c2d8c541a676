"""Where the details of an internal error go. Needs little: it must work when much else does not."""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from pathlib import Path


def record_crash(error: BaseException) -> Path | None:
    """Append the traceback of `error` to the user's log folder; where, or None if that cannot be written."""
    try:
        import platformdirs

        path = Path(platformdirs.user_log_path("chatprobe", appauthor=False)) / "crashes.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Mode 600: a traceback may quote what a page said.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n")
    except (ImportError, OSError):
        return None
    return path
