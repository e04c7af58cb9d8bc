"""Backup while it runs, restore into a new folder, start that."""

import os

import pytest

from cadre_app.runtime.environment import SECRETS, read_env
from tests.faults.test_lifetime import people
from tests.faults.up import manage

pytestmark = pytest.mark.faults


def test_a_running_product_is_backed_up_restored_elsewhere_and_started(make_up, make_begun, place):
    up = make_begun("旧 data").start()
    names = people(up)
    (up.folder / "files" / "附件").mkdir()
    (up.folder / "files" / "附件" / "证书 1.pdf").write_bytes(os.urandom(100_000))

    backup = manage("backup", str(place / "b.tar"), "--data-dir", str(up.folder))
    assert (backup.returncode, backup.stderr) == (0, "")
    content = (up.folder / "files" / "附件" / "证书 1.pdf").read_bytes()
    keys = read_env(up.folder / "env")
    assert up.stop() == 0
    restored = manage("restore", str(place / "b.tar"), "--data-dir", str(place / "新 data"))

    assert (restored.returncode, restored.stderr) == (0, "")
    assert "不符" not in restored.stdout
    assert (place / "新 data" / "files" / "附件" / "证书 1.pdf").read_bytes() == content
    again = make_up("新 data")
    held = read_env(again.folder / "env")
    assert {name: held[name] for name in SECRETS} == {name: keys[name] for name in SECRETS}
    assert again.living() == set()
    again.start()
    assert people(again) == names
    again.becomes_healthy()
    assert again.stop() == 0

    refused = manage("restore", str(place / "b.tar"), "--data-dir", str(again.folder))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert again.start().stop() == 0


def test_a_stopped_product_is_backed_up_too(make_begun, place):
    up = make_begun("data", "--no-demo")

    backup = manage("backup", str(place / "b.tar"), "--data-dir", str(up.folder))

    assert (backup.returncode, backup.stderr) == (0, "")
    assert up.living() == set()


def test_a_damaged_archive_leaves_no_folder(place):
    (place / "b.tar").write_bytes(b"\0" * 2048)

    refused = manage("restore", str(place / "b.tar"), "--data-dir", str(place / "new"))

    assert (refused.returncode, refused.stderr.count("\n"), (place / "new").exists()) == (1, 1, False)
