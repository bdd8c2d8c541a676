"""Agents' names as keyed pseudonyms: the same name gives the same pseudonym, and only with the key."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from pathlib import Path

from chatprobe.errors import DatabaseError, StorageFull

_BYTES = 32
_SHORTEST = 3
_ROLES = frozenset({"agent", "assistant", "bot", "chatbot", "human", "operator", "support", "system"})
"""Shown where a name would be, but nobody's: markup says the same words of rows, and deciding anew needs them."""


class Pseudonyms:
    """Turns displayed names into pseudonyms with one key."""

    def __init__(self, key: bytes) -> None:
        """`key` is what `load_key` reads."""
        self._key = key
        self.key_name = hashlib.sha256(key).hexdigest()[:8]
        """What is stored in `pseudonym_key`: tells keys apart and gives nothing away."""

    def of(self, name: str) -> str:
        """16 hex digits for `name`; letter case, width and spaces make no difference."""
        normal = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
        return hmac.new(self._key, normal.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]

    def hide(self, text: str, name: str) -> str:
        """`text` with `name` replaced by its pseudonym, whatever the case; names under three letters stay."""
        plain = name.strip()
        if len(plain) < _SHORTEST or plain.casefold() in _ROLES:
            return text
        return re.sub(re.escape(plain), self.of(plain), text, flags=re.IGNORECASE)


def key_file(database: Path) -> Path:
    """Where the key of `database` lies."""
    return database.with_name(f"{database.name}.key")


def load_key(database: Path) -> Pseudonyms:
    """The key beside `database`, made with mode 600 if there is none; call it under the database's write lock.

    Raises DatabaseError if the file is damaged or cannot be made, StorageFull if the disk is.
    """
    path = key_file(database)
    try:
        _create(path)
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (ValueError, OSError) as error:
        raise DatabaseError(
            f"{path}: the key file cannot be used: {error}", "restore it, or move it away for a new key"
        ) from error
    if len(key) != _BYTES:
        raise DatabaseError(f"{path}: not a key of {_BYTES} bytes", "restore it, or move it away for a new key")
    return Pseudonyms(key)


def _create(path: Path) -> None:
    if path.exists():
        return
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)  # left by a process that was killed here
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(_BYTES) + "\n")
    except OSError as error:
        new.unlink()
        raise StorageFull(f"{path}: the disk is full or does not take what is written", "free some space") from error
    new.rename(path)
