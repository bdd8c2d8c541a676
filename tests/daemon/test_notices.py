"""Messages to the operator: they arrive at a real server, not too often, and nothing waits for them."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from chatprobe.cli import cli
from chatprobe.daemon.clock import SystemClock
from chatprobe.daemon.daemon import Daemon
from chatprobe.daemon.folder import Folder
from chatprobe.daemon.notices import Notices
from chatprobe.post import NoticeEvent
from chatprobe.settings import Limits, NotifySettings, Settings
from chatprobe.store import Store
from chatprobe.times import now_ms
from tests.daemon.conftest import House
from tests.daemon.fakes import HandClock, RowDispatch

HOUR = 3_600_000.0
BROKEN = NoticeEvent.SCENARIO_BROKEN


class Mailbox(ThreadingHTTPServer):
    """Keeps what is posted to it, and counts who calls."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.messages: list[str] = []
        self.calls = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Mailbox

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.messages.append(json.loads(body)["message"])
        self._fine()

    def do_GET(self) -> None:
        self.server.calls += 1
        self._fine()

    def _fine(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    server = Mailbox()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def nowhere() -> Iterator[str]:
    """A place where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{taken.getsockname()[1]}"


def notices(clock: HandClock, place: str, **more: Any) -> Notices:
    made = Notices(clock)
    made.settings = NotifySettings(urls=(f"json://{place}/secret",), **more)
    return made


def arrived(notices: Notices) -> None:
    """All that was sent has arrived, or failed to."""
    for thread in notices.threads:
        thread.join()


def test_same_is_told_again_after_the_quiet_time(mailbox: Mailbox) -> None:
    """One message per event and casino in six hours; the next one counts what was held back."""
    clock = HandClock()
    told = notices(clock, mailbox.place)
    for casino in ("lucky", "lucky", "monte", "lucky"):
        told.tell(BROKEN, casino, casino)
        arrived(told)
    assert ["lucky", "monte\n1 earlier messages were held back or did not arrive."] == mailbox.messages
    clock.run(6 * HOUR)
    told.tell(BROKEN, "lucky", "again")
    arrived(told)
    assert "again\n1 earlier messages were held back or did not arrive." == mailbox.messages[-1]


def test_a_day_has_so_many_messages(mailbox: Mailbox) -> None:
    """Above the day's number everything is held back, until the first of them is a day old."""
    clock = HandClock()
    told = notices(clock, mailbox.place, per_day=2)
    for number in range(5):
        told.tell(BROKEN, f"c{number}", f"c{number}")
        arrived(told)
    clock.run(24 * HOUR)
    told.tell(BROKEN, "c5", "c5")
    arrived(told)
    assert ["c0", "c1", "c5\n3 earlier messages were held back or did not arrive."] == mailbox.messages


def test_events_not_chosen_are_not_sent(mailbox: Mailbox) -> None:
    """Only the events of the settings are told."""
    told = notices(HandClock(), mailbox.place, events=("disk_low",))
    told.tell(BROKEN, "lucky", "no")
    told.tell(NoticeEvent.DISK_LOW, "disk", "yes")
    arrived(told)
    assert ["yes"] == mailbox.messages


def test_a_dead_server_is_said_once(nowhere: str, mailbox: Mailbox, said: list[dict[str, Any]]) -> None:
    """What did not arrive is one warning without the address, and counted in the first message that does."""
    clock = HandClock()
    told = notices(clock, nowhere, dead_man_url=f"http://{nowhere}/secret")
    for casino in ("lucky", "monte"):
        told.tell(BROKEN, casino, casino)
        told.ping()
        arrived(told)
        clock.run(HOUR)
    failures = [one for one in said if one["event"] == "notice_failed"]
    assert ["notify.dead_man_url", "notify.urls"] == sorted(one["setting"] for one in failures)
    assert "secret" not in str(failures)
    told.settings = NotifySettings(urls=(f"json://{mailbox.place}/",))
    told.tell(BROKEN, "third", "third")
    arrived(told)
    assert ["third\n2 earlier messages were held back or did not arrive."] == mailbox.messages


def test_the_watchdog_is_called_once_a_minute(mailbox: Mailbox) -> None:
    """However often rounds end, the sign of life goes out at most once a minute."""
    clock = HandClock()
    told = notices(clock, mailbox.place, dead_man_url=f"http://{mailbox.place}/ping")
    for _ in range(25):
        told.ping()
        arrived(told)
        clock.run(5_000)
    assert 3 == mailbox.calls


def test_low_disk_and_paused_casino_are_told(house: House, mailbox: Mailbox) -> None:
    """Each is told once while it lasts, with the next command."""
    told = notices(house.clock, mailbox.place)
    house.state.tell = told.tell
    house.keeper.limits = Limits(disk_free_mb=10**12)
    for _ in range(3):
        house.keeper.round()
        house.state.pause("lucky", "the last 3 visits found nothing usable")
        arrived(told)
    assert mailbox.messages[0].startswith("Trouble: disk: ")
    assert mailbox.messages[0].endswith(", wanted are 1000000000000. Look: chatprobe status")
    assert ["lucky is paused: the last 3 visits found nothing usable. Try: chatprobe run lucky"] == mailbox.messages[1:]
    assert 1 == len(house.events("trouble"))
    house.keeper.limits = Limits(disk_free_mb=0)
    house.keeper.round()
    assert {} == house.state.troubles


def test_a_file_that_cannot_be_used_is_told_once(house: House, mailbox: Mailbox) -> None:
    """Whatever is wrong in it, one message names the file."""
    told = notices(house.clock, mailbox.place)
    house.state.tell = told.tell
    path = house.folder.path / "lucky.yaml"
    path.write_text("casino: Lucky\nurl: nowhere\n", encoding="utf-8")
    for _ in range(4):
        house.keeper.round()
    arrived(told)
    assert [f"{path} cannot be used. Look: chatprobe status"] == mailbox.messages


async def test_a_daemon_that_works_calls_and_tells(store: Store, scenarios: Path, mailbox: Mailbox) -> None:
    """The settings reach the daemon: its first round tells of a low disk and gives the sign of life."""
    daemon = Daemon(store, Folder(scenarios, {}), RowDispatch(store, now_ms), SystemClock(), once=True)
    notify = NotifySettings(urls=(f"json://{mailbox.place}/",), dead_man_url=f"http://{mailbox.place}/ping")
    daemon.use(Settings(limits=Limits(disk_free_mb=10**12), notify=notify))
    await daemon.run(asyncio.Event())
    await asyncio.to_thread(arrived, daemon.notices)
    assert [True] == [text.startswith("Trouble: disk: ") for text in mailbox.messages]
    assert 1 == mailbox.calls


def test_doctor_sends_a_test_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mailbox: Mailbox, nowhere: str
) -> None:
    """`doctor --notify` tries every address and the watchdog, and shows no secret."""
    monkeypatch.chdir(tmp_path)
    urls = f'["json://me:secret@{mailbox.place}/", "json://{nowhere}/secret"]'
    (tmp_path / "chatprobe.toml").write_text(
        f'[notify]\nurls = {urls}\ndead_man_url = "http://{mailbox.place}/secret"\n', encoding="utf-8"
    )
    result = CliRunner().invoke(cli, ["doctor", "--notify", "--browser", "none"], prog_name="chatprobe")
    assert "ok   message 1 (json): sent\nfail message 2 (json): did not arrive" in result.stdout
    assert "ok   dead_man_url: sent" in result.stdout
    assert (False, 6) == ("secret" in result.output, result.exit_code)
    assert ["A test: messages of chatprobe arrive here."] == mailbox.messages
