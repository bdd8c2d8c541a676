"""The scenario format as JSON Schema for editors and as a page for people, both read off the models."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from chatprobe.scenario.schema import Scenario
from chatprobe.scenario.values import KIND
from chatprobe.scenario.vulnerable import VULNERABLE

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SECTIONS = {
    "Claims": "claims", "Question": "questions", "Answer": "answer", "ChatSpec": "chat", "Speakers": "speakers",
    "Names": "names", "Handoff": "handoff", "WireRule": "wire", "JoinRule": "joins", "PageEvent": "events",
    "Call": "calls", "StepForm": "Steps", "Visitor": "visitor", "Geolocation": "geolocation", "Proxy": "proxy",
    "Schedule": "schedule",
}  # fmt: skip
"""Name of a model → heading of its section, in the order of the page."""

_HEAD = """\
# Scenarios

<!-- Generated from chatprobe/scenario. Renew: make docs -->

One YAML file in `scenarios/` is one casino. Required are `casino`, `url` and one question; the rest helps where the
generic method does not find its way. Unknown and duplicate keys are errors, and `chatprobe check` lists every
mistake with its line.

```yaml
# yaml-language-server: $schema=./schema.json
casino: lucky
url: https://lucky.example/
questions:
  - id: payout
    text: {en: "How long does a payout to a bank account take?"}
```

The first line makes editors complete keys; `chatprobe schema > scenarios/schema.json` renews the file it names.

## How values are written

| kind | how |
|---|---|
| text | as it is; in quotes where YAML reads something else into it (`"+356 2122 3344"`, `"a: b"`) |
| duration | `500ms`, `90s`, `2m`, `1h30m`; never a bare number |
| hours of the week | `24/7`, or `Mon-Fri 09:00-23:00, Sat 10:00-02:00`; an end before the start is on the next day |
| selector | Playwright's: CSS, `text=…`, `role=button[name="Chat"]`, `xpath=…`, joined by `>>`; the first hit counts |
| CSS selector | plain CSS, evaluated inside the page; all that fit count |
| label | `{label.send}` in a selector's pattern, `role=button[name=/^{label.send}$/i]`: any of its texts in `labels` |
| language | ISO 639 code: `en`, `pt-BR` |
| true or false | only these two words; `no` and `on` are texts |
| `${NAME}` | in any value: that environment variable, never stored or printed; `$$` is a plain `$` |
| `${NAME:-text}` | the same; `text` where the variable is not set or empty |

A key without a value counts as not written.

`chat.vendor` takes what is known of the vendor's widget from its [preset](presets.md); what the scenario writes counts.
"""

_CLAIMS_HEAD = """
## Refused questions

A question may not claim to come from somebody in need: agents must help such a visitor first. Refused are the phrases
below, anywhere in a question, whatever its language. `…` stands for up to two words, `<age>` for 10 to 17, `(e)` for
letters that may be missing; accents and punctuation do not matter. Asking *how* a player self-excludes is fine.
"""


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, short forms included."""
    return {"$schema": _DIALECT, "title": "chatprobe scenario", **_clean(_raw())}


def schema_text() -> str:
    """The same as `scenarios/schema.json` holds it."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def markdown() -> str:
    """The page `docs/scenario.md`."""
    schema = _raw()
    parts = [_HEAD, "\n## Top of the file\n", *_table(schema)]
    for name, heading in _SECTIONS.items():
        definition = schema["$defs"][name]
        parts += [f"\n## {heading}\n", definition["description"], "", *_table(definition)]
    return "\n".join([*parts, _CLAIMS_HEAD, *_refused()]) + "\n"


def _raw() -> dict[str, Any]:
    return Scenario.model_json_schema()


def _clean(value: Any) -> Any:
    """Without what only the reference needs, and without null: an empty key counts as not written."""
    if isinstance(value, list):
        return [_clean(one) for one in value if one != {"type": "null"}]
    if not isinstance(value, dict):
        return value
    kept = {key: _clean(one) for key, one in value.items() if key not in (KIND, "title")}
    if kept.get("default", ...) is None:
        del kept["default"]
    return _flat(kept) if len(kept.get("anyOf", ())) == 1 else kept


def _flat(schema: dict[str, Any]) -> dict[str, Any]:
    """A choice of one is none."""
    only = schema.pop("anyOf")[0]
    return {**only, **schema}


def _table(definition: Mapping[str, Any]) -> Iterator[str]:
    yield "| key | value | default | meaning |\n|---|---|---|---|"
    for key, value in definition["properties"].items():
        default = "required" if key in definition.get("required", ()) else _default(value.get("default"))
        yield f"| `{key}` | {_kind(value)} | {default} | {value['description']} |"


def _default(value: Any) -> str:
    if value in (None, [], {}) or isinstance(value, dict):
        return ""
    if isinstance(value, str) and value.startswith("PT"):
        return f"`{value.removeprefix('PT').lower()}`"  # pydantic's ISO 8601: PT10M
    return f"`{json.dumps(value) if isinstance(value, bool) else value}`"


def _kind(value: Mapping[str, Any]) -> str:
    if KIND in value:
        return str(value[KIND])
    if "$ref" in value:
        heading = _SECTIONS[value["$ref"].rpartition("/")[2]]
        return f"[{heading}](#{heading.lower()})"
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(_kind(one) for one in value["anyOf"] if one.get("type") != "null"))
    if "enum" in value or "const" in value:
        return " or ".join(f"`{one}`" for one in value.get("enum", [value.get("const")]))
    if value["type"] == "array":
        return f"list of {_kind(value['items'])}"
    return {"integer": "whole number", "number": "number", "boolean": "true or false"}.get(value["type"], "text")


def _refused() -> Iterator[str]:
    for claim, languages in VULNERABLE.items():
        yield f"\n### {claim.capitalize()}\n"
        for language, phrases in languages.items():
            yield f"- {language}: {', '.join(f'`{phrase}`' for phrase in phrases)}"
