"""One visit, told: what was asked, who said what after how long, and how it ended."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from chatprobe.masking import Masks, masked
from chatprobe.model import Speaker
from chatprobe.report.language import Language
from chatprobe.report.view import Said, Transcript
from chatprobe.store.pseudonym import PSEUDONYM
from chatprobe.times import epoch_ms

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CODE = re.compile(r"[a-z]{2,3}")
_LINES = 60
"""Messages of one visit that are shown."""
_PICTURE_BYTES = 3_000_000


def transcript(row: Mapping[str, Any], language: Language, zone: ZoneInfo, masks: Masks | None) -> Transcript:
    """The visit of `row` (as `Store.probe` gives it) on the clocks of `zone`, names masked unless `masks` is None."""
    messages = row["messages"][:_LINES]
    texts = masked([str(message["text"]) for message in messages], people(row, masks) if masks else frozenset())
    lines = tuple(_said(message, text, language) for message, text in zip(messages, texts, strict=True))
    left = len(row["messages"]) - len(lines)
    note = language("pruned") if row["pruned_at"] else language("more_lines", n=left) if left else ""
    return Transcript(
        row["id"], moment(row["asked_at"] or row["started_at"], language, zone), outcome(row, language), lines, note
    )


def people(row: Mapping[str, Any], masks: Masks) -> frozenset[str]:
    """The words of all names in the chat of `row`: those that are said, and those that the page displayed."""
    parts: dict[str, list[str]] = {}
    for event in row["events"]:
        detail = event["detail"] if isinstance(event["detail"], dict) else {}
        if detail.get("name_parts"):
            parts[str(detail.get("name"))] = PSEUDONYM.findall(str(detail["name_parts"]))
    agents = {str(message["agent"]) for message in row["messages"] if message["agent"]}
    texts = [str(message["text"]) for message in row["messages"]]
    return masks.names(texts, agents, lambda agent: [agent, *parts.get(agent, ())])


def moment(at: str, language: Language, zone: ZoneInfo) -> str:
    """A time (ISO text) on the clocks of `zone`."""
    local = (_EPOCH + timedelta(milliseconds=epoch_ms(at))).astimezone(zone)
    return str(
        language(
            "moment",
            weekday=language.weekday(local.weekday()),
            day=language.day(local.toordinal() - _EPOCH.toordinal()),
            time=language.clock(local.hour, local.minute),
        )
    )


def outcome(row: Mapping[str, Any], language: Language) -> str:
    """How a visit ended, in words; an outcome that this program does not know as it is."""
    name = row["outcome"]
    return str(language.sentences["outcomes"].get(name, name)) if name else str(language("running"))


def pictures(row: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """The screenshots of a visit as data: addresses, where they still lie in `folder` as they were taken."""
    for artifact in row["artifacts"]:
        path = folder / str(artifact["path"])
        inside = path.resolve().is_relative_to((folder / "artifacts").resolve())
        if artifact["kind"] != "screenshot" or not inside or not path.is_file():
            continue
        content = path.read_bytes()
        if len(content) <= _PICTURE_BYTES and hashlib.sha256(content).hexdigest() == artifact["sha256"]:
            yield f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _said(message: Mapping[str, Any], text: str, language: Language) -> Said:
    speaker = message["speaker"] if message["speaker"] in set(Speaker) else Speaker.UNKNOWN
    code = message["language"]
    return Said(
        _when(message["at_ms"], language),
        str(language.sentences["speakers"][speaker]),
        str(speaker),
        text,
        code if isinstance(code, str) and _CODE.fullmatch(code) else None,
    )


def _when(at_ms: Any, language: Language) -> str:
    """Counted from the question; with a sign where it was before."""
    if not isinstance(at_ms, int | float):
        return ""
    return language.duration(at_ms) if at_ms >= 0 else f"−{language.duration(-at_ms)}"
