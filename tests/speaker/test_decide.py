"""The decision: what makes a human, what forbids one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.model import Decision, Event, EventName, Evidence, Observed, Speaker
from chatprobe.speaker.decide import decide, weigh
from chatprobe.speaker.kinds import Kind
from chatprobe.speaker.lexicon import kind_of, sections
from chatprobe.speaker.repeat import key
from chatprobe.speaker.rules import Rules, Told
from chatprobe.speaker.wire import WireRule
from tests.speaker.reasons import AGAINST

SAID = "Withdrawals take up to 24 hours."
SEPARATING = (WireRule("by == 'person'", Speaker.HUMAN), WireRule("by == 'machine'", Speaker.BOT))


def seen(text: str = SAID, **known: object) -> Observed:
    """A message of which this much is known."""
    return Observed(text, **known)  # type: ignore[arg-type]


def chat(*messages: Observed, rules: Rules | None = None, happened: tuple[Event, ...] = ()) -> list[Speaker]:
    """The speakers of a whole chat, decided in order."""
    told: list[Told] = []
    for message in messages:
        decision = decide(message, told, rules or Rules(), happened)
        told.append(Told(message, decision, kind_of(message.text)))
    return [one.decision.speaker for one in told]


HUMAN_ROW = frozenset({Speaker.HUMAN})
BOT_ROW = frozenset({Speaker.BOT})
AVA = seen("I'm Ava, your virtual assistant.", name="Ava")


@pytest.mark.parametrize(
    ("message", "rules"),
    [
        (seen(matches=HUMAN_ROW), Rules()),
        (seen(matches=HUMAN_ROW, status_like=True), Rules()),
        (seen("Hello, how can I help you?", matches=HUMAN_ROW), Rules()),
        (seen(name=" ANNA "), Rules(humans=frozenset({"Anna"}))),
        (seen(attributes={"data-author-type": "human"}), Rules()),
        (seen(attributes={"data-op-id": "7"}), Rules()),
        (seen(attributes={"class": "lucky-row lucky-row--human"}), Rules()),
        (seen(wire={"message": {"originatingEntity": "Human"}}), Rules()),
        (seen(wire={"by": "person"}, delay_ms=900, buttons=("Yes", "No")), Rules(wire=SEPARATING)),
        (seen(matches=HUMAN_ROW, delay_ms=3_000), Rules()),
    ],
)
def test_positive_evidence_makes_a_human(message: Observed, rules: Rules) -> None:
    """A wire field, a page mark, a selector or a listed name tells a person, weak cues notwithstanding."""
    assert Speaker.HUMAN == decide(message, [], rules).speaker


@pytest.mark.parametrize(
    ("message", "rules", "speaker"),
    [
        (seen(matches=HUMAN_ROW, buttons=("Deposit", "Withdraw")), Rules(), Speaker.BOT),
        (seen("I am a virtual assistant.", wire={"by": "person"}), Rules(wire=SEPARATING), Speaker.BOT),
        (seen("You are number 3 in the queue.", matches=HUMAN_ROW), Rules(), Speaker.SYSTEM),
        (seen(matches=HUMAN_ROW, delay_ms=400), Rules(), Speaker.BOT),
        (seen(matches=HUMAN_ROW | BOT_ROW), Rules(), Speaker.BOT),
        (seen(matches=HUMAN_ROW, name="Max"), Rules(bots=frozenset({"max"})), Speaker.BOT),
        (seen(matches=HUMAN_ROW, typing=True), Rules(), Speaker.SYSTEM),
        (seen(matches=HUMAN_ROW, region="status"), Rules(), Speaker.SYSTEM),
        (seen(attributes={"class": "msg agent bot"}), Rules(), Speaker.BOT),
        (seen(name="Lucky Bot"), Rules(), Speaker.BOT),
        (seen(name="Asistente virtual"), Rules(), Speaker.BOT),
        (seen(name="机器人小美"), Rules(), Speaker.BOT),
        (seen(attributes={"class": "talk-to-human human-like"}), Rules(), Speaker.UNKNOWN),
        (seen(wire={"message": {"type": "human"}}), Rules(), Speaker.UNKNOWN),
        (seen(wire={"sender": {"type": "agent_bot"}}), Rules(), Speaker.BOT),
        (seen(wire={"by": "machine"}, matches=HUMAN_ROW), Rules(wire=SEPARATING), Speaker.BOT),
        (seen(matches=frozenset({Speaker.VISITOR})), Rules(), Speaker.VISITOR),
        (seen(attributes={"class": "msg agent"}), Rules(), Speaker.UNKNOWN),
        (seen(attributes={"data-author": "operator"}), Rules(), Speaker.UNKNOWN),
        (seen(wire={"author": {"type": "agent"}}), Rules(), Speaker.UNKNOWN),
        (seen(name="Anna"), Rules(), Speaker.UNKNOWN),
    ],
)
def test_a_machine_is_never_a_human(message: Observed, rules: Rules, speaker: Speaker) -> None:
    """Buttons, disclosures, notices, haste and marks of machines outweigh what speaks for a person."""
    assert speaker == decide(message, [], rules).speaker


def test_another_name_after_a_bot_is_a_person() -> None:
    """Once a bot has spoken, a message under another name is a person's, and the bot's own name stays a bot's."""
    assert [Speaker.BOT, Speaker.BOT, Speaker.HUMAN] == chat(AVA, seen(name="Ava"), seen(name="Anna"))


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Ava \U0001f916",
            "Ava:",
            "Ava 12:31",
            "Ava, 12:31 PM",
            "Ask Ava",
            "Ava from Lucky",
            "\u0410va",
            "AvaAI",
            "AVA.",
        ),
        *("Just now", "12:31", "Sent", "You", "Visitor", "\u2022", "\u2026", "1", "\u3164", "A"),
        *("Agent", "Operator", "Op\u00e9rateur", "Concierge", "FAQ", "Queue", "ChatGPT", "LuckyBot 2", "IA", "KI"),
        *("Asistente", "Assistente", "Asystent", "Ассистент", "Assistant virtuel", "Помощник"),
    ],
)
def test_no_other_name_after_a_bot_is_nobody(name: str) -> None:
    """The bot's own name decorated, no name at all, and the name of a role or machine make no person."""
    assert Speaker.HUMAN != chat(AVA, seen(name=name))[-1]


def test_a_part_of_a_bots_name_is_the_bots() -> None:
    """After "Lucky Casino" has disclosed itself, "Lucky" is nobody else, and Anna is."""
    desk = seen(AVA.text, name="Lucky Casino")
    assert [Speaker.BOT, Speaker.UNKNOWN, Speaker.HUMAN] == chat(desk, seen(name="Lucky"), seen(name="Anna"))


def test_a_desk_is_no_person() -> None:
    """The name of a desk after a bot tells nobody."""
    assert [Speaker.BOT, Speaker.UNKNOWN] == chat(AVA, seen(name="Lucky Casino Support"))


def test_agents_count_where_bots_are_marked() -> None:
    """A row marked `agent` is a person's only in a chat that marks its bots otherwise."""
    bot, agent = seen("Hi", attributes={"class": "row bot"}), seen(attributes={"class": "row agent"})
    assert [Speaker.UNKNOWN, Speaker.BOT, Speaker.HUMAN] == chat(agent, bot, agent)


def test_what_the_visitor_carries_too_names_nobody() -> None:
    """A class of the whole widget, also on the visitor's row, does not make its agents bots."""
    ours = Told(seen("hi", attributes={"class": "bot-row"}), Decision(Speaker.VISITOR, 1.0), None)
    assert Speaker.UNKNOWN == decide(seen(attributes={"class": "bot-row"}), [ours], Rules()).speaker


@pytest.mark.parametrize(
    ("before", "rules", "speaker"),
    [
        (["Anna joined the chat"], Rules(), Speaker.UNKNOWN),
        (["Anna joined the chat"], Rules(joined_is_human=True), Speaker.HUMAN),
        (["You are number 2 in the queue", "Anna joined the chat"], Rules(), Speaker.HUMAN),
        (["You are number 2 in the queue", "Anna joined the chat", "Anna left the chat"], Rules(), Speaker.UNKNOWN),
        (["Please wait in the queue", "Anna joined the chat"], Rules(), Speaker.UNKNOWN),
    ],
)
def test_joining_counts_after_a_queue_only(before: list[str], rules: Rules, speaker: Speaker) -> None:
    """Somebody who joined is a person after a place in line was shown or where the preset says so, until they leave."""
    assert speaker == chat(*map(seen, before), seen(name="Anna"), rules=rules)[-1]


@pytest.mark.parametrize(
    ("name", "speaker"), [("Anna K.", Speaker.HUMAN), ("Annabel", Speaker.UNKNOWN), ("Ann", Speaker.UNKNOWN)]
)
def test_who_joined_is_known_by_whole_words(name: str, speaker: Speaker) -> None:
    """Anna's joining speaks for "Anna K.", and for nobody whose name only begins alike."""
    assert speaker == chat(seen("You are number 2 in the queue"), seen("Anna joined the chat"), seen(name=name))[-1]


def test_joining_after_a_bot_counts() -> None:
    """Somebody who joined after a bot of another name is a person, even where rows bear no name."""
    assert [Speaker.BOT, Speaker.SYSTEM, Speaker.HUMAN] == chat(AVA, seen("Anna joined the chat"), seen())


def test_an_accepted_handoff_counts() -> None:
    """Who comes after an accepted handoff is a person; before, nobody knows."""
    accepted = Event(5.0, EventName.HANDOFF, {"accepted": True})
    asked = Event(5.0, EventName.HANDOFF, {"accepted": False})
    assert [[Speaker.HUMAN], [Speaker.UNKNOWN]] == [chat(seen(), happened=(e,)) for e in (accepted, asked)]


def test_haste_is_a_bots_until_a_person_speaks() -> None:
    """The floor applies to who answers first; a person already talking may follow up at once."""
    slow, quick = seen(matches=HUMAN_ROW, delay_ms=9_000), seen(matches=HUMAN_ROW, delay_ms=300)
    assert [Speaker.BOT, Speaker.HUMAN, Speaker.HUMAN] == chat(quick, slow, quick)


def test_the_reasons_are_told() -> None:
    """Every decision says why, and an unknown speaker's what was missing."""
    sure, unsure = decide(seen(matches=HUMAN_ROW), [], Rules()), decide(seen(), [], Rules())
    assert (["selector"], 0.75, 0.0) == ([e.source for e in sure.evidence], sure.confidence, unsure.confidence)
    assert "no wire field" in unsure.evidence[-1].detail


PHRASES = [item.source for kind in Kind for item in sections().get(kind, ())]
TEXTS = st.one_of(st.text(max_size=60), st.sampled_from([*PHRASES, SAID, "Hello!", AVA.text]))
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "data-author", "data-role", "data-is-bot", "data-op-id", "role"]),
    st.sampled_from(["agent", "bot", "human", "operator", "system", "true", "7", "-2", "msg msg--agent", "status"]),
)
MESSAGES = st.builds(
    Observed,
    text=TEXTS,
    name=st.sampled_from([None, "Anna", "Ava", "Bot"]),
    attributes=ATTRIBUTES,
    matches=st.frozensets(st.sampled_from(Speaker), max_size=2),
    delay_ms=st.sampled_from([None, 100.0, 5_000.0]),
    status_like=st.booleans(),
    streamed=st.booleans(),
    wire=st.sampled_from([None, {"by": "person"}, {"sender": {"type": "agent"}}, {"author_type": "human"}]),
)
RULES = st.builds(
    Rules,
    bots=st.frozensets(st.sampled_from(["Ava", "Bot"])),
    humans=st.frozensets(st.sampled_from(["Anna", "Ava"])),
    joined_is_human=st.booleans(),
    wire=st.sampled_from([(), SEPARATING, SEPARATING[:1]]),
)
MORE_OF_A_BOT = st.sampled_from(AGAINST)


@settings(deadline=None)  # other work may share the machine
@given(MESSAGES, st.lists(MESSAGES, max_size=3), RULES, MORE_OF_A_BOT)
def test_more_of_a_bot_is_never_more_human(
    message: Observed, earlier: list[Observed], rules: Rules, more: dict[str, object]
) -> None:
    """Whatever was decided, more evidence for a bot never turns it into a person."""
    told = [Told(m, decide(m, [], rules), kind_of(m.text)) for m in earlier]
    before = decide(message, told, rules).speaker
    after = decide(replace(message, **more), told, rules).speaker  # type: ignore[arg-type]
    blank_was_filled = "text" in more and not message.text.strip()
    assert after is not Speaker.HUMAN or before is Speaker.HUMAN or blank_was_filled


EVIDENCE = st.builds(
    Evidence,
    source=st.sampled_from(["wire", "dom", "text"]),
    detail=st.just("x"),
    weight=st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]),
    speaker=st.sampled_from(Speaker),
)


@settings(deadline=None)  # other work may share the machine
@given(
    MESSAGES, st.lists(MESSAGES, max_size=3), RULES, st.lists(st.sampled_from([100.0, 5_000.0, 9_000.0]), max_size=6)
)
def test_a_repeat_is_never_more_human(
    message: Observed, earlier: list[Observed], rules: Rules, delays: list[float]
) -> None:
    """Whatever other visits heard of a text, it never turns the message into a person's, nor a surer one."""
    told = [Told(m, decide(m, [], rules), kind_of(m.text)) for m in earlier]
    before = decide(message, told, rules)
    after = decide(message, told, replace(rules, repeats={key(message.text): tuple(delays)}))
    made = after.speaker is Speaker.HUMAN
    assert (not made) or (before.speaker is Speaker.HUMAN and after.confidence <= before.confidence)


@settings(deadline=None, max_examples=1_000)  # other work may share the machine; and it costs little
@given(st.lists(EVIDENCE, max_size=4), EVIDENCE)
def test_weighing_is_monotone(found: list[Evidence], more: Evidence) -> None:
    """Any one more reason that is not for a person never makes a person, nor a surer one."""
    before, after = weigh(found), weigh([*found, replace(more, speaker=Speaker.BOT)])
    made = after.speaker is Speaker.HUMAN
    assert (not made) or (before.speaker is Speaker.HUMAN and after.confidence <= before.confidence)


@settings(deadline=None)  # other work may share the machine
@given(TEXTS, st.sampled_from([None, "en", "de", "th"]), st.sampled_from([None, 10.0, 60_000.0]))
def test_text_alone_is_never_a_human(text: str, language: str | None, delay_ms: float | None) -> None:
    """With nothing but a text, its language and its delay, nobody is a person."""
    assert Speaker.HUMAN != decide(Observed(text, language=language, delay_ms=delay_ms), [], Rules()).speaker


@settings(deadline=None)  # other work may share the machine
@given(st.text(alphabet=" \t\n\u200b\u200e\ufeff\u00ad"), RULES)
def test_a_blank_text_is_unknown(text: str, rules: Rules) -> None:
    """A message without visible text is unknown, whatever its row says."""
    assert Speaker.UNKNOWN == decide(Observed(text, name="Anna", matches=HUMAN_ROW), [], rules).speaker


TWO_SIDES = [{"attributes": {"class": "ai-message"}}, {"wire": {"from": {"role": "bot"}}}]
"""How widgets mark whatever is not the visitor's."""


@pytest.mark.parametrize("side", TWO_SIDES)
def test_a_mark_that_notices_carry_too_names_no_bot(side: dict[str, object]) -> None:
    """A mark on all that is not ours says just that: who speaks after a notice with it is unknown, by any name."""
    line = seen("You are number 2 in the queue.", **side)
    talk = [seen("Hello.", **side), AVA, line, seen(**side), seen(**side, name="Ines"), seen(**side, matches=HUMAN_ROW)]
    expected = [Speaker.UNKNOWN, Speaker.UNKNOWN, Speaker.HUMAN]
    assert expected == chat(*(replace(one, **side) for one in talk))[3:]


@pytest.mark.parametrize("side", TWO_SIDES)
@pytest.mark.parametrize("notice", [{}, {"attributes": {"class": "notice"}, "wire": {"from": {"role": "system"}}}])
def test_a_mark_that_only_bots_carry_names_them(side: dict[str, object], notice: dict[str, object]) -> None:
    """As long as notices go without it, or none came, the mark is the bot's."""
    line = seen("You are number 2 in the queue." if notice else "Good evening.", **notice)
    assert Speaker.BOT == chat(seen("Hello.", **side), line, seen(**side))[2]
