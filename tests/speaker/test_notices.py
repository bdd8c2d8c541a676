"""What notices tell."""

from __future__ import annotations

import pytest

from chatprobe.speaker.notices import QueueNotice, joined_name, read_queue


@pytest.mark.parametrize(
    ("text", "position", "wait_ms"),
    [
        ("You are number 3 in line", 3, None),
        ("You are number 3 in line. Estimated wait: 2 minutes", 3, 120_000),
        ("Expected wait time: 5-10 min", None, 600_000),
        ("You are next in line", 1, None),
        ("There are 4 people ahead of you", 5, None),
        ("Vous êtes en position 4", 4, None),
        ("Il y a 2 personnes avant vous. Temps d'attente : 30 secondes", 3, 30_000),
        ("Sie sind Nummer 12 in der Warteschlange, Wartezeit ca. 1 Stunde", 12, 3_600_000),
        ("Ваш номер 2 в очереди", 2, None),
        ("您前面还有3人在排队,预计等待2分钟", 4, 120_000),
        ("現在の待ち時間は約5分です", None, 300_000),
        ("대기 순번은 3번입니다", 3, None),
        ("أنت رقم ٣ في قائمة الانتظار", 3, None),
        ("คุณอยู่ในคิวที่ ๗", 7, None),
        ("आप कतार में स्थान ५ पर हैं", 5, None),
        ("You are number ３ in the queue", 3, None),
        ("順番待ち：3番目です", 3, None),
        ("あと2名様お待ちです", 3, None),
        ("You are first in line", 1, None),
        ("You are the 3rd in the queue", 3, None),
        ("Sie sind an 4. Stelle in der Warteschlange", 4, None),
        ("Estimated waiting time is 2 to 5 minutes", None, 300_000),
        ("Die Wartezeit beträgt 2 bis 5 Minuten", None, 300_000),
        ("Время ожидания 2–5 минут", None, 300_000),
        ("预计等待时间3到5分钟", None, 300_000),
        ("Wait: less than a minute", None, 60_000),
        ("Temps d'attente estimé : moins d'une minute", None, 60_000),
        ("Estimated wait is one hour", None, 3_600_000),
        ("The wait time is 1 day", None, 86_400_000),
        ("You are number 3, wait 1 minute", 3, 60_000),
        ("Vous êtes numéro 5 dans la file d'attente", 5, None),
        ("Ваш номер в очереди: 5", 5, None),
        ("Jesteś numerem 4 w kolejce", 4, None),
        ("Vi ste broj 4 u redu čekanja", 4, None),
        ("待ち時間は1日です", None, 86_400_000),
        ("Position 3 of 10", 3, None),
        ("Estimated wait time is 1 hour 20 minutes", None, 4_800_000),
        ("Attente estimée : 2 min et 30 s", None, 150_000),
        ("Wartezeit: 1,5 Minuten", None, 90_000),
        ("Your wait is less than a minute", None, 60_000),
        ("شما نفر ۵ در صف هستید", 5, None),
        ("زمان انتظار ۳ دقیقه است", None, 180_000),
        ("Tahmini bekleme süresi 2 saat", None, 7_200_000),
    ],
)
def test_queue_notices_give_place_and_wait(text: str, position: int | None, wait_ms: float | None) -> None:
    """A queue notice yields the place in line and the wait, in the digits of any script."""
    assert QueueNotice(position, wait_ms) == read_queue(text)


@pytest.mark.parametrize(
    "text",
    [
        "Withdrawals take 2 days",
        "",
        "The minimum is 10 euros",
        "We are open 24/7",
        "Typically replies in 1 day",
        "Commande numéro 5",
        "Ваш заказ номер 5",
        "Pedido número 5",
        "Zamówienie numer 5",
        "Narudžba broj 5",
    ],
)
def test_numbers_elsewhere_are_no_queue(text: str) -> None:
    """A text that is no queue notice has no place in line, whatever numbers it holds."""
    assert read_queue(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna joined the chat", "Anna"),
        ("Anna K. has joined the chat", "Anna K"),
        ("Anna Maria Jopek has joined the conversation.", "Anna Maria Jopek"),
        ("You are now chatting with José", "José"),
        ("Vous parlez avec Anna", "Anna"),
        ("Julie hat den Chat betreten", "Julie"),
        ("Łukasz dołączył do rozmowy", "Łukasz"),
        ("Марина присоединилась к чату", "Марина"),
        ("田中さんがチャットに参加しました", "田中"),
        ("انضمت سلمى إلى المحادثة", "سلمى"),
        ("A support agent has joined the chat", None),
        ("Un conseiller a rejoint la conversation", None),
        ("Ein Mitarbeiter ist dem Chat beigetreten", None),
        ("Anna left the chat", None),
        ("Conversation started on 12 May", None),
        ("Somebody is here day and night.", None),
        ("You are talking to a real person", None),
        ("I joined the company in 2019", None),
    ],
)
def test_joined_notices_give_the_name(text: str, name: str | None) -> None:
    """A notice that somebody joined yields the name as displayed, and none for a mere role."""
    assert name == joined_name(text)
