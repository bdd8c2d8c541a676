"""What every command shares: how errors look, how results are printed, the options that mean the same everywhere."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import re
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn, TypeVar

import click

from chatprobe.errors import BadFile, ChatprobeError, Interrupted, StorageFull, UsageError, did_you_mean

F = TypeVar("F", bound=Callable[..., Any])
SCHEMA = 1
FOUND_PROBLEMS = 6
"""Exit code of a command that came to its end and has something to complain about."""

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    # OSC, DCS …: titles, links. Bounded, or unfinished ones would make the search quadratic.
    r"|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x00-\x1f\x80-\x9f]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]")


def safe(text: str) -> str:
    """`text` from outside as one harmless line: no escape sequences, controls, bidi overrides or line breaks."""
    line = _SPACES.sub(" ", _ESCAPES.sub("", text))
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", line))


def out(text: str = "") -> None:
    """A line of the result, on stdout. Text from outside must have passed `safe`."""
    click.echo(_SURROGATES.sub("\ufffd", text))


def note(text: str = "") -> None:
    """A line for the person watching, on stderr. Text from outside must have passed `safe`."""
    click.echo(_SURROGATES.sub("\ufffd", text), err=True)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, its columns as wide as they must be; text from outside must have passed `safe`."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def emit_json(data: Any) -> None:
    """The result as the one JSON document of `--json`."""
    _emit({"schema": SCHEMA, "data": data})


def _emit(document: dict[str, Any]) -> None:
    text = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    # JSON escapes C0 only; the rest of what a terminal obeys keeps its meaning as \uXXXX.
    click.echo(_UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def finish(code: int) -> NoReturn:
    """End the command with exit code `code`, its output having been printed."""
    raise click.exceptions.Exit(code)


db_option = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("chatprobe.db"),
    envvar="CHATPROBE_DB",
    show_default="./chatprobe.db",
    show_envvar=True,
    metavar="FILE",
    help="The database.",
)
scenarios_option = click.option(
    "--scenarios",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("scenarios"),
    envvar="CHATPROBE_SCENARIOS",
    show_default="./scenarios",
    show_envvar=True,
    metavar="DIR",
    help="The folder of scenario files.",
)
browser_option = click.option(
    "--browser",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="CHATPROBE_BROWSER",
    show_envvar=True,
    metavar="PATH",
    help="The Chrome or Chromium to use; found by itself where not given.",
)


class LinesFile(click.File):
    """A file of lines to read; where `-` means a standard input that is closed, that is the user's mistake."""

    def __init__(self) -> None:
        """Lines are read as bytes: what they are is not known yet."""
        super().__init__("rb")

    def convert(
        self, value: str | os.PathLike[str] | IO[Any], param: click.Parameter | None, ctx: click.Context | None
    ) -> IO[Any]:
        """Open the file."""
        if value == "-" and sys.stdin is None:
            self.fail("standard input is closed", param, ctx)
        return super().convert(value, param, ctx)


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


class Group(click.Group):
    """A click group whose failures all take one of two shapes: `error: …` with `hint: …`, or one JSON document."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Parse the group's own options; colours are off where the environment says so, which click overlooks."""
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            extra.setdefault("color", False)
        as_json = _wants_json(args)
        with _told(as_json=as_json):
            context = super().make_context(info_name, args, parent, **extra)
        context.meta["chatprobe.as_json"] = as_json
        return context

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; whatever it raises becomes a message and an exit code."""
        with _told(as_json=ctx.meta["chatprobe.as_json"]):
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout is not None:  # as it is where the shell closed it
                    sys.stdout.flush()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one was probably meant."""
        name, known = args[0], self.list_commands(ctx)
        if name in known or name.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        raise UsageError(f"no such command: {safe(name)}", did_you_mean(name, known) or _help_hint(ctx))


def _wants_json(args: list[str]) -> bool:
    """Whether `--json` stands among the arguments, known before they are parsed: parsing may be what fails."""
    options = args[: args.index("--")] if "--" in args else args
    return "--json" in options


def _help_hint(context: click.Context | None) -> str | None:
    return f'try "{context.command_path} --help"' if context else None


@contextlib.contextmanager
def _told(*, as_json: bool) -> Iterator[None]:
    """Turn whatever is raised inside into its message and its exit code."""
    try:
        yield
    except (click.exceptions.Exit, click.exceptions.NoArgsIsHelpError):
        raise
    except ChatprobeError as error:
        _tell(error, as_json=as_json)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        _tell(UsageError(error.format_message(), _help_hint(context)), as_json=as_json)
    except (KeyboardInterrupt, click.Abort):
        _tell(Interrupted("interrupted"), as_json=as_json)
    except BrokenPipeError as error:
        if not _reader_gone():
            _tell_bug(error, as_json=as_json)
        raise click.exceptions.Exit(0) from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            _tell_bug(error, as_json=as_json)
        full = StorageFull("the disk is full: not all could be written", "free some space")
        _tell(full, as_json=as_json and not _output_full())
    except Exception as error:  # noqa: BLE001 - the last resort: nobody else could say it better
        _tell_bug(error, as_json=as_json)


def _tell(error: ChatprobeError, *, as_json: bool) -> NoReturn:
    """Print `error` in the shape asked for and end with its exit code."""
    if as_json and _emitted({"code": error.code, "message": error.message, "hint": error.hint}):
        raise click.exceptions.Exit(error.exit_code) from None
    if isinstance(error, BadFile):
        for problem in error.problems:
            _tell_line(str(problem), problem.hint)
    else:
        _tell_line(error.message, error.hint)
    raise click.exceptions.Exit(error.exit_code) from None


def _tell_line(message: str, hint: str | None) -> None:
    note(f"{click.style('error:', fg='red')} {safe(message)}")
    if hint:
        note(f"hint: {safe(hint)}")


def _tell_bug(error: Exception, *, as_json: bool) -> NoReturn:
    """An error nobody foresaw: one line for the user, everything else in a file."""
    if os.environ.get("CHATPROBE_DEBUG"):
        import traceback

        note("".join(traceback.format_exception(error)))
    from chatprobe.cli.crash import record_crash

    path = record_crash(error)
    where = f"the details are in {path}; " if path else ""
    message = f"internal error: {type(error).__name__}: {error}"
    _tell(ChatprobeError(message, f"{where}CHATPROBE_DEBUG=1 shows them here"), as_json=as_json)


def _reader_gone() -> bool:
    """Whether the broken pipe is our own output's; if so, keep Python from complaining about it at its end."""
    gone = False
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(io.UnsupportedOperation):
            if stream is not None and _broken(stream.fileno()):
                _let_go(stream)
                gone = True
    return gone


def _emitted(error: dict[str, Any]) -> bool:
    """Whether the error as JSON could be written."""
    try:
        _emit({"schema": SCHEMA, "error": error})
    except OSError:
        _output_full()
        return False
    return not _output_full()


def _output_full() -> bool:
    """Whether the file that stdout goes to takes no more; what still waits for it is lost then."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _let_go(sys.stdout)
        return True
    return False


def _let_go(stream: IO[str]) -> None:
    """Send what is still to come of `stream` nowhere, or Python would complain about it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _broken(descriptor: int) -> bool:
    """Whether nobody reads what is written to `descriptor`, a pipe or socket."""
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))
