"""Casinos where no chat begins: closed, absent, or behind a wall."""

from __future__ import annotations

from chatprobe.lab.casino import Casino, Expect, Site, Widget

CASINOS = (
    Casino(
        "midnight",
        "Midnight Spins",
        "outside office hours: a leave-a-message form",
        Expect("offline"),
        Widget("iframe", prefix="ms", before="offline-form"),
        site=Site("#577590", "#0d1b2a"),
        in_demo=True,
    ),
    Casino(
        "dusk",
        "Dusk Casino",
        "closed, which only a class and a grey launcher tell",
        Expect("offline"),
        Widget(prefix="dk", launcher="offline"),
        site=Site("#f3722c", "#1f1300"),
    ),
    Casino(
        "desert",
        "Desert Star",
        "no chat on the page",
        Expect("not_offered"),
        Widget("none"),
        site=Site("#e9c46a", "#3a2e1f"),
        in_demo=True,
    ),
    Casino(
        "gauntlet",
        "Gauntlet Games",
        "a CAPTCHA instead of the casino",
        Expect("captcha"),
        Widget("none"),
        site=Site("#bc4749", "#1f1f1f", captcha=True),
        in_demo=True,
    ),
    Casino(
        "members",
        "Members Only",
        "the chat is for players who are logged in",
        Expect("login_wall"),
        Widget(prefix="mo", before="login"),
        site=Site("#bfa15a", "#0b3d2e"),
    ),
    Casino(
        "broken",
        "Broken Wheel",
        "the site answers 503",
        Expect("site_down"),
        Widget("none"),
        site=Site(status=503),
    ),
)
