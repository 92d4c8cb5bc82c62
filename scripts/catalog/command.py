"""What the commands share: where the project is, which language to speak, and how to fail."""

from __future__ import annotations

import os
import sys
import tomllib
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def home(root: Path = ROOT) -> str:
    """Give the address of the project, which pyproject.toml states."""
    urls = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    return str(urls["Repository"])


def language() -> str:
    """Choose `zh` for an environment that says that its user reads Chinese, else `en`."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if said.startswith("zh") else "en"


def run(main: Callable[[Sequence[str]], int]) -> int:
    """Run a command; a fault of ours is told as one, with exit code 2, and where to send it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        return main(sys.argv[1:])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:  # noqa: BLE001 - nobody but us can do anything about it
        traceback.print_exc()
        print(f"This is a fault of the tool, not of an entry. Tell us: {home()}/issues", file=sys.stderr)
        print(f"这是工具的错误，不是条目的错误。请告诉我们：{home()}/issues", file=sys.stderr)
        return 2
