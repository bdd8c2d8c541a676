"""Casinos whose widget tells its site by public JavaScript who writes, and tells nobody else."""

from __future__ import annotations

from chatprobe.lab.acts import Act, Say
from chatprobe.lab.casino import Casino, Script, Site, Widget
from chatprobe.lab.casinos.answered import BY_HUMAN, human


def after_a_bot(first: str, answer: str, name: str) -> tuple[Act, ...]:
    """A bot writes as a person would, under the same name as the person who answers then."""
    return (Say(2.6, first, "bot", name), *human(3.0, answer, name))


CASINOS = (
    Casino(
        "herald",
        "Herald Hall",
        "only a public event of the page tells its bot from its people",
        BY_HUMAN,
        Widget(prefix="hd", mark="event"),
        Script(answer=after_a_bot("Cash outs are quick here.", "It takes a day, two at weekends.", "Dora")),
        Site("#588157", "#132a13"),
    ),
    Casino(
        "teller",
        "Teller Tables",
        "only the callbacks of its script tell, and they are asked for before that script is there",
        BY_HUMAN,
        Widget("open-shadow", "sse", prefix="ta", mark="callback", look="card"),
        Script(answer=after_a_bot("We pay out every day.", "Ten euro is the least you can take out.", "Emil")),
        Site("#9d4edd", "#240046"),
    ),
    Casino(
        "ringer",
        "Ringer Reels",
        "a chat in a frame of another origin; only subscribers to the page's script are told, first by a stub",
        BY_HUMAN,
        Widget("cross-iframe", "poll", prefix="ri", mark="subscription", look="flat", poll_s=1.0),
        Script(answer=after_a_bot("Have a look at our payments page.", "Cards and bank transfer, both free.", "Finn")),
        Site("#e76f51", "#264653"),
    ),
)
