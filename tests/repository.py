"""Scratch repositories of git, which no setting of anybody's machine changes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import scratch

SOMEBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Somebody"), ("EMAIL", "somebody@acme.ai"), ("DATE", "2026-01-01T00:00:00Z"))
}


class Repository:
    """A project in a repository, with the few things that tests do to it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", "--template=")
        self.git("config", "core.autocrlf", "false")

    @classmethod
    def of(cls, root: Path, entries: dict[str, bytes]) -> Repository:
        """A repository whose one commit is a project of these entries, with `origin/main` at it."""
        made = cls(root)
        scratch.make(root, entries)
        made.commit()
        made.publish()
        return made

    def copy(self, root: Path, *options: str) -> Repository:
        """A clone; `--bare` is one as a code host has it."""
        self.git("clone", "--quiet", *options, os.fspath(self.root), os.fspath(root))
        made = object.__new__(Repository)
        made.root = root
        return made

    def duplicate(self, root: Path) -> Repository:
        """Another repository that is as this one is, file for file; quicker than making it anew."""
        shutil.copytree(self.root, root, symlinks=True)
        other = object.__new__(Repository)
        other.root = root
        return other

    def git(self, *arguments: str, given: bytes = b"") -> str:
        environment = scratch.environment(GIT_CONFIG_GLOBAL=os.devnull, GIT_CONFIG_NOSYSTEM="1", **SOMEBODY)
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, input=given, capture_output=True, check=True
        )
        return done.stdout.decode("utf-8").strip()

    def write(self, path: str, data: bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    def commit(self, **files: bytes) -> str:
        """Commit everything that is there, and give the name of the commit."""
        for path, data in files.items():
            self.write(path, data)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")
        return self.git("rev-parse", "HEAD")

    def publish(self) -> None:
        """Let `origin/main` be where `main` is."""
        self.git("update-ref", "refs/remotes/origin/main", "main")

    def branch(self, name: str, start: str = "main") -> None:
        self.git("checkout", "--quiet", "-b", name, start)

    def merged(self, name: str) -> str:
        """Check out the merge of main and a branch, as GitHub does for a pull request."""
        self.git("checkout", "--quiet", "--detach", "main")
        self.git("merge", "--quiet", "--no-ff", "--message=merge", name)
        return self.git("rev-parse", "HEAD")

    def tree(self, *lines: tuple[str, str, bytes]) -> str:
        """Make a tree of git byte by byte, whatever git thinks of its names, and give its name."""
        raw = b"".join(f"{mode} ".encode() + name + b"\0" + bytes.fromhex(found) for mode, found, name in lines)
        return self.git("hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)

    def blob(self, data: bytes) -> str:
        return self.git("hash-object", "-w", "--stdin", given=data)
