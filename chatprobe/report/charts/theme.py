"""How charts look. Every colour stands here once: with a name, for the page, and with a value, for a picture file."""

from __future__ import annotations

from typing import Any

WIDTH = 400
"""Of a whole chart, in pixels: what a phone shows without shrinking its words."""
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"

INK, SOFT, RULE, PAPER = "#1c1b19", "#5d5a54", "#ddd8cc", "#fffefa"
YES, NO, UNSURE, OURS = "#0a6a85", "#b23a1e", "#8f6400", "#75716a"
BAND = "#bcd8de"
RAMP = ("#b3391d", "#dc8b68", "#ecd9b4", "#82b4bd", "#0a6b86")
"""From nobody to everybody, in fifths."""
HATCH = "#fe01fe"
"""Stands for hatching, which Vega cannot draw."""

NAMES = {
    INK: "ink",
    SOFT: "soft",
    RULE: "rule",
    PAPER: "paper",
    YES: "yes",
    NO: "no",
    UNSURE: "unsure",
    OURS: "ours",
    BAND: "band",
    **{colour: f"ramp{number}" for number, colour in enumerate(RAMP)},
}
"""The page's variables, which are other colours in the dark."""

_AXIS = {
    "labelColor": SOFT,
    "titleColor": SOFT,
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "gridColor": RULE,
    "domainColor": SOFT,
    "tickColor": RULE,
    "labelPadding": 5,
    "titlePadding": 8,
}
CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": PAPER,
    "padding": 2,
    "view": {"stroke": None},
    "axis": _AXIS,
    "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
    "axisX": {"grid": False},
    "text": {"color": INK, "fontSize": 12},
    "legend": {"labelColor": SOFT, "titleColor": SOFT, "labelFontSize": 12, "orient": "top", "title": None},
}
