"""Keeping, replacing, removing; what lies on the disk, and what time takes away."""

import os
import time
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from cadre_app.core import crypto
from cadre_app.core.models import Stale
from cadre_app.files import services, storage
from cadre_app.files.checks import check_upload
from cadre_app.files.listing import files_of, first_of
from cadre_app.files.models import StoredFile
from cadre_app.files.sweeping import sweep_files
from cadre_app.files.uploads import CheckedUpload
from cadre_app.history.models import Entry
from tests.factories import PersonFactory
from tests.files.conftest import FOLDER
from tests.files.made import picture

pytestmark = pytest.mark.django_db


def upload(text: str = "正文", name: str = "信.docx") -> CheckedUpload:
    return CheckedUpload(name, "document", "application/octet-stream", text.encode())


def photo() -> CheckedUpload:
    return check_upload("张三的照片.jpg", picture(), families=("picture",))


@pytest.fixture
def kept(staff, owner) -> StoredFile:
    return services.store_file(kind=FOLDER, owner=owner, upload=photo(), actor=staff)


def on_disk() -> list[bytes]:
    return [path.read_bytes() for path in storage._folder().rglob("*") if path.is_file()]


def test_what_was_kept_is_read_again(kept, owner) -> None:
    found = StoredFile.objects.get()
    assert (found.name, found.owner_id, found.owner_label) == ("张三的照片.jpg", owner.pk, "people.person")
    assert (found.width, found.height, found.small_size) == (120, 80, (120, 80))
    assert services.read_content(found) == photo().content
    assert services.read_content(found, small=True) == photo().small


def test_a_stolen_disk_and_a_stolen_table_show_nothing(kept) -> None:
    assert len(on_disk()) == 2
    assert [b"\xff\xd8\xff" in data or "张三".encode() in data for data in on_disk()] == [False, False]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM files_storedfile")
        assert [row for row in cursor.fetchall() if "张三" in row[0]] == []


def test_files_lie_outside_the_web_root_and_are_read_by_the_product_alone(kept, settings) -> None:
    [folder] = list(storage._folder().iterdir())
    paths = list(folder.iterdir())
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path for path in paths if str(settings.STATIC_ROOT) in str(path)] == []


def test_bytes_under_another_name_do_not_open(staff, owner, kept) -> None:
    other = services.store_file(kind=FOLDER, owner=owner, upload=upload(), actor=staff)
    storage._path(other.pk, storage.CONTENT).write_bytes(storage._path(kept.pk, storage.CONTENT).read_bytes())
    with pytest.raises(crypto.Unreadable):
        services.read_content(other)


def test_altered_bytes_do_not_open(kept) -> None:
    path = storage._path(kept.pk, storage.CONTENT)
    for data in (b"", b"nonsense", b"\xff\xfe", path.read_bytes()[:-1], path.read_bytes().replace(b"\x00", b"\x01", 1)):
        path.write_bytes(data)
        with pytest.raises(crypto.Unreadable):
            services.read_content(kept)


def test_history_knows_that_and_whose_but_neither_name_nor_content(kept, staff, owner) -> None:
    [entry] = Entry.objects.about(kept)
    assert (entry.verb, entry.actor, entry.sealed) == ("files.storedfile.added", staff, ["name"])
    assert entry.after == {
        "kind": FOLDER,
        "owner_label": "people.person",
        "owner_id": str(owner.pk),
        "content_type": "image/jpeg",
        "size": len(photo().content),
        "sha256": photo().sha256,
    }


def test_an_owner_has_at_most_what_the_kind_allows(staff, owner) -> None:
    services.store_files(kind=FOLDER, owner=owner, uploads=[upload(), upload()], actor=staff)
    with pytest.raises(ValidationError) as error:
        services.store_files(kind=FOLDER, owner=owner, uploads=[upload(), upload()], actor=staff)
    assert (error.value.code, StoredFile.objects.count(), len(on_disk())) == ("too_many", 2, 2)
    services.store_file(kind=FOLDER, owner=owner, upload=upload(), actor=staff)
    services.store_file(kind=FOLDER, owner=PersonFactory.create(), upload=upload(), actor=staff)
    assert services.store_files(kind=FOLDER, owner=owner, uploads=[], actor=staff) == []


def test_a_removed_file_is_gone_from_every_list_and_can_be_restored(kept, staff, owner) -> None:
    gone = services.remove_file(kept, reason="误传", version=1, actor=staff)
    assert (gone.is_voided, first_of(FOLDER, owner.pk)) == (True, None)
    back = services.restore_file(gone, version=gone.version, actor=staff)
    assert (back.is_voided, first_of(FOLDER, owner.pk)) == (False, kept)
    assert [entry.verb for entry in Entry.objects.about(kept)][::-1] == [
        "files.storedfile.added",
        "files.storedfile.voided",
        "files.storedfile.restored",
    ]


def test_an_old_page_removes_nothing(kept, staff) -> None:
    with pytest.raises(Stale):
        services.remove_file(kept, version=7, actor=staff)


def test_nothing_is_restored_where_the_place_is_taken(kept, staff, owner) -> None:
    gone = services.remove_file(kept, actor=staff)
    services.store_files(kind=FOLDER, owner=owner, uploads=[upload()] * 3, actor=staff)
    with pytest.raises(ValidationError) as error:
        services.restore_file(gone, actor=staff)
    assert error.value.code == "too_many"


def test_a_new_file_takes_the_place_of_the_old_one(kept, staff, owner) -> None:
    new = services.replace_file(kind=FOLDER, owner=owner, upload=upload(), actor=staff)
    assert files_of(FOLDER, [owner.pk]) == {owner.pk: [new]}


@pytest.mark.parametrize("owners", [1, 3])
def test_the_files_of_many_cost_one_query(staff, owners, django_assert_num_queries) -> None:
    people = [PersonFactory.create() for _number in range(owners)]
    for person in people:
        services.store_files(kind=FOLDER, owner=person, uploads=[upload("一"), upload("二")], actor=staff)
    empty = uuid.uuid4()
    with django_assert_num_queries(1):
        found = files_of(FOLDER, [*(person.pk for person in people), empty])
    assert found[empty] == []
    assert [[services.read_content(file).decode() for file in found[person.pk]] for person in people] == [
        ["一", "二"]
    ] * owners


def test_the_content_of_a_removed_file_is_deleted_after_thirty_days(kept, staff) -> None:
    gone = services.remove_file(kept, actor=staff)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        sweep_files()
    assert len(on_disk()) == 2
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert sweep_files() == 1
        assert sweep_files() == 0
    assert on_disk() == []
    entry = Entry.objects.about(gone).filter(verb="files.storedfile.emptied").get()
    assert entry.actor is None
    gone.refresh_from_db()
    with pytest.raises(ValidationError) as error:
        services.restore_file(gone, actor=staff)
    assert error.value.code == "emptied"


def test_what_a_broken_off_upload_left_is_swept_after_a_day_and_nothing_else(kept, monkeypatch) -> None:
    stray = uuid.UUID(kept.pk.hex[:2] + uuid.uuid4().hex[2:])
    storage.keep(stray, storage.CONTENT, b"x")
    half = storage._path(kept.pk, storage.CONTENT).with_suffix(".1.part")
    half.write_bytes(b"x")
    now = int(kept.pk.hex[:2], 16) * 60
    monkeypatch.setattr(
        "cadre_app.files.sweeping.time.time", lambda: time.time_ns() / 1e9 // (256 * 60) * 256 * 60 + now
    )
    assert sweep_files() == 0
    for path in storage._folder().rglob("*"):
        if path.is_file():
            os.utime(path, (0, 0))
    assert sweep_files() == 2
    assert services.read_content(kept) == photo().content


def test_a_change_that_fails_keeps_no_row(staff, owner) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        services.store_file(kind=FOLDER, owner=owner, upload=upload(), actor=staff)
        raise RuntimeError
    assert StoredFile.objects.count() == 0
