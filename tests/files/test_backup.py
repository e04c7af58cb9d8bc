"""The backup takes along what lies in the folder of files, sealed as it is, and a restored folder opens it."""

import pytest

from cadre_app.files import services, storage
from cadre_app.files.uploads import CheckedUpload
from cadre_app.runtime import archive
from tests.files.conftest import FOLDER


@pytest.mark.django_db(transaction=True)
def test_what_was_uploaded_comes_back_from_a_backup(staff, owner, settings, tmp_path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "files"
    upload = CheckedUpload("a.jpg", "picture", "image/jpeg", b"large picture", b"small picture", 3, 4)
    file = services.store_file(kind=FOLDER, owner=owner, upload=upload, actor=staff)
    half = storage._path(file.pk, storage.CONTENT).with_suffix(".1.part")
    half.write_bytes(b"an upload that is being written")

    manifest = archive.write_backup(
        tmp_path / "b.tar", database=archive.dsn(), files=settings.PRIVATE_ROOT, keys={}, version="1"
    )
    archive.read_archive(tmp_path / "b.tar", tmp_path / "out")
    settings.PRIVATE_ROOT = tmp_path / "out" / "files"

    assert manifest["tables"]["files_storedfile"]["rows"] == 1
    assert (services.read_content(file), services.read_content(file, small=True)) == (
        b"large picture",
        b"small picture",
    )
    packed = (tmp_path / "b.tar").read_bytes()
    assert [text in packed for text in (b"large picture", b"a.jpg", b"being written")] == [False] * 3


@pytest.mark.django_db(transaction=True)
def test_a_file_that_goes_while_the_backup_runs_does_not_stop_it(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / name).write_bytes(name.encode())
    add = archive._add_file

    def add_slowly(tar, name, path):
        if path == folder / "a":
            path.unlink()
        return add(tar, name, path)

    monkeypatch.setattr(archive, "_add_file", add_slowly)
    manifest = archive.write_backup(tmp_path / "b.tar", database=archive.dsn(), files=folder, keys={}, version="1")

    assert [name for name in manifest["sha256"] if name.startswith("files/")] == ["files/b"]
