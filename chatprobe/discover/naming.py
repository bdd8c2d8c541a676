"""What a new scenario is called, and putting its file in place: whole or not at all, over no other."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from chatprobe.errors import UsageError
from chatprobe.scenario.load import load_folder

_SECOND_LEVEL = frozenset({"co", "com", "net", "org", "gov", "ac", "edu"})
"""What stands before a country where names begin one place further in: ``lucky.co.uk``."""


def casino_of(url: str) -> str:
    """A casino's short name from the address of its page: ``lucky-star`` of ``https://www.lucky-star.com/en/``."""
    host = (urlsplit(url).hostname or "").lower()
    try:
        ipaddress.ip_address(host.strip("[]"))
        name = host
    except ValueError:
        parts = [part for part in host.split(".") if part]
        registered = parts[:-2] if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else parts[:-1]
        name = registered[-1] if registered else host
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")[:64] or "casino"


def refuse_taken(casino: str, output: Path, *, force: bool) -> None:
    """Raise UsageError where the file exists, unless `force`, or where another file names the same casino."""
    if output.exists() and (not force or not output.is_file()):
        hint = "--force replaces it; --output FILE writes another" if output.is_file() else "name a file"
        raise UsageError(f"{output} exists already", hint)
    scenarios, _ = load_folder(output.parent)
    other = next((one for one in scenarios if one.casino == casino and not _same(one.file, output)), None)
    if other is not None:
        raise UsageError(f"{casino} is already the casino of {other.file}", "name another with --casino NAME")


def _same(one: Path, other: Path) -> bool:
    return other.exists() and one.samefile(other)


def place(text: str, output: Path, *, force: bool) -> None:
    """Put a file in place at once. Raises UsageError where it cannot be written, or is there and `force` is not set."""
    draft = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8")
        if force:
            draft.replace(output)
        else:
            os.link(draft, output)
    except FileExistsError:
        raise UsageError(f"{output} came to exist meanwhile", "--force replaces it") from None
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}", "name another with --output FILE") from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
