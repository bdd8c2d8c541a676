"""Marks on a page and the vendors they name, as plain data."""

from __future__ import annotations

import pytest

from chatprobe.browser.carries import Carried
from chatprobe.discover.recognise import Kind, fits, recognise
from chatprobe.scenario.preset import Preset
from chatprobe.scenario.presets import presets
from tests.discover.pages import address

FITS = [
    ("embed.tawk.to", "https://embed.tawk.to/1/2", True),
    ("embed.tawk.to", "wss://EMBED.tawk.to/s/?k=1", True),
    ("jivosite.com", "https://code.jivosite.com/widget/x", True),
    ("jivosite.com", "https://notjivosite.com/widget/x", False),
    ("jivosite.com", "https://jivosite.com.example/", False),
    ("cdn.livechatinc.com/tracking.js", "https://cdn.livechatinc.com/tracking.js?l=1", True),
    ("cdn.livechatinc.com/tracking.js", "https://cdn.livechatinc.com/other.js", False),
    ("apps.mypurecloud.*/genesys-bootstrap", "https://apps.mypurecloud.ie/genesys-bootstrap/genesys.min.js", True),
    ("apps.*.pure.cloud/genesys-bootstrap", "https://apps.euw2.pure.cloud/genesys-bootstrap/g.js", True),
    ("wchat.*freshchat.com", "https://wchat.freshchat.com/js/widget.js", True),
    ("wchat.*freshchat.com", "https://wchat.eu.freshchat.com/js/widget.js", True),
    ("/im_livechat/", "https://shop.example/im_livechat/loader/1", True),
    ("/im_livechat/", "https://shop.example/x/im_livechat/loader/1", True),
    ("/widget?website_token=", "https://chat.example/widget?website_token=abc", True),
    ("/im_livechat/", "https://shop.example/?next=x", False),
    ("embed.tawk.to", "https://stats.example/?u=https://embed.tawk.to/", False),
    ("embed.tawk.to", "not an address", False),
    ("embed.tawk.to", "https://[broken/", False),
]


@pytest.mark.parametrize(("pattern", "address", "expected"), FITS)
def test_addresses_are_compared_by_host_and_path(pattern: str, address: str, expected: bool) -> None:
    """A host means those below it, a path what begins so, a lone path any host; nothing else fits."""
    assert expected == fits(pattern, address)


KINDS = ("addresses", "globals", "elements")


def named(carried: Carried) -> list[str]:
    """The ids of the vendors recognised."""
    return [found.preset.id for found in recognise(carried, presets().values())]


def carrying(kind: str, mark: str) -> Carried:
    """A page that carries this mark alone."""
    if kind == "addresses":
        return Carried(frozenset({address(mark)}))
    return Carried(globals=frozenset({mark})) if kind == "globals" else Carried(elements=frozenset({mark}))


@pytest.mark.parametrize("preset", presets().values(), ids=lambda preset: preset.id)
def test_each_mark_alone_names_its_vendor(preset: Preset) -> None:
    """Every mark that is a vendor's own is enough to name that vendor, and no other; one of the shared is not."""
    own = [(kind, mark) for kind in KINDS for mark in getattr(preset.file.fingerprint, kind)]
    weak = [(kind, mark) for kind in KINDS for mark in getattr(preset.file.fingerprint.weak, kind)]
    assert [[preset.id]] * len(own) == [named(carrying(*one)) for one in own]
    assert [] == [one for one in weak if preset.id in named(carrying(*one))]


def test_one_mark_of_its_own_names_a_vendor() -> None:
    """A global that nobody else has is enough, and is the reason given."""
    [found] = recognise(Carried(globals=frozenset({"Tawk_API"})), presets().values())
    assert ("tawk", True, [(Kind.GLOBAL, "Tawk_API")]) == (
        found.preset.id,
        found.sure,
        [(reason.kind, reason.mark) for reason in found.reasons],
    )


def test_what_others_have_too_counts_beside_a_second_mark() -> None:
    """One such mark names nobody, two do, and it is said that they are no proof."""
    assert [] == named(Carried(globals=frozenset({"Beacon"})))
    assert [] == named(Carried(frozenset({"https://kayako.com/x"}), globals=frozenset({"drift"})))
    both = Carried(globals=frozenset({"hsConversationsSettings", "hsConversationsOnReady"}))
    assert [("hubspot", False)] == [(one.preset.id, one.sure) for one in recognise(both, presets().values())]


SNIPPET = "https://static.zdassets.com/ekr/snippet.js?key=1"


@pytest.mark.parametrize(
    ("carried", "expected"),
    [
        (Carried(frozenset({SNIPPET}), globals=frozenset({"zE"})), ["zendesk_messaging"]),
        (Carried(frozenset({SNIPPET}), globals=frozenset({"zE", "$zopim"})), ["zendesk_classic"]),
        (
            Carried(frozenset({SNIPPET}), globals=frozenset({"zE"}), elements=frozenset({"iframe#webWidget"})),
            ["zendesk_classic"],
        ),
        (
            Carried(globals=frozenset({"zE"}), elements=frozenset({"iframe[data-product='web_widget']"})),
            ["zendesk_messaging"],
        ),
    ],
)
def test_of_two_that_share_a_script_the_one_with_more_is_named(carried: Carried, expected: list[str]) -> None:
    """What both have names the one that has a mark besides."""
    assert expected == named(carried)


def test_several_widgets_are_all_named() -> None:
    """A page may carry more than one; who is better attested comes first."""
    carried = Carried(frozenset({"https://embed.tawk.to/1/2"}), globals=frozenset({"Tawk_API", "$crisp"}))
    assert ["tawk", "crisp"] == named(carried)


def test_a_script_held_back_is_a_reason_and_said_to_be_so() -> None:
    """What waits for consent names its vendor."""
    [found] = recognise(Carried(held=frozenset({"https://client.crisp.chat/l.js"})), presets().values())
    assert ("crisp", [True]) == (found.preset.id, [reason.held for reason in found.reasons])
