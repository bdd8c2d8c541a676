"""The lab's server, met with a plain HTTP client."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from chatprobe.lab import Lab
from chatprobe.lab.extras import ANSWER, hostile_names
from tests.lab.conftest import until

QUESTION = {"type": "say", "text": "How long does it take?"}


@pytest_asyncio.fixture
async def lab() -> AsyncIterator[Lab]:
    async with Lab(speed=100) as running:
        yield running


@pytest_asyncio.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as session:
        yield session


async def load(client: aiohttp.ClientSession, url: str) -> str:
    """Load a page; the address of its conversation's transports."""
    async with client.get(url) as response:
        text = await response.text()
    found = re.search(r'"id": "([\w-]+)"|data-id="([\w-]+)"', text)
    assert found
    return f"{url.split('/', 3)[0]}//{url.split('/', 3)[2]}/api/{found[1] or found[2]}"


async def over_websocket(client: aiohttp.ClientSession, api: str) -> dict[str, Any]:
    async with client.ws_connect(f"{api}/socket", max_msg_size=0) as socket:
        await socket.send_json(QUESTION)
        async for message in socket:
            frame: dict[str, Any] = json.loads(message.data)
            if frame["type"] == "message":
                return frame
    raise AssertionError("the socket closed without an answer")


async def over_events(client: aiohttp.ClientSession, api: str) -> dict[str, Any]:
    async with client.get(f"{api}/events") as stream:
        await client.post(f"{api}/say", json=QUESTION)
        async for line in stream.content:
            if line.startswith(b"data: ") and (frame := json.loads(line[6:]))["type"] == "message":
                return dict(frame)
    raise AssertionError("the stream ended without an answer")


async def over_updates(client: aiohttp.ClientSession, api: str, hold: str) -> dict[str, Any]:
    await client.post(f"{api}/say", json=QUESTION)
    since = 0
    while True:
        async with client.get(f"{api}/updates?since={since}{hold}") as response:
            frames = await response.json()
        since += len(frames)
        for frame in frames:
            if frame["type"] == "message":
                return dict(frame)


async def over_long_poll(client: aiohttp.ClientSession, api: str) -> dict[str, Any]:
    return await over_updates(client, api, "&hold")


async def over_poll(client: aiohttp.ClientSession, api: str) -> dict[str, Any]:
    return await over_updates(client, api, "")


@pytest.mark.parametrize("transport", [over_websocket, over_events, over_long_poll, over_poll])
async def test_every_transport_brings_the_answer(lab: Lab, client: aiohttp.ClientSession, transport: Any) -> None:
    """The operator's words arrive over each transport exactly as the truth has them."""
    frame = await transport(client, await load(client, lab.url("lucky")))
    assert [frame["text"]] == [send.text for send in lab.truth("lucky")[0].sends]


async def test_each_page_load_is_a_conversation_of_its_own(lab: Lab, client: aiohttp.ClientSession) -> None:
    """Two visitors of one casino are told apart, and only one of them asked."""
    first, _ = await load(client, lab.url("lucky")), await load(client, lab.url("lucky"))
    await over_websocket(client, first)
    assert [1, 0] == [len(conversation.visitor) for conversation in lab.truth("lucky")]


async def test_the_truth_is_served(lab: Lab, client: aiohttp.ClientSession) -> None:
    """All conversations stand under /_truth, one casino's under its own address, with the derived times."""
    await over_websocket(client, await load(client, lab.url("lucky")))
    await load(client, lab.url("orbit"))
    async with client.get(f"{lab.base}/_truth") as everything, client.get(f"{lab.url('lucky')}_truth") as lucky:
        assert ["lucky", "orbit"] == [row["casino"] for row in await everything.json()]
        assert [lab.truth("lucky")[0].true_frt_ms] == [row["true_frt_ms"] for row in await lucky.json()]


async def test_the_second_port_serves_the_same_chat(lab: Lab, client: aiohttp.ClientSession) -> None:
    """Another origin reaches the conversation that the first one began."""
    assert lab.port != lab.other_port
    api = await load(client, lab.url("fjord"))
    frame = await over_long_poll(client, api.replace(f":{lab.port}/", f":{lab.other_port}/"))
    assert frame["text"] in {send.text for send in lab.truth("fjord")[0].sends}


async def test_the_bench_takes_any_number_of_visitors(lab: Lab, client: aiohttp.ClientSession) -> None:
    """Fifty visitors at once are all answered, each after the delay in the address."""
    apis = [await load(client, f"{lab.url('bench/static')}?delay=5000") for _ in range(50)]
    frames = await asyncio.gather(*(over_websocket(client, api) for api in apis))
    assert [ANSWER] * 50 == [frame["text"] for frame in frames]
    assert all((conversation.true_frt_ms or 0) >= 49 for conversation in lab.truth("bench/static"))


@pytest.mark.parametrize("name", [name for name in hostile_names() if name != "redirects"])
async def test_hostile_pages_are_served(lab: Lab, client: aiohttp.ClientSession, name: str) -> None:
    """Every hostile page carries the small chat, and an operator answers in it."""
    frame = await over_websocket(client, await load(client, lab.url(f"hostile/{name}")))
    assert frame["text"]


async def test_redirects_never_end(lab: Lab, client: aiohttp.ClientSession) -> None:
    """The chain of redirects is longer than any client follows."""
    with pytest.raises(aiohttp.TooManyRedirects):
        await client.get(lab.url("hostile/redirects"), max_redirects=120)


@pytest.mark.parametrize("path", ["nowhere/", "hostile/nothing/", "api/nobody/updates?since=0", "lucky/chat?id=nobody"])
async def test_unknown_addresses_are_not_found(lab: Lab, client: aiohttp.ClientSession, path: str) -> None:
    """What the lab does not know is a plain 404."""
    async with client.get(f"{lab.base}/{path}") as response:
        assert response.status == 404


async def test_a_casino_brings_its_scenario(lab: Lab, client: aiohttp.ClientSession) -> None:
    """Beside each casino's page stands its scenario, with the lab's own address in it."""
    async with client.get(f"{lab.url('lucky')}scenario.yaml") as answer:
        assert f"url: {lab.url('lucky')}\n" in await answer.text()


async def test_a_broken_site_fails_while_the_control_address_answers(lab: Lab, client: aiohttp.ClientSession) -> None:
    """The broken casino answers 503; the address that tells our network's faults from its own is fine."""
    async with client.get(lab.url("broken")) as broken, client.get(lab.control_url) as control:
        assert (503, 204) == (broken.status, control.status)


async def test_an_open_stream_does_not_hold_up_the_end() -> None:
    """The lab closes while visitors are still connected."""
    async with aiohttp.ClientSession() as client:
        async with asyncio.timeout(20), Lab() as lab:
            api = await load(client, lab.url("orbit"))
            stream = await client.get(f"{api}/events")
            socket = await client.ws_connect(f"{api}/socket")
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.get(lab.control_url)
        await socket.close()
        stream.close()


@pytest.mark.parametrize("way", ["events", "socket"])
async def test_visitors_who_go_leave_no_error_behind(
    lab: Lab, client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    """A page that goes before the answer is sent makes nobody complain."""
    api = await load(client, f"{lab.url('bench/static')}?delay=20000")
    line = await (client.get(f"{api}/events") if way == "events" else client.ws_connect(f"{api}/socket"))
    await client.post(f"{api}/say", json=QUESTION)
    if isinstance(line, aiohttp.ClientResponse):
        line.close()
    else:
        await line.close()
    await until(lambda: bool(lab.truth("bench/static")[0].sends))
    assert caplog.records == []


@pytest.mark.parametrize("way", ["events", "socket", "updates?since=2&hold"])
async def test_a_dying_server_breaks_every_connection(
    lab: Lab, client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, way: str
) -> None:
    """When the chat's server dies, open connections end, later requests fail, and nobody complains in the log."""
    api = await load(client, lab.url("fuse"))
    if way == "socket":
        async with client.ws_connect(f"{api}/socket") as socket:
            await socket.send_json(QUESTION)
            assert ["echo", "typing"] == [json.loads(message.data)["type"] async for message in socket]
    else:
        await client.post(f"{api}/say", json=QUESTION)
        async with client.get(f"{api}/{way}") as stream:
            await stream.read()
    async with client.post(f"{api}/say", json=QUESTION) as refused:
        assert refused.status == 503
    assert caplog.records == []
