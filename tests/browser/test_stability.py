"""Which names somebody wrote, and which ways of finding an element again are likely to last."""

from __future__ import annotations

from typing import Any

import pytest

from chatprobe.browser.stability import Anatomy, Choice, Node, Way, choices
from chatprobe.browser.tokens import is_made, says_something
from chatprobe.scenario.selectors import check_playwright

WRITTEN = """
chat-launcher chatLauncher livechat open-chat-btn chat_widget_button msg msgBox lc-input btnSend cc-window sendMessage2
fc_frame comm100-float-button intercom-lightweight-app-launcher lpChat LPMcontainer zE-web tawk-min-container chat24
b24-widget-button __jivoLabel sc-launcher rcw-launcher webchat__send-box__main step2 lz_chat_overlay
WhatsAppBtn txtMessage
"""
MADE = """
css-1q2w3e sc-bdVaJa jss123 makeStyles-root-12 svelte-1abcde emotion-0 _3xYz9 Button_root__3kLmn chat__aB3dE r1-x9z2
:r1: «r1» radix-:r3: headlessui-menu-button-3 mui-12345 ember123 ext-gen1234 yui_3_18_1_1 __BVID__12 mat-input-0
input-12
react-select-2-input field_1699999999 lf-8f3a2b 7ba5bd90 550e8400-e29b-41d4-a716-446655440000 kXzPq bXdKdF dkLwYt
e1abcxyz0 _ngcontent-abc-c12 styles_launcher__x7Gk2 chat-widget-65f1c2d3e4 12345 xkqzj launcher_k3Jd9 hQdKzT
"""


@pytest.mark.parametrize("token", WRITTEN.split())
def test_names_that_somebody_wrote_are_told(token: str) -> None:
    """Words, abbreviations and brands are no hashes, however they are joined."""
    assert not is_made(token)


@pytest.mark.parametrize("token", MADE.split())
def test_names_that_a_machine_made_are_told(token: str) -> None:
    """Hashes, counters and the ids of libraries are another one tomorrow."""
    assert is_made(token)


def test_a_class_may_say_nothing_of_which_element_it_is_on() -> None:
    """States and utility classes are passed over."""
    names = ["flex", "p-4", "bg-blue-500", "is-open", "active", "online", "mt-2", "chat-open", "composer"]
    assert ["chat-open", "composer"] == [name for name in names if says_something(name)]


def of(tag: str, above: tuple[Node, ...] = (), **told: Any) -> list[Choice]:
    """The ways to an element; attributes with `_` for `-`."""
    texts = {name: told.pop(name) for name in ("role", "name", "label") if name in told and told.get("field") is None}
    attributes = {name.rstrip("_").replace("_", "-"): str(value) for name, value in told.items() if name != "hosts"}
    return choices(Anatomy(Node(tag, attributes), **texts, above=above, hosts=told.get("hosts", ())))


def test_the_most_lasting_way_comes_first() -> None:
    """What was written to be found by, then what visitors read, then looks; made names never."""
    found = of(
        "button",
        role="button",
        name="Live chat",
        id="chat-open",
        data_testid="launcher",
        data_state="closed",
        aria_label="Live chat",
        class_="css-1q2w3e fab open chat-fab",
    )
    assert [
        '[data-testid="launcher"]',
        "#chat-open",
        'role=button[name="Live chat"]',
        'button[aria-label="Live chat"]',
        ".fab",
        ".chat-fab",
    ] == [one.selector for one in found if one.way not in (Way.KIND, Way.WITHIN) and "." not in one.selector[1:]]
    assert not any("css-1q2w3e" in one.selector or "closed" in one.selector for one in found)


def test_an_element_without_a_name_is_found_in_what_has_one() -> None:
    """Its kind within the nearest ancestor that somebody named."""
    around = (Node("div", {"class": "x1a2b3"}), Node("section", {"id": "help-desk"}))
    found = of("textarea", above=around, rows=2)
    assert [("#help-desk textarea", Way.WITHIN), ("textarea", Way.KIND)] == [(one.selector, one.way) for one in found]


def test_in_a_closed_tree_only_plain_css_of_that_tree_is_used() -> None:
    """No locator reaches into a closed root: neither roles nor hosts help there."""
    anatomy = Anatomy(Node("div", {"class": "bubble"}), "button", "Chat", hosts=(Node("chat-box"),), closed=True)
    assert not any(one.way is Way.ROLE or "chat-box" in one.selector for one in choices(anatomy))


@pytest.mark.parametrize(
    "text", ['He said "hi"', "3 new messages", "Chat (2)", "line\nbreak", "a{b}", "x" * 80, "\u202eevil", "12:04"]
)
def test_texts_that_change_or_break_a_selector_are_not_looked_for(text: str) -> None:
    """Counters, times, quotes and long texts are no labels to find anything by."""
    assert not any(one.reads_text for one in of("button", role="button", name=text, title=text))


def test_an_age_may_stand_in_a_label() -> None:
    """A number that is part of the words does no harm."""
    assert 'role=button[name="I am 18 or older"]' in [
        one.selector for one in of("button", role="button", name="I am 18 or older")
    ]


def test_every_way_is_a_selector_that_a_scenario_takes() -> None:
    """Odd but printable values are quoted so that the scenario's own check accepts them."""
    found = of(
        "iframe",
        id="1chat",
        name="talk'box",
        title="Fenêtre d'aide",
        src="https://w.vendor.example/x?a=1",
        data_x_="a'b",
    )
    for one in found:
        check_playwright(one.selector)
    assert {'iframe[src*="w.vendor.example"]', 'iframe[title="Fenêtre d\'aide"]'} <= {one.selector for one in found}


def test_a_choice_survives_as_json() -> None:
    """What a probe kept is read again as it was."""
    choice = Choice("#box", Way.ID, 0.9)
    assert choice == Choice.read(choice.as_row())
