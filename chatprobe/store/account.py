"""What visits cost and what they were made with: for the account that a report gives of itself."""

from __future__ import annotations

from typing import Any

from chatprobe.settings import SIMULATED
from chatprobe.store.connection import Connection

_NEVER = "9e15"
_SIGN = f"""min(coalesce(agent_joined_ms, {_NEVER}), coalesce(first_human_ms, {_NEVER}),
  coalesce(first_unknown_ms, {_NEVER}), coalesce(greeted_ms - (julianday(asked_at) - julianday(
  coalesce(requested_at, asked_at))) * 86400000, {_NEVER}))"""
# As `agent_ms` of plan/budget.py: from the first sign of a person to the close.
_SPENT = f"""
SELECT count(*) AS chats, min(asked_at) AS first, max(asked_at) AS last, sum(max(0, min(
  coalesce(waited_ms, (julianday(coalesce(finished_at, asked_at)) - julianday(asked_at)) * 86400000) - {_SIGN},
  {_NEVER}))) AS agent_ms
FROM probes WHERE casino = ? AND started_at >= ? AND asked_at IS NOT NULL
"""  # noqa: S608  # constants of this file
_MADE_WITH = """
SELECT software, browser, rules, vantage, count(*) AS probes, max(started_at) AS last
FROM probes WHERE casino = ? AND started_at >= ? AND outcome IS NOT NULL
GROUP BY software, browser, rules, vantage ORDER BY last DESC
"""
_SLOTS = """
SELECT depth, mode, status, reason, count(*) AS count FROM slots
WHERE casino = ? AND planned_at >= ? GROUP BY depth, mode, status, reason ORDER BY depth, mode, status, reason
"""
_SEEDS = "SELECT DISTINCT seed FROM slots WHERE casino = ? AND planned_at >= ? AND seed IS NOT NULL ORDER BY seed"
_SCENARIO = """
SELECT s.yaml FROM scenarios s JOIN probes p ON p.scenario_sha256 = s.sha256
WHERE p.casino = ? ORDER BY p.started_at DESC LIMIT 1
"""


class Account:
    """Questions about one casino's visits since a time, ISO text."""

    def __init__(self, connection: Connection) -> None:
        """`Store.account` is one."""
        self._connection = connection

    def spent(self, casino: str, since: str) -> dict[str, Any]:
        """How many questions were asked, `first` and `last` when, and `agent_ms`, how long people were kept busy."""
        return self._connection.rows(_SPENT, casino, since)[0]

    def made_with(self, casino: str, since: str) -> list[dict[str, Any]]:
        """Versions of program, browser and rules, and vantages, with the `probes` made so; the newest first."""
        return self._connection.rows(_MADE_WITH, casino, since)

    def slots(self, casino: str, since: str) -> list[dict[str, Any]]:
        """What became of the planned times: `count` by depth, mode, status and reason."""
        return self._connection.rows(_SLOTS, casino, since)

    def seeds(self, casino: str, since: str) -> list[int]:
        """The seeds that the plan was drawn from."""
        return [row["seed"] for row in self._connection.rows(_SEEDS, casino, since)]

    def simulated(self) -> bool:
        """Whether the newest visit is one that nobody made."""
        newest = self._connection.rows("SELECT vantage FROM probes ORDER BY started_at DESC LIMIT 1")
        return any(row["vantage"] == SIMULATED for row in newest)

    def scenario(self, casino: str) -> str | None:
        """The text of the scenario that the last probe ran with."""
        return next((row["yaml"] for row in self._connection.rows(_SCENARIO, casino)), None)
