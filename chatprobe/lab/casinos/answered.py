"""Casinos where a person answers; they differ in where the chat lives and how its words travel."""

from __future__ import annotations

from chatprobe.lab.acts import Act, Close, Joined, Left, Say, Typing
from chatprobe.lab.casino import Casino, Expect, Script, Site, Widget

BY_HUMAN = Expect("human_reply", "human")


def human(after_s: float, text: str, name: str | None = "Anna", *more: Act) -> tuple[Act, ...]:
    """A person types a while, answers, and the chat closes some seconds later."""
    return (
        Typing(after_s / 2, on=True, name=name),
        Say(after_s / 2, text, "human", name),
        Typing(0.3, on=False),
        *more,
        Close(4.0),
    )


CASINOS = (
    Casino(
        "lucky",
        "Lucky Clover",
        "plain page, WebSocket, a person answers after 3 s",
        BY_HUMAN,
        Widget(mark="class"),
        Script(answer=human(3.0, "Hello! Withdrawals are paid within 24 hours of our check.")),
        in_demo=True,
    ),
    Casino(
        "orbit",
        "Orbit Spins",
        "frame of the same origin, server-sent events, a bot greets before the question",
        BY_HUMAN,
        Widget("iframe", "sse", prefix="ob", mark="role", launcher="icon"),
        Script(
            opening=(Say(0.4, "Hi, I am Orbit Bot. Ask away, a colleague will join.", "bot", "Orbit Bot"),),
            answer=(Joined(2.0, "Marek"), *human(2.4, "The first withdrawal takes two days, later ones one.", "Marek")),
        ),
        Site("#3a86ff", "#0b132b"),
        in_demo=True,
    ),
    Casino(
        "fjord",
        "Fjord Palace",
        "frame of another origin, long polling, only people's rows carry an operator's number",
        BY_HUMAN,
        Widget("cross-iframe", "longpoll", prefix="fj", mark="operator", look="flat"),
        Script(
            answer=(
                Say(0.5, "Thank you, your message has arrived.", "bot", "Fjord"),
                *human(3.5, "You can withdraw from 20 euro upwards.", "Ingrid"),
            )
        ),
        Site("#1b998b", "#102a43"),
        in_demo=True,
    ),
    Casino(
        "matryoshka",
        "Matryoshka Club",
        "a frame within a frame of another origin",
        BY_HUMAN,
        Widget("nested", prefix="mt", mark="role", look="card"),
        Script(answer=human(3.2, "Yes, we take cards and bank transfer.", "Vera")),
        Site("#d62246", "#2b0a14"),
    ),
    Casino(
        "velvet",
        "Velvet Room",
        "open shadow roots; the launcher's inner link never receives the click",
        BY_HUMAN,
        Widget("open-shadow", prefix="vv", mark="class", launcher="element"),
        Script(answer=human(2.8, "The bonus must be wagered 35 times.", "Julie")),
        Site("#8338ec", "#1d1128"),
        in_demo=True,
    ),
    Casino(
        "vault",
        "The Vault",
        "closed shadow root, a launcher without role, label or text, a decoy in the usual corner",
        BY_HUMAN,
        Widget("closed-shadow", prefix="vt", mark="role", launcher="div", decoy=True),
        Script(answer=human(3.4, "Your documents are checked within one working day.", "Omar")),
        Site("#b08d57", "#1c1c1c"),
        in_demo=True,
    ),
    Casino(
        "metro",
        "Metro Jackpot",
        "a widget that asks its server every 1.6 s",
        BY_HUMAN,
        Widget(transport="poll", prefix="mj", mark="class", look="flat"),
        Script(answer=human(3.7, "Deposits by card arrive at once.", "Lena")),
        Site("#ff7f11", "#262626"),
        in_demo=True,
    ),
    Casino(
        "castle",
        "Castle of Chance",
        "cookie banner and age gate stand in the way; the answer comes in two messages",
        BY_HUMAN,
        Widget(transport="sse", prefix="cc", mark="role"),
        Script(
            answer=human(
                2.6, "One moment please.", "Peter", Say(2.5, "The limit is 5,000 euro a month.", "human", "Peter")
            )
        ),
        Site("#5fad56", "#1d2b1f", ticker=False, consent=True, age_gate=True),
        in_demo=True,
    ),
    Casino(
        "tulip",
        "Tulip Games",
        "a form asks for name and e-mail before the chat",
        BY_HUMAN,
        Widget("iframe", "websocket", prefix="tg", mark="class", form=("name", "email")),
        Script(answer=human(3.0, "Good day! iDEAL and cards, both without a fee.", "Femke")),
        Site("#e07a5f", "#3d405b", ticker=False),
    ),
    Casino(
        "harbour",
        "Harbour Lights",
        "the question stands in the form, a link sends it, and the frame loads a new page",
        BY_HUMAN,
        Widget(
            "cross-iframe", "sse", prefix="hl", mark="role", form=("name", "email", "question"), form_navigates=True
        ),
        Script(answer=human(3.3, "Yes, the licence is from Malta, number 123.", "Rita")),
        Site("#219ebc", "#023047"),
        in_demo=True,
    ),
    Casino(
        "balcony",
        "Balcony Slots",
        "the chat opens in a window of its own",
        BY_HUMAN,
        Widget("popup", "longpoll", prefix="bs", mark="class", launcher="link"),
        Script(answer=human(2.9, "We answer day and night.", "Nora")),
        Site("#ef476f", "#22223b"),
    ),
    Casino(
        "relay",
        "Rheingold Spiele",
        "German; one person hands over to another",
        BY_HUMAN,
        Widget(prefix="rg", mark="class", launcher="image"),
        Script(
            answer=human(
                2.7,
                "Guten Tag, das weiß meine Kollegin besser.",
                "Jonas",
                Left(0.8, "Jonas"),
                Joined(0.4, "Sabine"),
                Say(2.0, "Hallo, die Auszahlung dauert einen Tag.", "human", "Sabine"),
            )
        ),
        Site("#c9a227", "#2d1e2f"),
        language="de",
    ),
    Casino(
        "lumiere",
        "Lumière Casino",
        "French; a card-like widget that is already open, without a launcher",
        BY_HUMAN,
        Widget(transport="sse", prefix="lm", mark="role", launcher="open", look="card"),
        Script(answer=human(3.1, "Bonjour, le retrait prend vingt-quatre heures.", "Camille")),
        Site("#b5701a", "#1b2a49"),
        language="fr",
        in_demo=True,
    ),
    Casino(
        "incognito",
        "Incognito Bets",
        "a person answers, but nothing in the page says so",
        Expect("unsure_reply", "unknown"),
        Widget(prefix="ib"),
        Script(answer=human(3.0, "The minimum deposit is 10 euro.", None)),
        Site("#6c757d", "#212529"),
        in_demo=True,
    ),
)
