from collections.abc import Iterator
from pathlib import Path

import pytest

from cadre_app.runtime import environment


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """An environment without our variables, and an empty folder to name."""
    for name in (*environment.SECRETS, *environment.ADDRESSES, environment.FOLDER):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    kept = list(environment._found)
    yield tmp_path / "青 蓝"
    environment._found[:] = kept
