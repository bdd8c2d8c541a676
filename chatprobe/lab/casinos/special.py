"""Casinos for what only some vendors' widgets do: public calls, envelopes, classes made up anew, silent opening."""

from __future__ import annotations

from chatprobe.lab.acts import Joined, Say
from chatprobe.lab.casino import Casino, Expect, Script, Site, Technology, Widget
from chatprobe.lab.casinos.announced import after_a_bot
from chatprobe.lab.casinos.answered import BY_HUMAN, human
from chatprobe.lab.envelopes import Envelope


def _wrapped(name: str, title: str, about: str, widget: Widget, site: Site) -> Casino:
    """A casino whose frames alone tell its bot from its people."""
    script = Script(answer=after_a_bot("Payouts are on their way daily.", "Two days, and one for regulars.", "Gil"))
    return Casino(name, title, about, BY_HUMAN, widget, script, site)


def _socket(prefix: str, envelope: Envelope, technology: Technology = "dom") -> Widget:
    return Widget(technology, "websocket", prefix=prefix, mark="wire", envelope=envelope)


CASINOS = (
    Casino(
        "butler",
        "Butler Manor",
        "the launcher takes no click, and nothing on the page ends the chat: both are calls of the page's JavaScript",
        BY_HUMAN,
        Widget(prefix="bm", mark="class", launcher="inert", api=True),
        Script(answer=human(3.0, "Good evening. A withdrawal takes one working day.", "Hugh")),
        Site("#6d597a", "#355070"),
    ),
    Casino(
        "cipher",
        "Cipher Cassino",
        "Portuguese; its class names are others at each load, labels and roles are all there is",
        BY_HUMAN,
        Widget(mark="role", prefix="ci", made_up=True, enter="newline"),
        Script(answer=human(3.0, "Olá! Um levantamento demora um dia.", "Rui")),
        Site("#90be6d", "#1d3557"),
        "pt",
    ),
    _wrapped(
        "porter",
        "Porter Plaza",
        "its frames come in Socket.IO's envelope",
        _socket("po", "socketio"),
        Site("#e07a5f", "#3d405b"),
    ),
    _wrapped(
        "satchel",
        "Satchel Slots",
        "its frames come as text within SockJS's",
        _socket("sa", "sockjs"),
        Site("#81b29a", "#2f3e46"),
    ),
    _wrapped(
        "meteor",
        "Meteor Mile",
        "its frames are changes of a collection, as DDP tells them",
        _socket("mz", "ddp", "iframe"),
        Site("#f2cc8f", "#5f0f40"),
    ),
    _wrapped(
        "gazette",
        "Gazette Games",
        "its server-sent events have a name",
        Widget(transport="sse", prefix="ga", mark="wire", envelope="named"),
        Site("#a8dadc", "#1d3557"),
    ),
    Casino(
        "usher",
        "Usher Theatre",
        "nothing in the page or on the wire tells who writes, but only people can join",
        BY_HUMAN,
        Widget(prefix="us"),
        Script(answer=(Joined(2.2, "Vera"), *human(3.0, "Withdrawals are free from fifty euro.", "Vera"))),
        Site("#ef476f", "#2b2d42"),
    ),
    Casino(
        "foyer",
        "Foyer Fortune",
        "a bot writes as a person would; that somebody joined only a frame tells, and only people do",
        BY_HUMAN,
        Widget(transport="sse", prefix="fy", announces=False),
        Script(
            answer=(
                Say(2.6, "Withdrawals are quick here.", "bot"),
                Joined(1.5, "Vera"),
                *human(3.0, "Cards take a day, banks two.", "Vera"),
            )
        ),
        Site("#06d6a0", "#1b263b"),
    ),
    Casino(
        "lantern",
        "Lantern Light",
        "the launcher looks as ever; only the opened widget says that nobody is there",
        Expect("offline"),
        Widget(prefix="la", before="offline-form"),
        site=Site("#ffd166", "#073b4c"),
    ),
    Casino(
        "cellar",
        "Cellar Cards",
        "the widget is there and its JavaScript would open it, but no visitor is shown a launcher",
        Expect("not_offered"),
        Widget(prefix="cl", launcher="hidden", api=True),
        site=Site("#4cc9f0", "#3a0ca3"),
    ),
)
