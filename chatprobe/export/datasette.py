"""What Datasette shows beside a database of ours: the codebook's words, and questions worth asking."""

from __future__ import annotations

from typing import Any

import yaml

from chatprobe.store.codebook import Column, Relation, codebook

METADATA = ".metadata.yml"
"""What is put behind the name of a frozen copy for that of its metadata."""
_ABOUT = "Live chats of online casinos, visited around the clock. An unanswered chat is a censored wait."
_HIDDEN = frozenset({"artifacts", "leases"})
_FACETS = {
    "probes": ["casino", "outcome", "depth", "origin"],
    "messages": ["speaker", "language"],
    "slots": ["status", "reason", "mode"],
    "waits": ["casino", "outcome"],
    "replies": ["casino", "speaker", "language"],
}
_NEWEST_FIRST = {"probes": "started_at", "slots": "planned_at", "waits": "asked_at"}
_QUERIES = {
    "how_visits_ended": (
        "How visits ended",
        "Planned visits by casino and outcome. Outcomes of our own side say nothing about a casino.",
        """\
SELECT casino, depth, outcome, side, count(*) AS visits FROM probes
WHERE origin = 'plan' AND outcome IS NOT NULL
GROUP BY casino, depth, outcome, side ORDER BY casino, depth, visits DESC
""",
    ),
    "waits_of_a_casino": (
        "Waits of a casino",
        "Each question asked, the newest first. answered = 0 means censored: nobody answered for at least wait_ms.",
        """\
SELECT asked_at, language, question_id, outcome, wait_ms / 1000.0 AS wait_s, answered, probe_id FROM waits
WHERE casino = :casino ORDER BY asked_at DESC
""",
    ),
    "answered_within": (
        "Answered by a human within so many seconds",
        "Counts, no estimates: hunting chats go where a hole is likely. perhaps: if every unknown speaker was a human.",
        """\
SELECT casino, count(*) AS chats, sum(answered AND wait_ms <= 1000 * :seconds) AS by_a_human,
  sum(answered_if_unsure_counts AND wait_if_unsure_counts_ms <= 1000 * :seconds) AS by_a_human_perhaps
FROM waits GROUP BY casino ORDER BY casino
""",
    ),
    "clock_hours": (
        "A casino around the clock",
        "Visits by hour of the day in the casino's time zone: open, closed, and how many questions a human answered.",
        """\
SELECT cell % 24 AS hour, sum(visits) AS visits, sum(open) AS open, sum(offline) AS offline, sum(asked) AS asked,
  sum(human_reply) AS human_reply, sum(unsure_reply) AS unsure_reply
FROM availability_by_hour WHERE casino = :casino GROUP BY hour ORDER BY hour
""",
    ),
    "unanswered": (
        "Chats that nobody answered",
        "The newest first, with how long was waited.",
        """\
SELECT casino, asked_at, outcome, wait_ms / 1000.0 AS waited_s, probe_id FROM waits
WHERE NOT answered_if_unsure_counts ORDER BY asked_at DESC LIMIT 500
""",
    ),
    "languages": (
        "Asked in, answered in",
        "The language of human replies, by the language of the question.",
        """\
SELECT casino, asked_in, coalesce(language, 'not told') AS answered_in, count(DISTINCT probe_id) AS chats FROM replies
WHERE origin = 'plan' AND speaker = 'human' GROUP BY casino, asked_in, answered_in ORDER BY casino, asked_in, chats DESC
""",
    ),
    "transcript": (
        "A chat",
        "What was said in one probe, and who is thought to have said it.",
        """\
SELECT at, speaker, confidence, agent, text, evidence FROM messages WHERE probe_id = :probe_id ORDER BY at, seq
""",
    ),
    "our_faults": (
        "What we could not measure",
        "Visits that failed on our own side, by the step that failed.",
        """\
SELECT casino, outcome, failed_step, count(*) AS visits, max(started_at) AS last_at FROM probes
WHERE side = 'ours' GROUP BY casino, outcome, failed_step ORDER BY visits DESC
""",
    ),
    "corrections": (
        "What people corrected",
        "Decisions of persons: they stand against all rules.",
        """\
SELECT decided_at, author, probe_id, seq, speaker, rules FROM decisions WHERE author <> 'chatprobe'
ORDER BY decided_at DESC
""",
    ),
}


def metadata(database: str) -> str:
    """The YAML for a database that Datasette calls `database`: its file's name without the ending."""
    tables = {one.name: _table(one) for one in codebook()}
    queries = {
        name: {"title": title, "description": description, "sql": sql}
        for name, (title, description, sql) in _QUERIES.items()
    }
    databases = {database: {"queries": queries, "tables": tables}}
    shown = {"title": "chatprobe", "description": _ABOUT, "databases": databases}
    said = yaml.dump(shown, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    return f"# Written by chatprobe.\n{said}"


def _table(one: Relation) -> dict[str, Any]:
    told: dict[str, Any] = {"description": one.meaning}
    if one.name in _HIDDEN:
        told["hidden"] = True
    if one.name in _FACETS:
        told["facets"] = _FACETS[one.name]
    if one.name in _NEWEST_FIRST:
        told["sort_desc"] = _NEWEST_FIRST[one.name]
    told["columns"] = {column.name: _column(column) for column in one.columns}
    return told


def _column(column: Column) -> str:
    return f"{column.meaning} [{column.unit}]" if column.unit else column.meaning


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as such."""


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
