"""Names of authors in a probe's events: hidden before anything is written, in a way that decides again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from chatprobe.model import Event, EventName
from chatprobe.store import Recorder, Store
from chatprobe.store.clean import clean_value
from chatprobe.store.pseudonym import PSEUDONYM, Pseudonyms
from chatprobe.store.redact import redact

if TYPE_CHECKING:
    from tests.store.conftest import Begin

OURS = Pseudonyms(b"7" * 32)


def details(store: Store, recorder: Recorder, *told: dict[str, Any]) -> list[dict[str, Any]]:
    """What is stored of these message events."""
    for detail in told:
        recorder.add(Event(0.0, EventName.MESSAGE, detail))
    recorder.flush()
    return [event["detail"] for event in store.probe(recorder.probe_id)["events"]]


def test_words_of_a_name_are_hidden_one_by_one_too(store: Store, begin: Begin) -> None:
    """Beside the name's pseudonym stand those of its words, with the signs between; of one word there is no more."""
    recorder = begin()
    of = recorder.pseudonyms.of
    stored = details(store, recorder, {"name": "Anna (Support)"}, {"name": "Anna"})
    expected = [{"name": of("anna (support)"), "name_parts": f"{of('anna')} ({of('SUPPORT')})"}, {"name": of("Anna")}]
    assert expected == stored


def test_a_machines_own_name_stays(store: Store) -> None:
    """A name that is nobody's is kept, also in the markup."""
    row = {"id": "01A", "casino": "lucky", "depth": "chat", "started_at": "2026-03-02T10:00:00.000Z"}
    recorder = store.begin(row, "2026-03-02T10:15:00.000Z", is_public=lambda name: name.endswith("Bot"))
    told = {"name": "Lucky Bot", "attributes": {"title": "Lucky Bot"}}
    assert [told] == details(store, recorder, told)


def test_a_name_once_seen_is_hidden_in_all_later_markup(store: Store, begin: Begin) -> None:
    """A later change of a row carries no name; the one in its attributes is hidden all the same, the longest first."""
    recorder = begin()
    of = recorder.pseudonyms.of
    stored = details(
        store,
        recorder,
        {"name": " Wilhelmina Smith "},
        {"name": "Wilhelmina"},
        {"attributes": {"title": "WILHELMINA SMITH says", "alt": "wilhelmina", "class": "row"}},
    )
    expected = {"title": f"{of('Wilhelmina Smith')} says", "alt": of("Wilhelmina"), "class": "row"}
    assert expected == stored[2]["attributes"]


def test_evidence_cites_no_name(store: Store, begin: Begin) -> None:
    """What a reason cites of the markup is kept without the name that stands in it, in messages and events."""
    recorder = begin()
    recorder.add(Event(0.0, EventName.MESSAGE, {"name": "Wilhelmina"}))
    recorder.add(Event(0.0, EventName.DECIDED, {"why": "dom: class agent-wilhelmina"}))
    evidence = [{"source": "dom", "detail": "class agent-wilhelmina", "weight": 0.5, "speaker": "human"}]
    recorder.put_message({"seq": 0, "speaker": "human", "text": "Hello", "evidence": evidence})
    recorder.flush()
    probe, hidden = store.probe(recorder.probe_id), f"class agent-{recorder.pseudonyms.of('wilhelmina')}"
    assert hidden == probe["messages"][0]["evidence"][0]["detail"]
    assert f"dom: {hidden}" == probe["events"][1]["detail"]["why"]


def test_adding_gives_what_will_be_read_again(store: Store, begin: Begin, start: float) -> None:
    """A probe decides on events as they are kept, numbers masked and long texts cut; only names are plain to it."""
    recorder = begin()
    detail = {"name": "Anna", "text": "call +356 2123 4567", "data": "x" * 20_000, "buttons": ("a", float("nan"))}
    added = recorder.add(Event(start, EventName.MESSAGE, detail))
    recorder.flush()
    stored = store.probe(recorder.probe_id)["events"][0]["detail"]
    assert {**stored, "name": "Anna"} == added.detail
    assert ("call [phone]", ["a", None]) == (stored["text"], stored["buttons"])


def test_a_pseudonym_that_looks_like_a_number_is_kept(store: Store, begin: Begin) -> None:
    """A pseudonym that might be a phone or account number is not masked as one."""
    recorder = begin()
    of = recorder.pseudonyms.of
    name = next(name for name in (f"Anna {n}" for n in range(1_000_000)) if redact(of(name)) != of(name))
    assert of(name) == details(store, recorder, {"name": name})[0]["name"]


@given(st.text(max_size=60))
def test_parts_hide_every_word(name: str) -> None:
    """Nothing of a name is left but blanks and signs."""
    left = PSEUDONYM.sub("", OURS.parts(name))
    assert "" == "".join(sign for sign in left if not (sign.isspace() or sign.isascii()) or sign.isalnum())


@given(
    st.recursive(st.none() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_cleaning_is_done_in_one_go(value: Any) -> None:
    """What is clean stays as it is: what a probe decided on is what is stored."""
    assert clean_value(value) == clean_value(clean_value(value))
