"""A scenario as text: what was found, with the reasons as comments, for somebody who knows no CSS. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chatprobe.browser.stability import Choice, Way
from chatprobe.browser.standing import State
from chatprobe.discover.explore import Act, Explored, Part
from chatprobe.discover.learn import Learned
from chatprobe.model import Speaker

ALTERNATIVES = 3
COMMENT_AT = 58
"""Column from which comments beside a value begin."""
BANNER_TIMEOUT = "5s"
"""How long a banner is waited for that may not come."""


@dataclass(frozen=True)
class Draft:
    """What a scenario is made of."""

    casino: str
    url: str
    language: str
    question_id: str
    question: str
    explored: Explored
    day: str
    """ISO date of today."""
    picture: str = ""
    """Name of the picture's file; empty where there is none."""
    left_out: frozenset[str] = frozenset()
    """Parts that did not work when they were tried: the generic method finds them."""
    learned: Learned | None = None
    """What a chat taught; None where nothing was asked."""


def scenario_text(draft: Draft) -> str:
    """The whole file."""
    return "\n".join([*_head(draft), *_before(draft), *_chat(draft)]).rstrip() + "\n"


def least_text(casino: str, url: str, language: str, question: str) -> str:
    """The least that a scenario says."""
    text = f"{{{quoted(language)}: {quoted(question)}}}"
    return f"casino: {quoted(casino)}\nurl: {quoted(url)}\nquestions: [{{id: q1, text: {text}}}]\n"


def _head(draft: Draft) -> Iterator[str]:
    picture = f" What was found is marked in {draft.picture}." if draft.picture else ""
    yield f"# Written by `chatprobe new` on {draft.day}.{picture}"
    yield "# Lines that begin with # are comments. Every key is explained in docs/scenario.md; `chatprobe check` finds"
    yield f"# mistakes, `chatprobe run {draft.casino} --dry-run` tries everything but sending."
    yield f"casino: {draft.casino}"
    yield f"url: {quoted(draft.url)}"
    yield "# timezone: Europe/Malta                 # what the casino's hours are meant in"
    yield "# claims: {hours: 24/7, first_reply: 60s}        # what it says of its chat: each is judged"
    yield "questions:"
    yield f"  - id: {draft.question_id}"
    yield f"    text: {{{draft.language}: {quoted(draft.question)}}}"
    yield ""


def _before(draft: Draft) -> Iterator[str]:
    banners = [] if "before" in draft.left_out else [one for one in draft.explored.banners if one.ways]
    if not banners:
        return
    yield "before:"
    yield "  # What stands over the page at first. It may not come on every visit, so each step is optional."
    for one in banners:
        if one.says:
            yield f"  # {plain(one.says)!r}, found by {one.ways[0].way}"
        yield f"  - {{click: {quoted(one.ways[0].selector)}, optional: true, timeout: {BANNER_TIMEOUT}}}"
    yield ""


def _chat(draft: Draft) -> Iterator[str]:
    lines = [*_vendor(draft), *_launcher(draft), *_frames(draft), *_form(draft), *_input(draft), *_offline(draft)]
    lines += _learned(draft)
    if any(not line.startswith("  #") for line in lines):
        yield "chat:"
        yield from lines
    else:
        yield "# chat: nothing needs to be said; the generic method finds everything by itself."
        yield from (f"#{line[1:]}" for line in lines)


def _vendor(draft: Draft) -> Iterator[str]:
    vendor = draft.explored.vendor
    if vendor is not None:
        yield f"  # {plain(vendor.file.name)} is on the page; what is known of it is used where this file says nothing."
        yield f"  vendor: {vendor.id}"


def _launcher(draft: Draft) -> Iterator[str]:
    found = draft.explored.launcher
    if found is None:
        yield "  # No launcher: the chat stands open by itself."
        return
    yield from _part(draft, found, "What opens the chat")
    if draft.explored.inner:
        clicked = ", then ".join(repr(plain(name)) for name in draft.explored.inner)
        yield f"  # In the open panel {clicked} is clicked by itself."


def _frames(draft: Draft) -> Iterator[str]:
    found = draft.explored.frames or _taught(draft, "frames")
    if found is not None:
        yield from _part(draft, found, "The frame that holds the chat")


def _input(draft: Draft) -> Iterator[str]:
    found = draft.explored.input or _taught(draft, "input")
    if found is not None:
        yield from _part(draft, found, "Where the question is typed")


def _taught(draft: Draft, name: str) -> Part | None:
    """A part that only the chat showed."""
    ways = getattr(draft.learned, name, ())
    return Part(name, "", ways) if ways else None


def _form(draft: Draft) -> Iterator[str]:
    form = draft.explored.form_stands
    if form is None:
        return
    asked = ", ".join(dict.fromkeys(plain(one.called) for one in form.asks))
    yield f"  # A form stands before the chat: {asked}."
    yield "  # {name} and {email} are what `visitor` says, here or in chatprobe.toml; {question} is the question."
    acts = draft.explored.form
    if acts is None or "form" in draft.left_out:
        yield "  # It is filled in and sent by itself."
        return
    yield "  form:"
    yield from (f"    - {_act(act)}" for act in acts)


def _act(act: Act) -> str:
    selector = act.part.ways[0].selector
    if act.verb == "click":
        return _beside(f"click: {quoted(selector)}", f"# {plain(act.part.says)}", 4)
    return _beside(f"{act.verb}: {{{quoted(selector)}: {quoted(act.value)}}}", f"# {plain(act.part.says)}", 4)


def _offline(draft: Draft) -> Iterator[str]:
    standing = draft.explored.standing
    if standing and standing.state is State.OFFLINE:
        yield f"  # When this was written nobody was there: {plain(standing.said)}."
        yield "  # What only an open chat shows is missing here: `chatprobe new --force` while it is open adds it."


def _learned(draft: Draft) -> Iterator[str]:
    """What one chat taught of sending, rows and speakers."""
    learned = draft.learned
    if learned is None:
        yield "  # What sends, which rows are messages and whose they are shows once a question is asked: `new --ask`."
        return
    yield f"  # One question was asked on {draft.day}: {learned.outcome}; {learned.seen} messages were looked at."
    yield from _sending(learned)
    if learned.messages is None:
        yield f"  # Messages are told by what they look like: {learned.missing or 'none was seen'}."
    else:
        yield "  # The rows of the conversation, and whose they are where their marks differ."
        yield _beside(f"  messages: {quoted(learned.messages.selector)}", f"# {learned.messages.way}")
    yield from _speakers(learned)
    if learned.bots:
        yield f"  names: {{bots: [{', '.join(quoted(name) for name in learned.bots)}]}}"


def _sending(learned: Learned) -> Iterator[str]:
    if learned.send:
        yield "  # What sends it: the Enter key did not."
        yield from choice_lines("send", learned.send[:ALTERNATIVES])
    elif learned.sent_by:
        yield f"  # Sent by: {plain(learned.sent_by)}."


def _speakers(learned: Learned) -> Iterator[str]:
    kept = {name: way for name, way in learned.speakers.items() if name is not Speaker.HUMAN}
    if kept:
        yield "  speakers:"
        for name, way in kept.items():
            yield _beside(f"    {name}: {quoted(way.selector)}", f"# {way.way}; no other speaker's row had it")
    if person := learned.speakers.get(Speaker.HUMAN):
        yield f"  # A person's rows had {plain(person.selector)}. If no bot's ever has, say so under speakers:"
        yield f"  #   human: {quoted(person.selector)}"


def _part(draft: Draft, part: Part, what: str) -> Iterator[str]:
    says = f": {plain(part.says)!r}" if part.says else ""
    if not part.ways or part.name in draft.left_out:
        why = "did not work when it was tried" if part.ways else "nothing about it is likely to last"
        yield f"  # {what}{says}: {why}, so it is looked for by what it is each time."
        return
    yield f"  # {what}{says}. Of several ways the first that fits is used."[:118]
    yield from choice_lines(part.name, part.ways[:ALTERNATIVES])


def choice_lines(key: str, ways: Sequence[Choice]) -> Iterator[str]:
    """The lines of one key of `chat` and its ways, each with its reason beside it."""
    if len(ways) == 1:
        yield _beside(f"  {key}: {quoted(ways[0].selector)}", f"# {_reason(ways[0])}")
        return
    yield f"  {key}:"
    yield from (_beside(f"    - {quoted(way.selector)}", f"# {_reason(way)}") for way in ways)


def _reason(choice: Choice) -> str:
    return f"{choice.way}" + ("; another in each language" if choice.way in (Way.ROLE, Way.LABEL) else "")


def _beside(line: str, comment: str, indent: int = 0) -> str:
    return f"{line:<{COMMENT_AT - indent}}  {comment}"


def plain(text: str) -> str:
    """A text of the page as it may stand in a comment: one line of printable signs."""
    return re.sub(r"\s+", " ", "".join(sign if sign.isprintable() else " " for sign in text)).strip()[:70]


def quoted(text: str) -> str:
    """A text as a YAML scalar, read again as it is."""
    if '"' in text and "\\" not in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return json.dumps(text, ensure_ascii=not _speakable(text))


def _speakable(text: Iterable[str]) -> bool:
    return all(sign.isprintable() for sign in text)
