"""The real Datasette on a frozen copy, with the metadata that is shipped beside it."""

from __future__ import annotations

import html
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from benchmarks.large import write
from chatprobe.cli import cli
from chatprobe.export.datasette import metadata
from chatprobe.store.codebook import codebook

QUERIES = yaml.safe_load(metadata("frozen"))["databases"]["frozen"]["queries"]
VALUES = {"casino": "casino-000", "seconds": "60"}


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A frozen copy of some hundred probes."""
    folder = tmp_path_factory.mktemp("datasette")
    write(folder / "large.db", 300)
    arguments = ["export", "--output", str(folder / "frozen.db"), "--db", str(folder / "large.db")]
    assert 0 == CliRunner().invoke(cli, [*arguments, "--scenarios", str(folder)]).exit_code
    return folder / "frozen.db"


def shipped(frozen: Path) -> Any:
    return yaml.safe_load(frozen.with_name("frozen.db.metadata.yml").read_text("utf-8"))


@pytest.fixture
async def client(frozen: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of others, on importing
        from datasette.app import Datasette
    served = Datasette([], immutables=[str(frozen)], metadata=shipped(frozen))
    await served.invoke_startup()
    return served.client


@pytest.mark.parametrize("name", QUERIES)
async def test_every_question_is_answered(client: Any, name: str) -> None:
    """Each canned query runs, and all but those that need a person's correction find something."""
    asked = dict.fromkeys(re.findall(r":(\w+)", QUERIES[name]["sql"]))
    if "probe_id" in asked:
        chats = await client.get("/frozen.json?sql=select+probe_id+from+messages+limit+1&_shape=arrays")
        asked["probe_id"] = chats.json()["rows"][0][0]
    values = {**asked, **{one: value for one, value in VALUES.items() if one in asked}}
    answer = await client.get(f"/frozen/{name}.json", params=values)
    assert (200, True) == (answer.status_code, bool(answer.json()["rows"]) or name == "corrections"), answer.text


@pytest.mark.parametrize("name", ["/frozen", *(f"/frozen/{one.name}" for one in codebook()), "/frozen/codebook"])
async def test_every_page_is_shown(client: Any, name: str) -> None:
    """Each table and view has its page, with the codebook's words on it."""
    answer = await client.get(name)
    assert 200 == answer.status_code
    meanings = {f"/frozen/{one.name}": one.meaning for one in codebook()}
    assert meanings.get(name, "codebook") in html.unescape(answer.text)


async def test_nothing_can_be_written(client: Any) -> None:
    """Served like that, the copy is read only."""
    answer = await client.get("/frozen.json?sql=delete+from+probes")
    assert 400 == answer.status_code
    left = await client.get("/frozen.json?sql=select+count(*)+from+probes&_shape=arrays")
    assert [[300]] == left.json()["rows"]


def test_metadata_names_what_is_there() -> None:
    """Facets and orders are columns, every table and view has its words, and no question is called as one of them."""
    assert set() == {*QUERIES} & {"codebook", *(one.name for one in codebook())}
    tables = yaml.safe_load(metadata("x"))["databases"]["x"]["tables"]
    assert {one.name: {*one.names} for one in codebook()} == {name: {*told["columns"]} for name, told in tables.items()}
    for name, told in tables.items():
        used = {*told.get("facets", []), *filter(None, [told.get("sort_desc")])}
        assert set() == used - {*told["columns"]}, name
