"""Hours and claims of need, each by its own rules."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatprobe.scenario.hours import WEEK_MINUTES, Hours, parse_hours
from chatprobe.scenario.vulnerable import VULNERABLE, claim_of

MONDAY, SATURDAY, SUNDAY = 0, 5 * 24, 6 * 24


def cells(text: str) -> set[int]:
    """The hours of the week that `text` promises."""
    hours = parse_hours(text)
    return {cell for cell in range(168) if hours.promises(cell)}


def test_always_is_every_hour() -> None:
    """24/7 promises all 168 hours."""
    assert set(range(168)) == cells("24/7")


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("Mon 09:00-11:00", {9, 10}),
        ("Mon-Tue 09:00-10:00", {9, 33}),
        ("Sat 22:00-02:00", {SATURDAY + 22, SATURDAY + 23, SUNDAY, SUNDAY + 1}),
        ("Sun 23:00-01:00", {SUNDAY + 23, MONDAY}),
        ("Sun-Mon 00:00-01:00", {SUNDAY, MONDAY}),
        ("mon 9:00-10:00,tue 9:00-10:00", {9, 33}),
        ("Mon 09:30-11:30", {10}),
        ("Mon 09:30-10:00, Mon 10:00-10:30", set()),
        ("Mon 09:30-10:30, Mon 10:30-11:00", {10}),
        ("Mon 23:00-24:00", {23}),
    ],
)
def test_ranges_promise_whole_hours(text: str, promised: set[int]) -> None:
    """A range may cross midnight and the week's end; half an hour is no promise."""
    assert promised == cells(text)


def test_minutes_are_exact() -> None:
    """The end of a range is not in it."""
    hours = parse_hours("Mon 09:30-11:15")
    assert [False, True, True, False] == [hours.at(minute) for minute in (569, 570, 674, 675)]


_CLOCKS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
_DAYS = st.sampled_from(["Mon", "Fri-Mon", "Sun", "Tue-Wed"])
_RANGES = st.tuples(_DAYS, _CLOCKS, _CLOCKS).filter(lambda both: both[1] != both[2])


@settings(deadline=None)  # other work may share the machine
@given(st.lists(_RANGES.map(lambda r: f"{r[0]} {r[1]}-{r[2]}"), min_size=1, max_size=5))
def test_hours_read_back(texts: list[str]) -> None:
    """What hours print is what they are; ranges are sorted, apart and within the week."""
    hours = parse_hours(texts)
    assert hours == parse_hours(str(hours))
    edges = [edge for both in hours.ranges for edge in both]
    assert sorted(set(edges)) == edges
    assert 0 <= edges[0] < edges[-1] <= WEEK_MINUTES


def test_no_hours_promise_nothing() -> None:
    """Hours of no range are never open."""
    assert (False, "") == (Hours().at(0), str(Hours()))


CLAIMS = [
    ("under age", "I'm only 16, may I play?"),
    ("under age", "Im 17 and want to open an account"),
    ("under age", "I am fifteen. Can I register?"),
    ("under age", "J’ai seulement 16 ans, puis-je jouer ?"),
    ("under age", "Ich bin erst 17 Jahre alt."),
    ("under age", "Soy menor de edad, ¿puedo jugar?"),
    ("under age", "Sono ancora minorenne"),
    ("self-excluded", "I have self-excluded last year, can you reopen my account?"),
    ("self-excluded", "I AM SELF EXCLUDED"),
    ("self-excluded", "Je me suis auto-exclu hier"),
    ("self-excluded", "Ich habe mich sperren lassen"),
    ("self-excluded", "Estoy autoexcluida, ¿qué hago?"),
    ("self-excluded", "Mi sono autoescluso un mese fa"),
    ("addicted", "I can't stop gambling"),
    ("addicted", "I have a gambling problem, what now?"),
    ("addicted", "Je suis dépendante au jeu"),
    ("addicted", "Ich bin spielsüchtig"),
    ("addicted", "Soy ludópata"),
    ("addicted", "Sono ludopatico"),
    ("ruined", "I lost everything last night"),
    ("ruined", "Je suis très endetté"),
    ("in despair", "I want to kill myself"),
    ("in despair", "Ich will mich umbringen"),
]


@pytest.mark.parametrize(("claim", "text"), CLAIMS, ids=[text for _, text in CLAIMS])
def test_claims_of_need_are_refused(claim: str, text: str) -> None:
    """Saying in the first person that one is in need is recognised, whatever its accents and contractions."""
    assert claim == claim_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "How can I self-exclude?",
        "How does a player under 18 get refused?",
        "Comment un joueur peut-il s'auto-exclure ?",
        "Wie kann ich mich selbst sperren?",
        "¿Cómo puedo autoexcluirme?",
        "Come posso autoescludermi?",
        "I am 18 years old, may I play?",
        "I have 16 euros in my account, can I withdraw?",
        "I am 15 minutes late for the tournament, may I still join?",
        "What do you do for people with a gambling problem?",
        "Is a claim of 17 euros paid at once?",
        "Am I too late for the bonus?",
    ],
)
def test_fair_questions_pass(text: str) -> None:
    """Asking how, or about others, is fine."""
    assert None is claim_of(text)


def test_every_claim_is_known_in_every_language() -> None:
    """The published list has phrases for each claim in all five languages."""
    assert {("en", "fr", "de", "es", "it")} == {tuple(languages) for languages in VULNERABLE.values()}


def test_every_published_phrase_is_refused() -> None:
    """No phrase of the list is dead: each is recognised when written plainly."""
    dead = [
        phrase
        for claim, languages in VULNERABLE.items()
        for phrases in languages.values()
        for phrase in phrases
        if claim_of(phrase.replace("… ", "").replace("<age>", "16").replace("(", "").replace(")", "")) is None
    ]
    assert [] == dead
