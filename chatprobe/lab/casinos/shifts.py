"""Casinos whose people come and go by the lab's clock."""

from __future__ import annotations

from chatprobe.lab.casino import Casino, Script, Shift, Site, Widget
from chatprobe.lab.casinos.answered import BY_HUMAN, human

CASINOS = (
    Casino(
        "carillon",
        "Carillon Club",
        "three shifts of eight hours, each its own person; the night is slow",
        BY_HUMAN,
        Widget(prefix="cn", mark="class"),
        site=Site("#9d4edd", "#10002b"),
        shifts=(
            Shift(6, 14, Script(answer=human(2.6, "Good morning! Withdrawals leave us within a day.", "Amelie"))),
            Shift(14, 22, Script(answer=human(3.0, "Hello! A withdrawal takes a day, two at weekends.", "Bastian"))),
            Shift(22, 6, Script(answer=human(5.0, "Good evening. We pay out within 24 hours.", "Chiara"))),
        ),
    ),
    Casino(
        "curfew",
        "Curfew Casino",
        "promises 24/7 and is closed from 03:00 to 06:00, UTC by the lab's clock",
        BY_HUMAN,
        Widget("iframe", "sse", prefix="cf", mark="role"),
        site=Site("#ffb703", "#023047"),
        shifts=(Shift(6, 3, Script(answer=human(3.0, "We check each withdrawal by hand: a day at most.", "Dario"))),),
    ),
)
