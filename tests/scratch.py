"""A small project of its own, with the real schema and template, for the commands to run on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEMPLATES = ("README.template.md", "CONTRIBUTING.template.md")
NEEDED = ("schema/entry.schema.json", "schema/vocabularies.json", "pyproject.toml", *TEMPLATES)
GENERATED = {
    *(f"{page}{end}" for page in ("README", "CONTRIBUTING", "docs/fields", "docs/wanted") for end in (".md", ".zh.md")),
    *(f".github/ISSUE_TEMPLATE/{name}.yml" for name in ("1-missing-model", "2-correction", "3-tools", "config")),
}
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs what Windows has not: links, modes, pipes, hooks, odd names")


def right(name: str, maker: str = "") -> bytes:
    """An entry without fault, which describes its organization if that is named."""
    described = f"organization: {{name: {{en: {maker}}}, kind: company, location: {{country: US}}}}\n" if maker else ""
    return f"name: {{en: {name}}}\n{described}{REST}".encode()


REST = "type: model\ndomain: general\nstatus: available\nsources: [{url: https://acme.ai/foo}]\n"


def wrong(name: str, maker: str = "") -> bytes:
    """The same with one fault, in the value of `status`."""
    return right(name, maker).replace(b"available", b"avaliable")


def make(root: Path, entries: dict[str, bytes]) -> Path:
    """Make a project of these entries, by their paths below `entries/`."""
    for name in NEEDED:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, root / name)
    (root / "entries").mkdir()
    for name, data in entries.items():
        add(root, name, data)
    return root


def add(root: Path, name: str, data: bytes) -> None:
    path = root / "entries" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def environment(**given: str) -> dict[str, str]:
    """What a program needs to start, and what is given; nothing else of this machine."""
    return {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ} | given


def run(command: str, *argv: str, cwd: Path = ROOT, **given: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command as people do."""
    program = [sys.executable, str(ROOT / "scripts" / command), *argv]
    return subprocess.run(program, cwd=cwd, env=environment(**given), capture_output=True, check=False)


def files(root: Path) -> dict[str, bytes]:
    """Every file of a project but its entries, by its path."""
    every = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in every if root / "entries" not in path.parents
    }
