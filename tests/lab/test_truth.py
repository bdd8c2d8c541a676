"""What the truth derives from what it recorded."""

from __future__ import annotations

from chatprobe.lab import Conversation, Send
from chatprobe.lab.truth import PageRow

BOT = Send(1500.0, "bot", "Hello", "Bot", 1)
ANNA = Send(4000.0, "human", "One day.", "Anna", 2)


def test_waiting_ends_with_the_first_person() -> None:
    """Bots before the person do not shorten the wait."""
    conversation = Conversation("lucky-1", "lucky", visitor=[(1000.0, "Hi?"), (3000.0, "?")], sends=[BOT, ANNA])
    assert conversation.true_frt_ms == 3000.0


def test_a_person_before_the_question_is_no_answer() -> None:
    """A human greeting that precedes the question ends no wait."""
    conversation = Conversation("lucky-1", "lucky", visitor=[(5000.0, "Hi?")], sends=[ANNA])
    assert conversation.true_frt_ms is None


def test_nobody_asked_nobody_waited() -> None:
    """Without a question there is no wait on either clock."""
    row = Conversation("lucky-1", "lucky", sends=[ANNA]).as_row()
    assert (None, None, None) == (row["asked_at"], row["true_frt_ms"], row["true_page_frt_ms"])


def test_the_page_s_wait_is_told_by_the_same_message() -> None:
    """The page's clock counts to the row of the first human message, not to any earlier row."""
    conversation = Conversation(
        "lucky-1",
        "lucky",
        visitor=[(1000.0, "Hi?")],
        sends=[BOT, ANNA],
        page_asked_at=990.0,
        page_rows=[PageRow(1510.0, "Hello", 1), PageRow(4010.0, "One day.", 2)],
    )
    assert conversation.true_page_frt_ms == 3020.0


def test_every_row_has_an_author() -> None:
    """A row is whose words it shows; of equal words the nearest in time; what nobody sent is the widget's own."""
    conversation = Conversation(
        "lucky-1",
        "lucky",
        sends=[
            Send(1.0, "bot", "Hello", None, 0),
            Send(9.0, "human", "Hello", None, 1),
            Send(12.0, "bot", "A b c", None, 2),
        ],
        page_rows=[PageRow(101.0, "Hello", 0), PageRow(109.0, "Hello", 1)],
    )
    rows = [("Hello", 101.5), ("Hello", 110.0), ("A b", 112.0), ("12:30 Hello", 108.0), ("Anna joined the chat", 104.0)]
    assert ["bot", "human", "bot", "human", "system"] == [conversation.author(text, at) for text, at in rows]
