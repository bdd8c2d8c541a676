"""The simulated casinos of the month: each breaks, or keeps, what it says in a way of its own."""

from __future__ import annotations

from chatprobe.lab.month import House, Shift

_WORKDAYS = frozenset(range(5))
_EARLY = ("Marta", "Jonas", "Elif", "Piotr", "Chiara")
_LATE = ("Sofia", "Liam", "Nadia", "Tomas")
_NIGHT = ("Oskar", "Ines", "Ravi")

HOUSES = (
    House(
        name="sim-aurora",
        about="keeps its promise of day and night, in three shifts; at night it takes longer.",
        claims="{hours: 24/7, languages: [en, fr], first_reply: 3m}",
        asked_in=("en", "fr"),
        shifts=(
            Shift(6, 8, _EARLY, ("en", "fr")),
            Shift(14, 8, _LATE, ("en", "fr")),
            Shift(22, 8, _NIGHT, ("en", "fr"), slower=1.8),
        ),
        median_s=38,
    ),
    House(
        name="sim-nocturne",
        about="says 24/7; from 02:00 to 06:00 nobody is there, and the widget says online all the same.",
        claims="{hours: 24/7, first_reply: 2m}",
        shifts=(Shift(6, 10, _EARLY), Shift(16, 10, (*_LATE, "Hugo"))),
        median_s=52,
        sign=0.0,
    ),
    House(
        name="sim-comptoir",
        about="shut at night and on Sundays, as it says and as its widget shows; German is answered in English.",
        claims='{hours: "Mon-Sat 08:00-24:00", languages: [en, fr, de], first_reply: 5m}',
        asked_in=("fr", "en", "de"),
        timezone="Europe/Paris",
        shifts=(
            Shift(8, 8, ("Camille", "Yanis", "Léa"), ("en", "fr"), days=frozenset(range(6))),
            Shift(16, 8, ("Hugo", "Manon"), ("en", "fr"), days=frozenset(range(6))),
        ),
        median_s=75,
    ),
    House(
        name="sim-labyrinth",
        about="its bot answers within two seconds and lets three in five through; who speaks is often unclear.",
        claims="{hours: 24/7, first_reply: 60s}",
        shifts=(Shift(7, 12, _EARLY), Shift(19, 12, _NIGHT)),
        median_s=110,
        bot=0.6,
        unsure=0.24,
    ),
    House(
        name="sim-rush",
        about="open from 08:00 to 24:00, good at noon; in the evening one stands in line, at weekends often in vain.",
        claims='{hours: "Mon-Sun 08:00-24:00", first_reply: 5m}',
        shifts=(Shift(8, 8, (*_EARLY, "Björn")), Shift(16, 8, _LATE)),
        median_s=45,
        line_s=70,
        sign=0.9,
    ),
    House(
        name="sim-newcomer",
        about="visited for twelve days only, as often as a real casino may be.",
        claims="{hours: 24/7, first_reply: 2m}",
        shifts=(Shift(0, 24, _LATE),),
        chats_a_day=4 / 7,
        days=12,
        fault=0.0,
    ),
)
