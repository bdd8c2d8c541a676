"""Scenario files become scenarios: short and long forms, variables, folders, names."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest

from chatprobe.errors import Problem, ScenarioError, UnknownCasino
from chatprobe.model import Speaker
from chatprobe.scenario.chat import ChatSpec, Handoff, fill_in
from chatprobe.scenario.hours import parse_hours
from chatprobe.scenario.load import find, load_file, load_folder
from chatprobe.scenario.schema import Answer, Proxy, Scenario, Schedule
from chatprobe.scenario.steps import Action, Step

MINIMAL = "casino: {casino}\nurl: https://lucky.example/\nquestions: [{{id: payout, text: How long?}}]\n"
EXAMPLES = Path(__file__).parents[2] / "scenarios"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of scenarios."""
    path = tmp_path / "scenarios"
    path.mkdir()
    return path


def write(folder: Path, extra: str = "", casino: str = "lucky", name: str = "") -> Path:
    """A scenario file, minimal but for `extra`."""
    path = folder / (name or f"{casino}.yaml")
    path.write_text(MINIMAL.format(casino=casino) + extra, encoding="utf-8")
    return path


def load(folder: Path, extra: str, **env: str) -> Scenario:
    """The scenario that is minimal but for `extra`."""
    return load_file(write(folder, extra), env)


def test_minimal_scenario_has_defaults_for_the_rest(folder: Path) -> None:
    """Casino, address and a question are enough."""
    scenario = load(folder, "")
    assert ("lucky", "https://lucky.example/", "UTC") == (scenario.casino, scenario.url, scenario.timezone)
    assert {"en": "How long?"} == scenario.questions[0].text
    assert (ChatSpec(), ()) == (scenario.chat, scenario.before)


def test_file_is_remembered_byte_for_byte(folder: Path) -> None:
    """Hash and text are the file's own; what a variable held is in neither."""
    path = write(folder, "visitor: {name: '${WHO}'}\n")
    scenario = load_file(path, {"WHO": "Robin"})
    raw = path.read_bytes()
    assert (hashlib.sha256(raw).hexdigest(), raw.decode(), path) == (scenario.sha256, scenario.yaml, scenario.file)
    assert "Robin" == scenario.visitor.name


STEPS = [
    ('click: "#x"', Step(Action.CLICK, "#x")),
    ('{click: "#x", optional: true, timeout: 5s}', Step(Action.CLICK, "#x", None, True, timedelta(seconds=5))),
    ('fill: {"#email": "v"}', Step(Action.FILL, "#email", "v")),
    ('{fill: "#email", value: "v"}', Step(Action.FILL, "#email", "v")),
    ('{fill: "#email", value: ""}', Step(Action.FILL, "#email", "")),
    ("press: Enter", Step(Action.PRESS, None, "Enter")),
    ('{press: Enter, on: "#x"}', Step(Action.PRESS, "#x", "Enter")),
    ("wait: 2s", Step(Action.WAIT, timeout=timedelta(seconds=2))),
    ('wait: "#x"', Step(Action.WAIT, "#x")),
    ('{wait: "#x", timeout: 1m}', Step(Action.WAIT, "#x", timeout=timedelta(minutes=1))),
    ('select: {"#country": "MT"}', Step(Action.SELECT, "#country", "MT")),
    ('{select: "#c", value: "MT", optional: true}', Step(Action.SELECT, "#c", "MT", optional=True)),
]


@pytest.mark.parametrize(("written", "step"), STEPS, ids=[written for written, _ in STEPS])
def test_steps_have_one_normal_form(folder: Path, written: str, step: Step) -> None:
    """Short and long forms of a step mean the same."""
    assert (step,) == load(folder, f"before: [{written}]\n").before


@pytest.mark.parametrize("end", ['"#a"', '["#a"]', '[{click: "#a"}]'])
def test_ends_selectors_are_clicks(folder: Path, end: str) -> None:
    """A selector under `end` is a click on it, alone, in a list, or as a step."""
    assert (Step(Action.CLICK, "#a"),) == load(folder, f"chat: {{end: {end}}}\n").chat.end


def test_selectors_are_one_or_several(folder: Path) -> None:
    """A selector alone and a list of alternatives are the same kind of value."""
    chat = load(folder, "chat: {launcher: '#a', input: ['#b', text=Ask], speakers: {human: .agent}}\n").chat
    assert (("#a",), ("#b", "text=Ask"), ()) == (chat.launcher, chat.input, chat.send)
    assert {Speaker.HUMAN: (".agent",)} == chat.speakers.by_speaker()


def test_handoff_false_never_asks(folder: Path) -> None:
    """`handoff: false` is a handoff of no turns; left out, it has two."""
    assert Handoff(turns=0) == load(folder, "chat: {handoff: false}\n").chat.handoff
    assert 2 == ChatSpec().handoff.turns


@pytest.mark.parametrize(("written", "limit"), [("15", 15), ("15m", timedelta(minutes=15))])
def test_queue_limit_is_a_position_or_a_wait(folder: Path, written: str, limit: object) -> None:
    """A bare number is a place in line, a duration an announced wait."""
    assert limit == load(folder, f"chat: {{queue_limit: {written}}}\n").chat.queue_limit


def test_proxy_address_is_taken_apart(folder: Path) -> None:
    """Name and word of a proxy's address go where Playwright wants them, and are not shown."""
    scenario = load(folder, "visitor: {proxy: '${P}'}\n", P="http://me:a%20b@proxy.example:3128")
    assert Proxy(server="http://proxy.example:3128", username="me", password="a b") == scenario.visitor.proxy
    assert "a b" not in repr(scenario)


def test_yaml_surprises_are_texts(folder: Path) -> None:
    """Norwegian is a language, an hour is no base-60 number, a date needs no quotes."""
    extra = "timezone: UTC\nclaims: {hours: Mon 09:00-10:00, languages: [en]}\n"
    question = "  - {id: other, text: {no: Hei?, en: 12:30?}, answer: {any_of: on, valid_until: 2027-01-31}}\n"
    path = write(folder, extra)
    path.write_text(path.read_text().replace("[{id: payout, text: How long?}]", f"\n{question}"), encoding="utf-8")
    [asked] = load_file(path).questions
    assert {"no": "Hei?", "en": "12:30?"} == asked.text
    assert Answer(any_of=("on",), valid_until=date(2027, 1, 31)) == asked.answer


def test_key_without_value_counts_as_not_written(folder: Path) -> None:
    """Everything below a key may be commented out."""
    scenario = load(folder, "chat:\n  # launcher: '#x'\nclaims: # later\n")
    assert ChatSpec() == scenario.chat


def test_aliases_within_reason_are_fine(folder: Path) -> None:
    """A value written once may be used again."""
    scenario = load(folder, "chat: {launcher: &button ['#a', '#b'], offline: *button}\n")
    assert ("#a", "#b") == scenario.chat.offline


@pytest.mark.parametrize(
    ("written", "env", "value"),
    [
        ("a ${NAME} b", {"NAME": "x"}, "a x b"),
        ("${NAME}${OTHER}", {"NAME": "x", "OTHER": "y"}, "xy"),
        ("$${NAME} costs 5 $", {}, "${NAME} costs 5 $"),
        ("${NAME:-nobody}", {}, "nobody"),
        ("${NAME:-nobody}", {"NAME": ""}, "nobody"),
        ("${NAME:-nobody}", {"NAME": "x"}, "x"),
        ("${NAME}", {"NAME": "${OTHER}: [#x"}, "${OTHER}: [#x"),
    ],
)
def test_variables_are_replaced_once(folder: Path, written: str, env: dict[str, str], value: str) -> None:
    """A variable's value is taken as text, whatever it looks like."""
    assert value == load(folder, f"visitor: {{name: '{written}'}}\n", **env).visitor.name


def test_saved_sign_in_is_found_beside_the_file(folder: Path) -> None:
    """The path of a saved state counts from the scenario's folder, wherever one stands."""
    (folder / "state.json").write_text("{}", encoding="utf-8")
    assert folder / "state.json" == load(folder, "visitor: {storage_state: state.json}\n").visitor.storage_state


def test_warnings_do_not_fail(folder: Path) -> None:
    """An affiliate's address and an untested language are warned about, each at its line."""
    path = write(folder, "claims: {languages: [en, fr]}\n")
    path.write_text(path.read_text().replace(".example/", ".example/?btag=1&x=2"), encoding="utf-8")
    warned = [(warning.line, warning.path, warning.severity) for warning in load_file(path).warnings]
    assert [(2, "url", "warning"), (4, "claims.languages[1]", "warning")] == warned


def test_a_place_named_twice_is_warned_of(folder: Path) -> None:
    """The same event of the page twice is heard once: the second is told."""
    path = write(folder, "chat: {events: [{event: said}, {property: A.onSaid}, {event: said}]}\n")
    assert ["chat.events[2]"] == [warning.path for warning in load_file(path).warnings]


def test_byte_order_mark_and_windows_lines_are_fine(folder: Path) -> None:
    """Files from other systems load, and lines count the same."""
    path = write(folder, "chat: {x: 1}\n")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(ScenarioError) as caught:
        load_file(path)
    assert [Problem(str(path), 4, "chat.x", "unknown key")] == caught.value.problems


def test_folder_keeps_good_files_beside_bad_ones(folder: Path) -> None:
    """Good scenarios come by file name; bad files are problems; hidden and other files are nobody's business."""
    write(folder, casino="b")
    write(folder, casino="a", name="z.yml")
    write(folder, "oops: 1\n", casino="c")
    write(folder, "oops: 1\n", name=".hidden.yaml")
    (folder / "notes.txt").write_text("oops", encoding="utf-8")
    scenarios, problems = load_folder(folder)
    assert ["b", "a"] == [scenario.casino for scenario in scenarios]
    assert [Problem(str(folder / "c.yaml"), 4, "oops", "unknown key")] == problems


def test_missing_folder_is_a_problem(tmp_path: Path) -> None:
    """A folder that is not there has no scenarios, and one mistake."""
    scenarios, [problem] = load_folder(tmp_path / "nowhere")
    assert ([], "no such folder") == (scenarios, problem.message)


def test_find_by_name_whatever_the_file_is_called(folder: Path) -> None:
    """A casino is found by its own name; other files, good or bad, do not matter."""
    path = write(folder, name="first.yaml")
    write(folder, casino="other")
    write(folder, "oops: 1\n", casino="third")
    assert path == find("lucky", folder).file


def test_find_by_file(folder: Path, tmp_path: Path) -> None:
    """A path needs no folder of scenarios."""
    path = write(folder)
    assert "lucky" == find(str(path), tmp_path / "nowhere").casino


def test_find_tells_the_mistakes_of_the_one_meant(folder: Path) -> None:
    """A casino whose file is wrong is not unknown: its mistakes are told, and no other file's."""
    path = write(folder, "oops: 1\n", name="first.yaml")
    write(folder, "oops: 1\n", casino="other")
    with pytest.raises(ScenarioError) as caught:
        find("lucky", folder)
    assert [str(path)] == [problem.file for problem in caught.value.problems]


def test_find_refuses_a_name_given_twice(folder: Path) -> None:
    """Of two files for one casino none is chosen silently."""
    write(folder, name="a.yaml")
    write(folder, name="b.yaml")
    with pytest.raises(ScenarioError, match="is already the casino of"):
        find("lucky", folder)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("lucki", "did you mean lucky?"), ("zzz", "known: lucky, palace")],
)
def test_unknown_casino_is_told_what_there_is(folder: Path, name: str, hint: str) -> None:
    """A misspelt name gets the nearest one, any other the list."""
    write(folder)
    write(folder, casino="palace")
    with pytest.raises(UnknownCasino) as caught:
        find(name, folder)
    assert hint == caught.value.hint


def test_scenario_made_in_python_has_no_file() -> None:
    """A scenario need not come from a file."""
    made = Scenario.model_validate({"casino": "a", "url": "https://a.example", "questions": [{"id": "q", "text": "?"}]})
    assert ("", "", ()) == (made.yaml, made.sha256, made.warnings)


def test_values_made_in_python_stay_as_they_are() -> None:
    """A part of a scenario can be made of steps, durations and hours that are there already."""
    step = Step(Action.CLICK, "#x")
    made = ChatSpec(deadline=timedelta(seconds=5), form=(step,), end=(step,), queue_limit=timedelta(minutes=1))
    assert (timedelta(seconds=5), (step,), (step,)) == (made.deadline, made.form, made.end)
    assert parse_hours("24/7") == Schedule(blackout=parse_hours("24/7")).blackout


def test_form_placeholders_are_filled_in() -> None:
    """Known placeholders are replaced, other braces stay."""
    assert "Robin: Hi? {x}" == fill_in("{name}: {question} {x}", {"name": "Robin", "question": "Hi?"})


def test_examples_load() -> None:
    """Every example of the project loads, without a variable set and without a warning."""
    scenarios, problems = load_folder(EXAMPLES, env={})
    assert [] == problems
    assert [] == [warning for scenario in scenarios for warning in scenario.warnings]
    assert {path.name for path in EXAMPLES.glob("*.yaml")} == {scenario.file.name for scenario in scenarios}


def test_full_example_says_what_it_says() -> None:
    """The example of every key has each value where it belongs."""
    palace = find("palace", EXAMPLES, env={"PALACE_PROXY": "x"})
    assert parse_hours("24/7") == palace.claims.hours
    assert timedelta(minutes=8) == palace.chat.deadline
    assert ("wagering", None) == (palace.question("wagering").id, palace.question("nothing"))
    assert 15 == palace.chat.queue_limit
    assert "x" == palace.visitor.proxy.password
