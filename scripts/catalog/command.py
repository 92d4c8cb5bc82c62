"""What the commands share: where the project and its Python are, which language to speak, and how to fail."""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from catalog.problem import Text, WrongUseError, inert, visible
from catalog.wording import say

ROOT = Path(__file__).resolve().parents[2]
NO_HOME = Text(
    "pyproject.toml does not state the address of the project; undo its change",
    "pyproject.toml 没有写明项目地址；请撤销对它的改动",
)
INTERRUPTED = 130  # what shells call a command that was stopped by Ctrl-C


def home(root: Path = ROOT) -> str:
    """Give the address of the project, which pyproject.toml states. Raises WrongUseError if it does not."""
    import tomllib  # noqa: PLC0415 - only those who need it wait for it

    try:
        urls = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
        return str(urls["Repository"])
    except (OSError, ValueError, LookupError, TypeError):
        raise WrongUseError(NO_HOME) from None


def python() -> str:
    """Name the interpreter that is running, which has the packages, as one writes it in the folder of the project."""
    program = Path(sys.executable or "python")
    name = str(program.relative_to(ROOT) if program.is_relative_to(ROOT) else program)
    return f'"{name}"' if " " in name else name


def on_github() -> bool:
    """Whether GitHub's runner reads what is printed."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def language() -> str:
    """Choose `zh` for an environment that says that its user reads Chinese, else `en`."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if said.startswith("zh") else "en"


def refused(program: str, error: WrongUseError, *languages: str) -> int:
    """Tell what was asked for in vain, a line for each language, and give the exit code of wrong use."""
    for each in languages:
        print(f"{program}: {inert(say(error.text, each))}", file=sys.stderr)
    return 2


def run(main: Callable[[Sequence[str]], int]) -> int:
    """Run a command; a fault of ours is told as one, with exit code 2, and where to send it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    gc.disable()  # a command ends before its garbage matters, and what it reads has no cycles
    try:
        code = main(sys.argv[1:])
        print(end="", flush=True)  # so that a reader who left is noticed here
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except WrongUseError as error:
        return refused(Path(sys.argv[0]).name, error, language())
    except Exception:  # noqa: BLE001 - nobody but us can do anything about it
        import traceback  # noqa: PLC0415 - only when something went wrong

        _confess(traceback.format_exc())
        return 2
    return code


def _confess(trace: str) -> None:
    """Say that the tool is at fault; what an entry holds stays off the start of a line."""
    for line in trace.splitlines():
        print(f"| {inert(visible(line))}", file=sys.stderr)
    try:
        address = f"{home()}/issues/new?template=3-tools.yml"
    except WrongUseError:
        address = "pyproject.toml"
    print(f"This is a fault of the tool, not of an entry. Tell us: {address}", file=sys.stderr)
    print(f"这是工具的错误，不是条目的错误。请告诉我们：{address}", file=sys.stderr)
