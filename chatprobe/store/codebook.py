"""The page that explains every table, view and column to analysts, read from the comments in the schema itself.

Renew it with ``python -m chatprobe.store.codebook > docs/database.md``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from sqlite_utils import Database

from chatprobe.store.migrations import migrations

_HEAD = """# The database

One SQLite file, by default `chatprobe.db`. It opens in anything that reads SQLite (`sqlite3`, Datasette, pandas, DB
Browser), also while chatprobe is writing. This page is made from the comments in the schema, which the file itself
carries: `sqlite3 chatprobe.db .schema` shows them too.

- Times are UTC text of the form `2026-01-31T12:00:00.000Z`: text order is time order.
- Durations are in milliseconds and end in `_ms`.
- `slots.id` and `probes.id` are ULIDs, and what belongs to a probe has the key (`probe_id`, `seq`): files from several
  machines can be put together.
- Columns marked JSON hold valid JSON or NULL. A table may hold NULL wherever nothing was found.
- Nothing here is a verdict. `messages.speaker` and `probes.outcome` show the newest decision; all earlier ones stay in
  `decisions` and `outcomes`.
- Statistics use planned probes (`origin = 'plan'`) whose outcome is the casino's doing (`side = 'casino'`); the views
  `availability_by_hour` and `waits` do so already.
- Beside the file lie its key for pseudonyms (`chatprobe.db.key`, mode 600) and the folder `artifacts` (mode 700).
"""
_SCHEMAS = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB '[_]*'"
_TITLE = re.compile(r"CREATE (TABLE|VIEW) \w+ (?:\(|AS) -- (.*)")
_COLUMN = re.compile(r"^  (?:.* AS )?(\w+)(?: ([A-Z]+)\b.*?)?,? -- (.*)$", re.MULTILINE)


def markdown() -> str:
    """The whole page."""
    db = Database(memory=True)
    migrations.apply(db)
    schemas = db.execute(_SCHEMAS)
    return _HEAD + "".join(line for kind, name, sql in schemas for line in _section(kind, name, sql))


def _section(kind: str, name: str, sql: str) -> Iterator[str]:
    title = _TITLE.match(sql)
    yield f"\n## {kind} `{name}`\n\n{title[2] if title else ''}.\n\n| column | type | meaning |\n|---|---|---|\n"
    for column, declared, meaning in _COLUMN.findall(sql):
        yield f"| `{column}` | {declared.lower() if kind == 'table' else ''} | {meaning} |\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
