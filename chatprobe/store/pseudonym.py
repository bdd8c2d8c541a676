"""Agents' names as keyed pseudonyms: the same name gives the same pseudonym, and only with the key."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from chatprobe.errors import DatabaseError, StorageFull

_BYTES = 32
_SHORTEST = 3
_ROLES = frozenset({"agent", "assistant", "bot", "chatbot", "human", "operator", "support", "system"})
"""Shown where a name would be, but nobody's: markup says the same words of rows, and deciding anew needs them."""


WORD = re.compile(r"[^\s!-/:-@\[-`{-~]+")
"""A word of a name: what stands between blanks and signs."""
PSEUDONYM = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")
"""How a pseudonym looks."""


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

    def parts(self, name: str) -> str:
        """`name` with each word replaced by its pseudonym; who knows a word finds it again, and only he."""
        return WORD.sub(lambda word: self.of(word[0]), name)

    def hide(self, text: str, names: Iterable[str]) -> str:
        """`text` with each of the `names` replaced by its pseudonym, whatever the case; see `can_hide`."""
        folded = text.casefold()
        found = sorted((name for name in names if name.casefold() in folded), key=len, reverse=True)
        if not found:
            return text
        pattern = "|".join(re.escape(name) for name in found)
        return re.sub(pattern, lambda name: self.of(name[0]), text, flags=re.IGNORECASE)


def can_hide(name: str) -> bool:
    """Whether a name may be looked for in other text: one under three letters or a mere role is everywhere."""
    return len(name) >= _SHORTEST and name.casefold() not in _ROLES


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
