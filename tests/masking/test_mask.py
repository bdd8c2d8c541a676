"""Masking a chat's texts."""

from __future__ import annotations

import pytest

from chatprobe.masking import Masks, masked
from chatprobe.store.pseudonym import Pseudonyms

KEY = Pseudonyms(b"k" * 32)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Hi, I'm Anna.", "ANNA will look"], ["Hi, I'm [name].", "[name] will look"]),
        (["Anna will look", "I'm Anna"], ["[name] will look", "I'm [name]"]),
        (["I'm Anna Berg", "Bergbahn, Annaberg, Berg."], ["I'm [name]", "Bergbahn, Annaberg, [name]."]),
        (["Anna K. has joined the chat"], ["[name] has joined the chat"]),
        (["Anna's colleague", "this is Anna"], ["[name]'s colleague", "this is [name]"]),
        (["我叫王芳", "王芳在这里"], ["我叫[name]", "[name]在这里"]),
        (["The limit is 500 euros"], ["The limit is 500 euros"]),
        ([], []),
    ],
)
def test_who_is_said_once_is_masked_in_the_whole_chat(texts: list[str], expected: list[str]) -> None:
    """A name introduced in one text is masked in all of that chat, before and after, but not inside other words."""
    assert expected == Masks().chat(texts)


def test_who_was_displayed_is_masked_without_a_word_on_him() -> None:
    """With the key, a displayed name is found in texts that do not introduce it; without, it is not."""
    texts = ["Please ask Anna, or anna's team."]
    assert ["Please ask [name], or anna's team."] == Masks(KEY).chat(texts, [KEY.of("Anna")])
    assert texts == Masks().chat(texts, [KEY.of("Anna")])
    assert texts == Masks(KEY).chat(texts, [KEY.of("Ben")])


def test_a_word_of_a_displayed_name_is_enough() -> None:
    """Of "Anna Berg" both words are known where the words' pseudonyms are, and asked for once."""
    asked = []

    def parts_of(agent: str) -> list[str]:
        asked.append(agent)
        return [KEY.of("Anna"), KEY.of("Berg")]

    masks, agent = Masks(KEY), KEY.of("Anna Berg")
    for texts in (["Ask Berg"], ["Anna knows"], ["nobody"]):
        names = masks.names(texts, [agent], parts_of)
        assert ["[name]" in text for text in masked(texts, names)] == [text != "nobody" for text in texts]
    assert [agent] == asked


def test_a_desk_is_no_person() -> None:
    """What was displayed and is a desk's or a role's stays readable."""
    assert ["Live Support is here"] == Masks(KEY).chat(["Live Support is here"], [KEY.of("Support")])


def test_masking_twice_changes_nothing() -> None:
    """A masked text is masked already."""
    once = Masks().chat(["Hi, I'm Anna. Thanks, Ben!", "Ben has left the chat"])
    assert once == Masks().chat(once)
