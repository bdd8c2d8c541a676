"""`python -m benchmarks.classify`: how many messages a second one core decides, text alone; prints only."""

from __future__ import annotations

import itertools
import json
import time

from chatprobe.speaker.lines import classify_line
from chatprobe.speaker.rules import Rules

ROUNDS = 3
NUMBERS = 400
"""Each text comes with this many numbers, so that nothing is answered from a cache."""
TEXTS = (
    "You are number {} in the queue, the estimated wait is 3 minutes.",
    "Hi, thanks for waiting. Withdrawals over {} euros take up to a day once your documents are approved.",
    "Sure, one moment please, I am looking at payment {} for you.",
    "Ich habe die Auszahlung {} geprüft, sie geht heute noch raus.",
    "Alle unsere Berater sind im Gespräch, bitte warten Sie noch {} Minuten.",
    "Le retrait {} est parti ce matin, il faut compter deux jours.",
    "La conversation {} est terminée. Souhaitez-vous la noter ?",
    "O depósito {} já aparece na sua conta, pode conferir?",
    "No te he entendido, ¿puedes decirlo de otra manera? ({})",
    "Il bonus {} si attiva dalla pagina promozioni.",
    "Witaj! Jestem wirtualną asystentką numer {}, wybierz temat.",
    "Ваш платёж {} в обработке, деньги придут до вечера.",
    "現在の待ち時間は約{}分です",
    "您前面还有{}人在排队",
    "رقمك في قائمة الانتظار هو {}",
    "ok, {} then :)",
)


def main() -> None:
    """Decide each text with every number, and print the best round."""
    texts = [text.format(number) for text, number in itertools.product(TEXTS, range(NUMBERS))]
    lines = [json.dumps({"text": text}).encode() for text in texts]
    rules = Rules()
    classify_line(lines[0], rules)  # reads the word files
    best = max(_rate(lines, rules) for _ in range(ROUNDS))
    print(f"classify: {best:,.0f} messages a second on one core (text alone, {len(lines):,} different messages)")


def _rate(lines: list[bytes], rules: Rules) -> float:
    began = time.process_time()
    for line in lines:
        classify_line(line, rules)
    return len(lines) / (time.process_time() - began)


if __name__ == "__main__":
    main()
