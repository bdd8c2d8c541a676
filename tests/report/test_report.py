"""What a report says, whatever the database holds."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import Any

import pytest

from chatprobe.analysis.waits import waits_of
from chatprobe.lab.houses import HOUSES
from chatprobe.record import visits
from chatprobe.report.language import get
from chatprobe.store.store import Store
from chatprobe.times import iso
from tests.report.conftest import BROKEN, KEPT, page_of

START = 1_772_409_600_000.0
HOUR = 3_600_000.0
CLAIMING = """
casino: lucky
url: https://lucky.example/
timezone: UTC
claims: {hours: 24/7}
questions: [{id: payout, text: {en: How long does a payout take?}}]
"""


def _text(page: str) -> str:
    """What a reader sees, spaces of all kinds alike."""
    bare = re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return re.sub(r"[\s\u00a0\u202f]+", " ", bare.replace("&#39;", "'"))


def _fill(store: Store, count: int, casino: str = "lucky", **columns: Any) -> None:
    """`count` planned chats, one in five hours, all answered after a minute."""
    rows: list[dict[str, Any]] = []
    for number in range(count):
        at = START + number * 5 * HOUR
        rows.append(
            {
                "id": f"01JN{number:022}",
                "casino": casino,
                "depth": "chat",
                "cell": int((at - START) // HOUR) % 168,
                "started_at": iso(at),
                "asked_at": iso(at),
                "requested_at": iso(at),
                "finished_at": iso(at + 120_000),
                "outcome": "human_reply",
                "side": "casino",
                "first_human_ms": 60_000.0,
                "waited_ms": 105_000.0,
                "deadline_ms": 600_000.0,
                "language": "en",
                **columns,
            }
        )
    store.add({"probes": rows})


def test_an_empty_database_makes_a_page(store: Store) -> None:
    """Without any visit there is a page that says so."""
    assert "This database holds no visit to any casino." in _text(page_of(store))


@pytest.mark.parametrize("count", [1, 20])
def test_few_visits_promise_no_figure(store: Store, count: int) -> None:
    """With few visits shares are not told yet, and what is missing is."""
    _fill(store, count)
    text = _text(page_of(store, "lucky"))
    assert "Answered by a person within 5 min not enough data yet" in text
    assert f"{count} of the 24 chats it takes" in text
    assert [] == re.findall(r"\b(?:nan|inf|None)\b", text)


def test_a_handful_of_visits_is_counted_not_told_in_per_cent(store: Store) -> None:
    """What is one visit of one is said so, with the limits; and of a promised sign every visit that tells counts."""
    store.add({"scenarios": [{"sha256": "ab", "casino": "lucky", "yaml": CLAIMING, "first_seen": iso(START)}]})
    _fill(store, 1)
    text = _text(page_of(store, "lucky"))
    assert "Found as promised 1 of 1 visit 95% limits: 3% to 100%" in text
    assert "shown as open, day and night, every day (24/7) Not enough data yet One can say neither yet: 1 visit" in text
    assert "1 chat and 0 looks at the chat button" in text
    french = _text(page_of(store, "lucky", code="fr"))
    assert "1 sur les 24 chats qu’il faut" in french
    assert "1 chat et 0 relevé du bouton de chat" in french


def test_in_time_is_no_longer_than_was_waited(store: Store) -> None:
    """Where visits wait two minutes, nothing is said of five."""
    _fill(store, 30, deadline_ms=120_000.0, waited_ms=120_000.0)
    text = _text(page_of(store, "lucky"))
    assert "A person answers within 2 min" in text
    assert "within 5 min" not in text


def test_numbers_are_those_of_the_statistics(month: Store) -> None:
    """The page's figures are the same as those of `analysis`, limits included."""
    found, t = waits_of(visits(month, BROKEN).survey()), get("en")
    within = found.within(300_000)
    assert within
    assert within.estimate
    text = _text(page_of(month, BROKEN))
    share, limits = t.percent(within.estimate), f"{t.percent(within.low)} to {t.percent(within.high)}"
    assert f"Answered by a person within 5 min {share} {found.visits} chats; 95% limits: {limits}" in text


def test_a_broken_claim_is_said_with_hours_dates_and_evidence(month: Store) -> None:
    """The finding names hours in which nobody answered, counts, dates and odds, and shows visits behind it."""
    text = _text(page_of(month, BROKEN))
    finding = re.search(
        r"Between 02:00 and 0[3-6]:00 nobody answered in (\d+) of \1 visits; the claim 24/7 is refuted", text
    )
    assert finding
    assert re.search(r"\(evidence [\d,]+ : 1\)", text)
    assert re.search(r"on \d+ dates, \d+ March to \d+ March|on \d+ dates, \d+ to \d+ March", text)
    assert "How long does a payout to a bank account take?" in text


def test_names_are_masked_unless_it_stays_in_the_house(month: Store) -> None:
    """People's names are gone from what they said; an internal report shows them, and says that it is one."""
    names = [name for shift in HOUSES[1].shifts for name in shift.names]
    public, internal = _text(page_of(month, BROKEN)), _text(page_of(month, BROKEN, internal=True))
    assert [] == [name for name in names if re.search(rf"\b{name}\b", public)]
    assert "[name]" in public
    assert any(name in internal for name in names)
    assert "not to be published" in internal


def test_a_simulated_month_says_so(month: Store) -> None:
    """A report on visits that nobody made says it at its head, in both languages."""
    assert "These visits are simulated." in _text(page_of(month, KEPT))
    assert "Ces visites sont simulées." in _text(page_of(month, KEPT, code="fr"))


def test_several_casinos_stand_side_by_side(month: Store) -> None:
    """All casinos of the database, by alphabet, with an overview of every claim."""
    text = _text(page_of(month))
    assert "Is anybody there? 3 live chats, measured" in text
    assert text.index("Side by side") < text.index("Promised: somebody to chat with")
    assert "What each says" in text


def test_casinos_that_promise_nothing_are_counted_side_by_side(store: Store) -> None:
    """Without any claim the overview speaks of none."""
    _fill(store, 1)
    _fill(store, 1, "orbit", id=f"01JN{1:022}")
    text = _text(page_of(store))
    assert (True, False) == ("Chats at each" in text, "What each says" in text)


def test_page_asks_no_network_for_anything(month: Store) -> None:
    """No address but those of parts of the page itself stands in it, and the browser is told to fetch nothing."""
    page = html.unescape(page_of(month, KEPT))
    assert set() == {link for link in re.findall(r'(?:src|href)="([^"#]+)"', page) if not link.startswith("data:")}
    assert "default-src 'none'" in page


def test_screenshots_are_shown_in_the_house_only(store: Store) -> None:
    """An internal report holds a visit's screenshots; never a file from elsewhere, or one that was changed."""
    _fill(store, 1)
    probe = f"01JN{0:022}"
    folder, rows = store.artifact_folder(probe), []
    for seq, name in enumerate(("kept.png", "changed.png", "../../elsewhere.png")):
        (folder / name).write_bytes(b"picture of " + name.encode())
        digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        path = f"artifacts/{probe}/{name}"
        rows.append({"probe_id": probe, "seq": seq, "kind": "screenshot", "path": path, "sha256": digest})
    (folder / "changed.png").write_bytes(b"something else")
    store.add({"artifacts": rows})
    shown = re.findall(r'src="data:image/png;base64,([^"]+)"', page_of(store, internal=True))
    assert {b"picture of kept.png"} == {base64.b64decode(one) for one in shown}
    assert "data:image" not in page_of(store)
