"""The one SQLite file: the only home of sqlite_utils."""

from chatprobe.store.recorder import Recorder
from chatprobe.store.store import Store

__all__ = ["Recorder", "Store"]
