"""Casinos where machines answer, with and without a way to a person."""

from __future__ import annotations

from chatprobe.lab.acts import Close, Joined, Say, Stream, Typing
from chatprobe.lab.casino import Casino, Expect, Script, Site, Widget
from chatprobe.lab.casinos.answered import BY_HUMAN, human

PERSON = r"agent|human|person|operator|mensch|mitarbeiter|humain|conseiller|persona|agente"
"""Words in which visitors ask for a person."""

MENU = ("Payments", "Bonuses", "My account")

CASINOS = (
    Casino(
        "kiosk",
        "Kiosk Royale",
        "a menu bot with buttons and no way to a person",
        Expect("bot_only", "bot"),
        Widget(prefix="kr", mark="class"),
        Script(
            opening=(Say(0.3, "Welcome! I am the assistant. Choose a topic:", "bot", "Assistant", MENU),),
            answer=(Say(1.2, "I did not get that. Please choose a topic:", "bot", "Assistant", MENU),),
            later=((".", (Say(1.0, "Please choose one of the topics:", "bot", "Assistant", MENU),)),),
        ),
        Site("#f4a261", "#264653"),
        in_demo=True,
    ),
    Casino(
        "concierge",
        "Concierge Club",
        "a menu bot that calls a person when it is asked for one",
        BY_HUMAN,
        Widget(transport="sse", prefix="cg", mark="role"),
        Script(
            answer=(Say(1.0, "I am the virtual concierge. Pick a topic:", "bot", "Concierge", MENU),),
            later=(
                (
                    PERSON,
                    (
                        Say(0.8, "I am calling a colleague.", "bot", "Concierge"),
                        Joined(2.0, "Hugo"),
                        *human(2.6, "Hugo here. Cash-outs take one day.", "Hugo"),
                    ),
                ),
                (".", (Say(0.8, "Pick a topic, please:", "bot", "Concierge", MENU),)),
            ),
        ),
        Site("#2a9d8f", "#1f2937"),
    ),
    Casino(
        "sage",
        "Sage & Sons",
        "a language model with a woman's name writes word by word, after typing",
        Expect("bot_only", "bot"),
        Widget(transport="sse", prefix="sg"),
        Script(
            answer=(
                Typing(0.8, on=True, name="Emma"),
                Stream(2.2, "Hi there! Great question, our payouts usually arrive within a day or two.", "bot", "Emma"),
                Typing(1.0, on=False),
            )
        ),
        Site("#7b9e87", "#22333b"),
        in_demo=True,
    ),
    Casino(
        "oracle",
        "Oracle Slots",
        "a streaming assistant that says it is one, in a frame",
        Expect("bot_only", "bot"),
        Widget("iframe", "websocket", prefix="os", mark="role"),
        Script(
            answer=(
                Stream(1.5, "I am an AI assistant. Our minimum deposit is 10 euro.", "bot", "Oracle AI"),
                Close(8.0),
            )
        ),
        Site("#4361ee", "#14092b"),
    ),
)
