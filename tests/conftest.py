"""What tests share: the project's schema, and scratch projects."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalog.schema import Schema

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def schema() -> Schema:
    return Schema.load(ROOT / "schema")


@pytest.fixture
def project(tmp_path: Path):
    """Write files into a scratch project and give its root."""

    def write(files: dict[str, bytes]) -> Path:
        (tmp_path / "entries").mkdir(exist_ok=True)
        for name, data in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return tmp_path

    return write
