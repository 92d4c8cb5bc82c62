"""What a branch of git does to the catalog, compared with where it went apart from another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from catalog.command import home
from catalog.git import fork_point, merge_base, touched
from catalog.history import state_at
from catalog.paste import repaired
from catalog.preview import Preview, preview


def looked_at(root: Path, base: str, head: str | None, shown: str | None = None, *, trusted: bool = True) -> Preview:
    """Look at a commit, or at the working tree (`head=None`), that is to be merged into `base`.

    `shown` is the commit that links lead to, if that is not `head`. Of a branch that is not trusted nothing but its
    entries is read: the schema of its base judges them; the working tree is always trusted. Raises WrongUseError for
    what is not there or cannot be read.
    """
    start = merge_base(root, base, head or "HEAD")
    files = touched(root, start, head)
    before = state_at(root, start, touched=files)
    after = state_at(root, head, None if trusted else start, files)
    began = fork_point(root, base, head or "HEAD")
    found = preview(before, after, files, home(root), shown or after.commit, began)
    return replace(found, repaired=repaired(root, after, None if trusted else start, found.problems))
