import hashlib
import io
import json
import stat
import tarfile
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from cadre_app.runtime import archive, stand
from cadre_app.runtime.management.commands.restore import empty
from cadre_app.runtime.say import Refusal
from tests.factories import UnitFactory

KEYS = {"SECRET_KEY": "s" * 60, "FIELD_KEYS": "k1=AAAA", "FIELD_KEY_ID": "k1", "DIGEST_KEY": "BBBB"}
PEOPLE = (
    "0001_initial",
    "0002_in_development",
    "0003_due_days",
    "0004_party_probation",
    "0005_schooling_from",
    "0006_openings",
    "0007_full_within_a_year",
    "0008_ends_of_probation",
    "0009_saved_filters_moved",
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    (folder / "二零二六").mkdir(parents=True)
    (folder / "二零二六" / "任免 表.pdf").write_bytes(b"%PDF" + bytes(range(256)) * 5000)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "link").symlink_to("/etc/passwd")
    return folder


@pytest.fixture
def second_database(transactional_db):
    """An empty database beside the test database."""
    words = archive.dsn()
    name = words["dbname"] + "_restored"
    with psycopg2_autocommit(words) as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield {**words, "dbname": name}
    with psycopg2_autocommit(words) as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class psycopg2_autocommit:  # noqa: N801
    def __init__(self, words: archive.Dsn) -> None:
        self.connection = psycopg2.connect(**words)
        self.connection.autocommit = True

    def __enter__(self):
        return self.connection.cursor()

    def __exit__(self, *exc: object) -> None:
        self.connection.close()


@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_is_what_is_restored(tmp_path, files, second_database):
    UnitFactory(name="沧浦镇𠮷")
    UnitFactory(name="a'b\\c\n")
    target = tmp_path / "备份.tar"

    manifest = archive.write_backup(target, database=archive.dsn(), files=files, keys=KEYS, version="1")
    found = archive.read_archive(target, tmp_path / "out")
    archive.run_client(
        "pg_restore", second_database, "--no-owner", "--exit-on-error", str(tmp_path / "out" / "database.dump")
    )
    with archive.closing_connection(second_database) as restored:
        sums = archive.table_sums(restored)

    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert found == manifest
    assert archive.differences(manifest, sums) == []
    assert manifest["tables"]["org_unit"]["rows"] == 2
    assert json.loads((tmp_path / "out" / "keys.json").read_bytes()) == KEYS
    name = "二零二六/任免 表.pdf"
    assert (tmp_path / "out" / "files" / name).read_bytes() == (files / name).read_bytes()
    assert sorted(name for name in manifest["sha256"] if name.startswith("files/")) == [
        "files/empty.txt",
        "files/二零二六/任免 表.pdf",
    ]


@pytest.mark.django_db(transaction=True)
def test_one_changed_letter_and_one_lost_row_are_noticed(tmp_path, files):
    first, second = UnitFactory(name="甲"), UnitFactory(name="乙")
    manifest = archive.write_backup(tmp_path / "b", database=archive.dsn(), files=files, keys=KEYS, version="1")

    type(first).objects.filter(pk=first.pk).update(name="丙")
    changed = sums_now()
    type(first).objects.filter(pk=first.pk).update(name="甲")
    same = sums_now()
    type(second).objects.filter(pk=second.pk).delete()
    lost = sums_now()

    assert [archive.differences(manifest, sums) for sums in (changed, same, lost)] == [["org_unit"], [], ["org_unit"]]


def sums_now() -> list[archive.TableSum]:
    with archive.closing_connection(archive.dsn()) as own:
        return archive.table_sums(own)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_exists_is_not_overwritten(tmp_path, files):
    (tmp_path / "b.tar").write_text("mine")

    with pytest.raises(Refusal):
        archive.write_backup(tmp_path / "b.tar", database=archive.dsn(), files=files, keys=KEYS, version="1")

    assert (tmp_path / "b.tar").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar", "files"]


def test_the_database_password_is_not_on_the_command_line(monkeypatch):
    seen = {}

    class Done:
        returncode = 0

    def run(command, **options):
        seen.update(command=command, password=options["env"]["PGPASSWORD"])
        return Done()

    monkeypatch.setattr(archive.subprocess, "run", run)

    archive.run_client("pg_dump", {"dbname": "x", "user": "u", "password": "topsecret"})

    assert "topsecret" not in " ".join(seen["command"])
    assert seen["password"] == "topsecret"


def made_up(path: Path, *members: tuple[tarfile.TarInfo, bytes], sums: dict[str, str] | None = None) -> Path:
    named = {info.name: hashlib.sha256(data).hexdigest() for info, data in members}
    manifest = {"format": 1, "version": "1", "tables": {}, "migrations": [], "sha256": named if sums is None else sums}
    with tarfile.open(path, "w") as written:
        for info, data in (*members, member("manifest.json", json.dumps(manifest).encode())):
            written.addfile(info, io.BytesIO(data))
    return path


def member(
    name: str, data: bytes = b"x", kind: bytes = tarfile.REGTYPE, link: str = ""
) -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, len(data) if kind == tarfile.REGTYPE else 0
    return info, data if kind == tarfile.REGTYPE else b""


@pytest.mark.parametrize(
    "evil",
    [
        member("../outside"),
        member("files/../../outside"),
        member("/tmp/outside"),
        member("files//../outside"),
        member("outside"),
        member("files/link", kind=tarfile.SYMTYPE, link="/etc/passwd"),
        member("files/hard", kind=tarfile.LNKTYPE, link="keys.json"),
        member("files/pipe", kind=tarfile.FIFOTYPE),
        member("keys.json/inside"),
    ],
    ids=lambda value: value[0].name,
)
def test_nothing_of_a_made_up_archive_leaves_the_folder(tmp_path, evil):
    source = made_up(tmp_path / "evil.tar", member("keys.json", b"{}"), evil)

    with pytest.raises(Refusal):
        archive.read_archive(source, tmp_path / "a" / "b")

    assert [path.name for path in tmp_path.rglob("*outside*")] == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no archive"),
        lambda path: path.write_bytes(made_up(path, member("keys.json", b"{}")).read_bytes()[:600]),
        lambda path: made_up(path, member("keys.json", b"{}"), sums={"keys.json": "0" * 64}),
        lambda path: made_up(path, member("keys.json", b"{}"), sums={}),
        lambda path: made_up(path, sums={"keys.json": "0" * 64}),
        lambda path: made_up(path, member("keys.json", b"{}"), member("keys.json", b"{}")),
    ],
)
def test_a_damaged_archive_is_refused_in_one_line(tmp_path, damage):
    path = tmp_path / "b.tar"
    damage(path)

    with pytest.raises(Refusal) as refusal:
        archive.read_archive(path, tmp_path / "out")

    assert "\n" not in str(refusal.value)


def test_an_archive_of_a_newer_version_is_refused():
    stand.refuse_newer([("runtime", "0001_initial"), ("runtime", "0001_tables")], "0.1")

    with pytest.raises(Refusal):
        stand.refuse_newer([("runtime", "0001_tables"), ("runtime", "0999_later")], "9")


def test_a_database_with_all_or_none_of_the_former_migrations_can_be_brought_up_to_date():
    every = [("people", name) for name in PEOPLE]

    stand.refuse_halfway([])
    stand.refuse_halfway(every)
    with pytest.raises(Refusal, match=r"people\.0009_saved_filters_moved"):
        stand.refuse_halfway(every[:-1])
    with pytest.raises(Refusal, match=r"policy\.0005_visit_occasions"):
        stand.refuse_halfway(
            [("policy", "0001_initial"), ("policy", "0003_arrival_items"), ("policy", "0004_measures")]
        )


def test_a_failed_restore_takes_back_what_it_made(tmp_path):
    made = tmp_path / "data"
    (made / "pg" / "base").mkdir(parents=True)
    (made / "env").write_text("x")

    empty(made, keep=True)
    assert list(made.iterdir()) == []
    empty(made, keep=False)
    assert not made.exists()


@pytest.mark.django_db
def test_the_address_for_the_clients_is_the_one_django_uses():
    assert archive.dsn()["dbname"] == connection.settings_dict["NAME"]
