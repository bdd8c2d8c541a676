"""Casinos where the visitor waits: in line, or for nobody."""

from __future__ import annotations

from chatprobe.lab.acts import Joined, Queue, Say, Typing, Vanish
from chatprobe.lab.casino import Casino, Expect, Script, Site, Widget
from chatprobe.lab.casinos.answered import BY_HUMAN, human

CASINOS = (
    Casino(
        "comet",
        "Comet Casino",
        "a queue with positions above the list, then an agent joins and answers",
        BY_HUMAN,
        Widget(transport="sse", prefix="cm", launcher="icon"),
        Script(
            answer=(
                Queue(0.3, 3),
                Queue(1.2, 2),
                Queue(1.2, 1),
                Queue(1.2, 0),
                Joined(0.1, "Daniel"),
                *human(2.6, "Thanks for waiting. The bonus code is on your account page.", "Daniel"),
            )
        ),
        Site("#9d4edd", "#10002b"),
        in_demo=True,
    ),
    Casino(
        "glacier",
        "Glacier Gaming",
        "a queue that never ends",
        Expect("queue_timeout"),
        Widget("iframe", "poll", prefix="gg", poll_s=1.5, mark="class"),
        Script(answer=(Queue(0.4, 14), Queue(3.0, 13), Queue(3.0, 13))),
        Site("#3a7ca5", "#03045e"),
        in_demo=True,
    ),
    Casino(
        "statue",
        "Statue Bay",
        "an agent joins and never writes",
        Expect("no_reply"),
        Widget(prefix="sb", mark="role"),
        Script(answer=(Joined(1.5, "Clara"),)),
        Site("#7d8597", "#343a40", ticker=False),
        in_demo=True,
    ),
    Casino(
        "hermit",
        "Hermit Poker",
        "nobody answers at all",
        Expect("no_reply"),
        Widget("open-shadow", "longpoll", prefix="hp"),
        site=Site("#6b705c", "#2b2d42"),
    ),
    Casino(
        "fuse",
        "Fuse Fortune",
        "the chat's server dies after the question",
        Expect("no_reply"),
        Widget(transport="longpoll", prefix="ff", mark="class", launcher="icon"),
        Script(answer=(Typing(0.5, on=True, name="Ivo"), Vanish(1.0))),
        Site("#e63946", "#1d0b0d"),
    ),
    Casino(
        "twilight",
        "Twilight Reels",
        "after the question, an automatic notice says that nobody is there",
        Expect("offline"),
        Widget(prefix="tr", mark="class"),
        Script(answer=(Say(0.8, "All our agents are offline at the moment. Please come back tomorrow.", "system"),)),
        Site("#774936", "#1b1b1e"),
    ),
)
