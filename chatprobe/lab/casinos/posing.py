"""Casinos where it is hard to tell who writes: machines that pose as people, people who write like machines."""

from __future__ import annotations

from chatprobe.lab.acts import Close, Joined, Left, Notice, Queue, Say, Stream, Typing
from chatprobe.lab.casino import Casino, Expect, Script, Site, Widget
from chatprobe.lab.casinos.answered import BY_HUMAN, human

UNSURE = Expect("unsure_reply", "unknown")

CASINOS = (
    Casino(
        "mimic",
        "Mimic Manor",
        "a machine waits half a minute, types, and writes like a person, slips included; nothing gives it away",
        UNSURE,
        Widget(prefix="mm"),
        Script(
            answer=(
                Typing(14.0, on=True, name="Chloe"),
                Say(10.0, "hey! so cash outs are usualy done in a day", "bot", "Chloe"),
                Typing(0.2, on=False),
                Typing(2.0, on=True, name="Chloe"),
                Say(4.0, "*usually :)", "bot", "Chloe"),
                Typing(0.2, on=False),
                Close(3.0),
            )
        ),
        Site("#ffafcc", "#2b2d42"),
    ),
    Casino(
        "drip",
        "Drip Diamonds",
        "a language model takes its time, then its words fall one by one",
        Expect("bot_only", "bot"),
        Widget("open-shadow", "websocket", prefix="dd", look="card"),
        Script(
            answer=(
                Typing(12.0, on=True, name="Maya"),
                Stream(
                    11.0, "sure, the bonus is wagered thirty times, slots count in full", "bot", "Maya", token_s=0.3
                ),
                Typing(0.2, on=False),
                Close(5.0),
            )
        ),
        Site("#00bbf9", "#0b2545"),
    ),
    Casino(
        "clockwork",
        "Clockwork Casino",
        "under a woman's name the same words after the same six seconds, at every visit",
        UNSURE,
        Widget(transport="sse", prefix="ck"),
        Script(answer=(Say(6.0, "Withdrawals are usually paid within one day.", "bot", "Sofia"), Close(4.0))),
        Site("#cb997e", "#2f3e46"),
    ),
    Casino(
        "stencil",
        "Stencil Slots",
        "a person sends the house's template word for word, each time after another delay",
        BY_HUMAN,
        Widget(transport="longpoll", prefix="st", mark="role"),
        Script(
            answer=(
                Say(3.0, "Dear player, withdrawals are processed within 24 hours.", "human", "Ines", spread_s=9.0),
                Close(4.0),
            )
        ),
        Site("#80b918", "#132a13"),
    ),
    Casino(
        "afterglow",
        "Afterglow Games",
        "once a person has written, automatic texts come under her name and with her marks",
        BY_HUMAN,
        Widget("iframe", "websocket", prefix="ag", mark="class"),
        Script(
            opening=(Say(0.4, "Welcome to Afterglow! How can we help you today?", "bot", "Afterglow"),),
            answer=(
                *human(3.4, "Hello, a day at most, often less.", "Nadia")[:-1],
                Say(2.5, "Please rate this conversation from 1 to 5.", "bot", "Nadia", passed_off="human"),
                Close(4.0),
            ),
        ),
        Site("#ff9f1c", "#2d1e2f"),
    ),
    Casino(
        "toaster",
        "Toast of the Town",
        "toasts over the chat and automatic lines in it; only the frames tell who writes",
        BY_HUMAN,
        Widget("cross-iframe", "sse", prefix="to", mark="wire", look="flat"),
        Script(
            opening=(Notice(0.5, "Sounds are off. Tap the bell to hear new messages.", "toast"),),
            answer=(
                Say(1.0, "We have received your message and will be with you shortly.", "bot", "Toast"),
                Notice(0.8, "Karim usually answers within a minute", "toast", stays_s=3.0),
                *human(3.2, "Hi, the weekly limit is two thousand euro.", "Karim")[:-1],
                Notice(0.5, "Your bonus is waiting: open the promotions page!", "toast"),
                Say(1.0, "Join our loyalty club and earn points with each spin.", "bot", "Toast"),
                Close(4.0),
            ),
        ),
        Site("#d4a373", "#281c12"),
    ),
    Casino(
        "marquee",
        "Marquee Palace",
        "French; all notices run through the header and vanish there, then somebody joins",
        BY_HUMAN,
        Widget("iframe", "longpoll", prefix="mq"),
        Script(
            answer=(
                Notice(0.3, "Connexion en cours…"),
                Queue(1.2, 2),
                Queue(1.6, 1),
                Notice(1.6, "Un conseiller arrive dans moins d'une minute."),
                Notice(1.2, ""),
                Joined(0.2, "Élodie"),
                *human(3.0, "Bonjour, comptez un jour ouvré.", "Élodie"),
            )
        ),
        Site("#e0aaff", "#240046"),
        language="fr",
    ),
    Casino(
        "baton",
        "Baton Rouge Bingo",
        "a bot passes the visitor on unasked, and one person to the next; names are all there is",
        BY_HUMAN,
        Widget("nested", "websocket", prefix="br", look="card"),
        Script(
            answer=(
                Say(1.0, "I have opened a ticket for you.", "bot", "Rougette"),
                Left(1.0, "Rougette"),
                Joined(1.0, "Bruno"),
                *human(3.0, "Good evening, let me ask the payments desk.", "Bruno")[:-1],
                Left(1.0, "Bruno"),
                Joined(1.0, "Agathe"),
                Say(3.0, "Hello, it was sent this morning.", "human", "Agathe"),
                Close(4.0),
            )
        ),
        Site("#9b2226", "#001219"),
    ),
    Casino(
        "sprinter",
        "Sprinter Sports",
        "German; a person who types fast, between automatic lines that look just like his",
        BY_HUMAN,
        Widget("closed-shadow", "websocket", prefix="sp"),
        Script(
            opening=(Say(0.5, "Herzlich willkommen bei Sprinter!", "bot", "Sprinter"),),
            answer=(
                Say(0.6, "Vielen Dank für Ihre Nachricht. Wir melden uns in Kürze.", "bot", "Sprinter"),
                Say(2.4, "Hallo, das dauert einen Tag.", "human", "Timo"),
                Say(1.5, "Bei Karten auch mal zwei.", "human", "Timo"),
                Close(4.0),
            ),
        ),
        Site("#38b000", "#0b132b"),
        language="de",
    ),
    Casino(
        "masquerade",
        "Masquerade Ball",
        "Italian; greeting, acknowledgement and the person's words come in the same rows, without any name",
        UNSURE,
        Widget(transport="poll", prefix="mb", poll_s=1.0, look="flat"),
        Script(
            opening=(Say(0.4, "Benvenuto! Come possiamo aiutarti?", "bot"),),
            answer=(
                Say(0.6, "Grazie per averci contattato. Ti risponderemo al più presto.", "bot"),
                *human(4.0, "Ciao, ci vuole un giorno.", None),
            ),
        ),
        Site("#6a4c93", "#1b1725"),
        language="it",
    ),
)
