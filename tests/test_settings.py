"""Settings come from `chatprobe.toml` and `CHATPROBE_…` variables, strictly."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from chatprobe.errors import SettingsError
from chatprobe.plan.house import house_of
from chatprobe.post import NoticeEvent
from chatprobe.settings import Limits, Settings, VisitorSettings, load_settings
from chatprobe.times import iso

FULL = """\
vantage = "malta"
proxy = "http://me:word@proxy.example:3128"
control_url = "https://control.example/"

[visitor]
name = "Robin Page"
email = "robin@guide.example"
phone = "+356 2122 3344"
department = "Payments"

[limits]
page_timeout = "1m"
step_timeout = "20s"
echo_timeout = "10s"
timing_floor = "1500ms"
recycle_after = 20
artifact_days = 7
"""


def settings(folder: Path, toml: str = "", **env: str) -> Settings:
    """The settings of a folder that holds `toml`."""
    (folder / "chatprobe.toml").write_text(toml, encoding="utf-8")
    return load_settings(folder, env)


def mistakes(folder: Path, toml: str, **env: str) -> list[str]:
    """What is said of them, without the folder's name."""
    with pytest.raises(SettingsError) as caught:
        settings(folder, toml, **env)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    """Without a file every setting has its default."""
    assert Settings() == load_settings(tmp_path, {})


def test_file_sets_everything(tmp_path: Path) -> None:
    """Every setting can stand in the file."""
    expected = Settings(
        vantage="malta",
        proxy="http://me:word@proxy.example:3128",
        control_url="https://control.example/",
        visitor=VisitorSettings("Robin Page", "robin@guide.example", "+356 2122 3344", "Payments"),
        limits=Limits(
            page_timeout=timedelta(minutes=1),
            step_timeout=timedelta(seconds=20),
            echo_timeout=timedelta(seconds=10),
            timing_floor=timedelta(seconds=1.5),
            recycle_after=20,
            artifact_days=7,
        ),
    )
    assert expected == settings(tmp_path, FULL)


def test_variables_override_the_file(tmp_path: Path) -> None:
    """A variable wins over the file; an empty one counts as not set."""
    found = settings(
        tmp_path, FULL, CHATPROBE_VANTAGE="paris", CHATPROBE_LIMITS_RECYCLE_AFTER="5", CHATPROBE_VISITOR_NAME=""
    )
    assert ("paris", 5, "Robin Page") == (found.vantage, found.limits.recycle_after, found.visitor.name)


def test_other_variables_are_not_ours_to_judge(tmp_path: Path) -> None:
    """What commands read from the environment is no setting."""
    assert Settings() == settings(tmp_path, CHATPROBE_DB="x.db", CHATPROBE_LAB="http://127.0.0.1:1")


def test_proxy_is_not_shown(tmp_path: Path) -> None:
    """A proxy's address may hold a secret and stays out of logs."""
    assert "word" not in repr(settings(tmp_path, FULL))


def test_every_mistake_at_once(tmp_path: Path) -> None:
    """Mistakes come with line, key and reason, those of variables by their names."""
    toml = """\
vantag = "malta"
proxy = "proxy.example"
[limits]
page_timeout = 45
recycle_after = "often"
[visitor]
name = ""
"""
    assert [
        "CHATPROBE_CONTROL_URL: 'here' is no address beginning with http:// or https://",
        "CHATPROBE_LIMITS_ARTIFACT_DAYS: expected a whole number from 1 on, got '0.5'",
        "CHATPROBE_VISITOR_NAM: unknown setting",
        "chatprobe.toml:1: vantag: unknown key",
        "chatprobe.toml:2: proxy: expected the address of a proxy such as http://proxy.example:3128",
        "chatprobe.toml:4: limits.page_timeout: a duration needs a unit: 45s or 45m?",
        "chatprobe.toml:5: limits.recycle_after: expected a whole number from 1 on, got 'often'",
        "chatprobe.toml:7: visitor.name: expected text in quotes, got ''",
    ] == sorted(
        mistakes(
            tmp_path,
            toml,
            CHATPROBE_CONTROL_URL="here",
            CHATPROBE_LIMITS_ARTIFACT_DAYS="0.5",
            CHATPROBE_VISITOR_NAM="x",
        )
    )


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("vantage = malta\n", "chatprobe.toml:1: not valid TOML: Invalid value"),
        ("limits = 5\n", "chatprobe.toml:1: limits: unknown key"),
        ("[limits.page_timeout]\nx = 1\n", "chatprobe.toml:2: limits.page_timeout.x: unknown key"),
        ("limits.step_timeout = 5\n", "chatprobe.toml:1: limits.step_timeout: a duration needs a unit: 5s or 5m?"),
        ("vantage = 2027-01-01\n", "chatprobe.toml:1: vantage: expected text in quotes, got datetime.date(2027, 1, 1)"),
        ("vantage = 'x'\nvantage = 'y'\n", "chatprobe.toml:2: not valid TOML: Cannot overwrite a value"),
    ],
)
def test_mistake_is_placed(tmp_path: Path, toml: str, message: str) -> None:
    """Whatever stands in the file, the mistake has its line."""
    assert [message] == mistakes(tmp_path, toml)


def test_stretches_without_visits(tmp_path: Path) -> None:
    """Days and times, UTC where they name no zone, in the file or a variable; one that ends too soon is a mistake."""
    toml = 'blackout = ["2026-12-24/2026-12-27", "2027-01-01T00:00+01:00/2027-01-01T12:00"]\n'
    read = settings(tmp_path, toml)
    found, house = read.blackout, house_of(read)
    assert [
        ("2026-12-24T00:00:00.000Z", "2026-12-27T00:00:00.000Z"),
        ("2026-12-31T23:00:00.000Z", "2027-01-01T12:00:00.000Z"),
    ] == [(iso(one.begin), iso(one.end)) for one in found]
    assert (True, False) == (house.is_closed(found[0].begin), house.is_closed(found[0].end))
    assert found == settings(tmp_path, CHATPROBE_BLACKOUT=",".join(toml.split('"')[1::2])).blackout
    wrong = {
        "2026-12-24": "is no stretch of time; write it as 2026-12-24/2026-12-27",
        "2026-12-24/2026-12-24": "ends before it begins",
    }
    for text, why in wrong.items():
        assert [f"chatprobe.toml:1: blackout: '{text}' {why}"] == mistakes(tmp_path, f'blackout = ["{text}"]\n')


def test_unreadable_settings_are_told(tmp_path: Path) -> None:
    """A folder by the file's name, or a file in another encoding, is a mistake and no crash."""
    (tmp_path / "chatprobe.toml").write_bytes("vantage = 'Zürich'".encode("latin-1"))
    with pytest.raises(SettingsError, match="cannot be read: not UTF-8 text"):
        load_settings(tmp_path, {})
    (tmp_path / "chatprobe.toml").unlink()
    (tmp_path / "chatprobe.toml").mkdir()
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        load_settings(tmp_path, {})


def test_addresses_for_messages_are_checked_and_never_shown(tmp_path: Path) -> None:
    """A bad address or event is a mistake with file and line, which does not repeat what may be secret."""
    toml = '[notify]\nurls = ["json://127.0.0.1/", "nope://secret"]\nevents = ["disk"]\ndead_man_url = "secret"\n'
    told = mistakes(tmp_path, toml)
    service = "is not the address of a service that Apprise knows, such as mailto://… or ntfy://…"
    assert [
        f"chatprobe.toml:2: notify.urls: number 2 {service}",
        f"chatprobe.toml:3: notify.events: 'disk' is no event; there are {', '.join(NoticeEvent)}",
        "chatprobe.toml:4: notify.dead_man_url: expected an address beginning with http:// or https://",
    ] == told
    assert "hidden" not in repr(settings(tmp_path, CHATPROBE_NOTIFY_URLS="json://me:hidden@127.0.0.1/"))
