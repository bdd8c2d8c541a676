"""Casinos whose widget handles rows, keys or the page in a way that trips testers. A person always answers."""

from __future__ import annotations

from chatprobe.lab.casino import Casino, Script, Site, Widget
from chatprobe.lab.casinos.answered import BY_HUMAN, human


def _casino(name: str, title: str, about: str, widget: Widget, site: Site, language: str = "en") -> Casino:
    text = {"es": "¡Hola! El retiro tarda un día."}.get(language, f"Welcome to {title}. Payouts take one day.")
    return Casino(name, title, about, BY_HUMAN, widget, Script(answer=human(2.8, text, "Carmen")), site, language)


CASINOS = (
    _casino(
        "scribe",
        "Scribe Lounge",
        "Enter makes a new line, Ctrl+Enter sends",
        Widget(prefix="sl", mark="class", look="flat", enter="newline", send_control=False),
        Site("#588157", "#1b2a1b"),
    ),
    _casino(
        "echo",
        "Echo Valley",
        "the visitor's row appears at once and is then replaced by the server's, with a time before the text",
        Widget(prefix="ev", mark="role", look="card", echo="provisional"),
        Site("#00b4d8", "#03304a"),
    ),
    _casino(
        "courier",
        "Courier Club",
        "the visitor's row appears only when the server has it; the composer is an editable div",
        Widget("iframe", "longpoll", prefix="cr", mark="role", echo="server", composer="editable"),
        Site("#ee6c4d", "#293241"),
    ),
    _casino(
        "carousel",
        "Carousel Win",
        "every change draws all rows anew, and a hidden region repeats them",
        Widget(transport="sse", prefix="cw", mark="class", rows="rerender"),
        Site("#f72585", "#240046"),
    ),
    _casino(
        "tower",
        "Tower Bingo",
        "only four row elements exist; texts move through them",
        Widget(prefix="tb", mark="role", rows="recycled", history=("Hello", "Hi!", "Bye", "Bye!")),
        Site("#048a67", "#073b4c"),
    ),
    _casino(
        "mirror",
        "Espejo Casino",
        "Spanish; an auto-growing composer with a twin that copies its text",
        Widget(prefix="es", mark="class", composer="mirror"),
        Site("#c1121f", "#2b0a0a"),
        "es",
    ),
    _casino(
        "diary",
        "Diary Slots",
        "a returning visitor: an old conversation stands in the list",
        Widget(
            prefix="ds", mark="role", history=("How long do payouts take?", "Two days.", "Thanks", "You are welcome.")
        ),
        Site("#b5838d", "#2c2a4a"),
    ),
    _casino(
        "snail",
        "Snail Mail Casino",
        "a slow server and a chat that is injected late",
        Widget(prefix="sm", mark="class", composer="input"),
        Site("#a7c957", "#283618", late_s=5.0, response_s=2.5),
    ),
)
