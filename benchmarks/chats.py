"""Chats drawn by a seed: a widget, what it gives away of its speakers, and what is said before, between and after."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import get_args

from benchmarks.lines import LINES, PERSON, Lines
from chatprobe.lab.acts import Act, Close, Joined, Left, Notice, Place, Queue, Say, Stream, Typing, Who
from chatprobe.lab.casino import Casino, Expect, Mark, Script, Site, Technology, Transport, Widget

KINDS = ("attribute", "wire", "name", "joined", "handoff", "none")
"""What tells a person from the rest: attributes of rows, fields of frames, names, joining after a place in line, being
passed on from a bot; or nothing."""
PEOPLE = ("Anna", "Marek", "Lucía", "Jonas", "Élodie", "Karim", "Zsófia", "Noah", "Beatriz", "Pieter")
BOTS = ("Nova", "Emma", "Lucky Bot", "Max", "Assistant")
"""Some have a person's name."""
DEADLINE_S = 45


@dataclass(frozen=True)
class Chat:
    """One drawn chat."""

    seed: int
    kind: str
    casino: Casino


def draw(seed: int) -> Chat:
    """The chat of a seed; always the same."""
    return _Drawing(seed).chat()


class _Drawing:
    """Draws one chat, part by part."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.kind = KINDS[seed % len(KINDS)]
        self.language = self.random.choice(list(LINES))
        self.lines: Lines = LINES[self.language]
        self.person, self.second = self.random.sample(PEOPLE, 2)
        self.bot = self.random.choice(BOTS)
        self.mark = self._mark()
        self.nobody = self.kind in ("attribute", "wire", "name") and self.often(0.12)
        """No person ever comes."""
        self.knows_people = self.often(0.5)
        """The scenario lists people's names, not only the bot's."""

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def chat(self) -> Chat:
        """All of it."""
        outcome, speaker = ("bot_only", "bot") if self.nobody else ("human_reply", "human")
        # Where only people are marked, a machine's chatter may be anybody's.
        if self.kind == "none" or (self.nobody and self.mark == "operator"):
            outcome, speaker = "unsure_reply", "unknown"
        widget, script = self._widget(), Script(tuple(self._opening()), tuple(self._answer()), self._later())
        casino = Casino(
            name=f"chat-{self.seed}",
            title=f"Chat {self.seed}",
            about=self.kind,
            expect=Expect(outcome, speaker),
            widget=widget,
            script=script,
            site=Site(late_s=self.random.choice((0.0, 0.0, 0.0, 1.5)), consent=self.often(0.1)),
            language=self.language,
            written=self._scenario(widget),
        )
        return Chat(self.seed, self.kind, casino)

    # --- the widget ---------------------------------------------------------------------------------------------

    def _mark(self) -> Mark:
        if self.kind == "attribute":
            return self.random.choice(("class", "role", "operator"))
        return "wire" if self.kind == "wire" else "none"

    def _widget(self) -> Widget:
        pick = self.random.choice
        places: tuple[Technology, ...] = tuple(place for place in get_args(Technology) if place != "none")
        transports: tuple[Transport, ...] = get_args(Transport)
        newline = self.often(0.1)
        return Widget(
            technology=pick((*places, "dom", "dom", "iframe", "cross-iframe")),
            transport=pick(transports),
            poll_s=pick((0.8, 1.6, 2.5)),
            prefix="q" + pick("bcdfg") + pick("hkmnp"),
            mark=self.mark,
            launcher=pick(("pill", "icon", "div", "image", "link", "element")),
            look=pick(("bubble", "flat", "card")),
            rows=pick(("plain", "plain", "plain", "plain", "rerender", "recycled")),
            composer=pick(("textarea", "input", "editable", "mirror")),
            enter="newline" if newline else "sends",
            echo=pick(("instant", "server", "provisional")),
            form=("name", "email") if self.often(0.15) else (),
            decoy=self.often(0.15),
        )

    def _scenario(self, widget: Widget) -> str:
        """The scenario: what the evidence needs, and some selectors or none."""
        chat: dict[str, object] = {"deadline": f"{DEADLINE_S}s", **self._evidence(widget.prefix)}
        if widget.technology != "closed-shadow" and self.often(0.4):
            chat |= {"launcher": f".{widget.prefix}-launcher", "messages": f".{widget.prefix}-row"}
            chat |= {"input": f".{widget.prefix}-input"} if not widget.form else {}
        return json.dumps(
            {
                "casino": f"chat-{self.seed}",
                "url": f"${{CHATPROBE_LAB}}/chat-{self.seed}/",
                "questions": [{"id": "q1", "text": {self.language: self.lines.question}}],
                "chat": chat,
                **({"visitor": {"name": "Kim", "email": "kim@example.org"}} if widget.form else {}),
            }
        )

    def _evidence(self, prefix: str) -> dict[str, object]:
        if self.kind == "wire":
            rules = {"flow": "bot", "staff": "human"}
            return {
                "wire": [
                    {"when": f"author.kind == '{kind}'", "text": "text", "speaker": who} for kind, who in rules.items()
                ]
            }
        if self.kind == "name":
            people = {"humans": [self.person, self.second]} if self.knows_people else {}
            return {"names": {"bots": [self.bot], **people}}
        if self.mark == "operator":
            return {"speakers": {"human": "[data-operator]", "visitor": f".{prefix}-mine"}}
        return {}

    # --- what is said -------------------------------------------------------------------------------------------

    def _say(self, after_s: float, text: str, quick: tuple[str, ...] = ()) -> Say:
        """A bot's line."""
        return Say(after_s, text, "bot", self._named(self.bot), quick)

    def _named(self, name: str) -> str | None:
        return None if self.kind == "none" else name

    def _somewhere(self) -> Place:
        return self.random.choice(("list", "header", "toast"))

    def _after(self, least: float, most: float) -> float:
        return round(self.random.uniform(least, most), 2)

    def _opening(self) -> list[Act]:
        acts: list[Act] = []
        if self.often(0.3):
            acts.append(Notice(0.3, self.lines.consent, self._somewhere()))
        if self.often(0.5):
            quick = (self.lines.topics) if self.often(0.2) else ()
            acts.append(self._say(self._after(0.2, 1.2), self.random.choice(self.lines.greeting), quick))
        if self.often(0.25):
            acts.append(Notice(self._after(0.2, 2.0), self.random.choice(self.lines.toast), "toast"))
        return acts

    def _answer(self) -> list[Act]:
        if self.kind == "handoff":
            return self._bot_at_the_door()
        between = self._between()
        if self.nobody:
            return [*between, self._say(self._after(2.5, 8.0), self.lines.chatter[1]), *self._farewell()]
        spent = sum(act.after_s for act in between)
        # Three seconds to a minute, a minute scaled down to fifteen seconds.
        wait = 3.0 + self.random.expovariate(1 / 3.0)
        person = self._person(max(1.5, min(wait, 15.0) - spent))
        joins = not self._in_line(between)
        return [*between, *person, *self._afterwards(transfers=joins), *self._farewell()]

    def _between(self) -> list[Act]:
        """After the question, before a person."""
        acts: list[Act] = []
        if self.often(0.5):
            acts.append(self._say(self._after(0.3, 1.8), self.random.choice(self.lines.acknowledgement)))
        if self.often(0.35):
            acts.append(Notice(self._after(0.3, 1.0), self.lines.connecting, self._somewhere()))
        only_bots_known = self.kind == "name" and not self.knows_people
        if only_bots_known or (self.kind not in ("joined", "handoff") and self.often(0.3)):
            acts.append(self._say(self._after(2.0, 3.5), self.random.choice(self.lines.chatter)))
        if self.kind == "joined" or self.often(0.3):
            acts += self._line()
        if self.kind == "joined" or (self.often(0.5) and not self._in_line(acts)):
            acts.append(Joined(self._after(0.3, 1.0), self.person))
        return acts

    def _line(self) -> list[Act]:
        """A place in line, coming nearer and taken away."""
        places = range(self.random.randint(1, 3), 0, -1)
        # The last place stays long enough for any widget to ask its server meanwhile, or nobody ever sees it.
        return [*(Queue(self._after(0.4, 1.4), place) for place in places), Queue(self._after(2.8, 3.4), 0)]

    def _in_line(self, acts: list[Act]) -> bool:
        """Where nothing may tell of a person, nobody joins after a place in line."""
        return self.kind == "none" and any(isinstance(act, Queue) for act in acts)

    def _person(self, after_s: float) -> list[Act]:
        name = self._named(self.person)
        says: list[Act] = [Say(after_s, self.random.choice(self.lines.human), "human", name)]
        if self.often(0.5):
            half = after_s / 2
            says = [Typing(half, on=True, name=name), Say(half, self.random.choice(self.lines.human), "human", name)]
            says.append(Typing(0.2, on=False))
        if self.often(0.4):
            says.append(Say(self._after(0.8, 3.0), self.random.choice(self.lines.more), "human", name))
        return says

    def _afterwards(self, *, transfers: bool = True) -> list[Act]:
        """After a person's words: automatic lines, some under his name, and somebody else."""
        acts: list[Act] = []
        if self.often(0.4):
            # Rows may lie, as the name does; what a server says of its own frames is the truth.
            lie: Who | None = "human" if self.often(0.5) and self.kind != "wire" else None
            text = self.lines.survey if lie or self.often(0.5) else self.lines.inactive
            acts.append(Say(self._after(0.8, 2.5), text, "bot", self._named(self.person), passed_off=lie))
        if self.often(0.2) and transfers:
            acts += [Left(0.6, self.person), Joined(0.5, self.second)]
            acts.append(Say(self._after(1.5, 3.0), self.lines.more[0], "human", self._named(self.second)))
        if self.often(0.25):
            acts.append(self._say(self._after(0.5, 2.0), self.lines.chatter[0]))
        if self.often(0.3):
            acts.append(Notice(self._after(0.3, 1.0), self.random.choice(self.lines.toast), "toast"))
        return acts

    def _farewell(self) -> list[Act]:
        return [Close(self._after(2.0, 3.5))]

    # --- a bot that can be asked for a person -----------------------------------------------------------------------

    def _bot_at_the_door(self) -> list[Act]:
        first = self._after(0.8, 3.5)
        if self.often(0.4):
            return [self._say(first, self.lines.menu, (*self.lines.topics, self.lines.person))]
        if self.often(0.4):
            return [Stream(first, self.lines.disclosure, "bot", self.bot, token_s=0.1)]
        return [self._say(first, self.lines.disclosure)]

    def _later(self) -> tuple[tuple[str, tuple[Act, ...]], ...]:
        if self.kind != "handoff":
            return ()
        line = self._line() if self.often(0.4) else []
        person = [Joined(self._after(0.8, 2.5), self.person), *self._person(self._after(2.5, 6.0))]
        calling = self._say(self._after(0.4, 1.2), self.lines.calling)
        return ((PERSON, (calling, *line, *person, *self._afterwards(), *self._farewell())),)
