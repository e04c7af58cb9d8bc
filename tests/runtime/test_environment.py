import os
import stat
from urllib.parse import unquote

import environ
import pytest

from cadre_app.runtime import environment
from cadre_app.runtime.environment import load_for_command, read_env, surroundings, write_env
from cadre_app.runtime.identity import Account, first_closed_parent
from cadre_app.runtime.say import Refusal, table
from cadre_app.runtime.servers import Site


@pytest.mark.parametrize("argv", [["--data-dir", "{}", "up"], ["up", "--data-dir={}"], ["up", "--data-dir", "{}"]])
def test_up_finds_its_folder_anywhere_among_the_arguments_and_makes_keys(bare, argv):
    rest = load_for_command(["manage.py", *(part.format(bare) for part in argv)])

    assert rest == ["manage.py", "up"]
    assert surroundings().folder == bare
    held = read_env(bare / "env")
    assert sorted(held) == ["DIGEST_KEY", "FIELD_KEYS", "FIELD_KEY_ID", "SECRET_KEY"]
    assert stat.S_IMODE((bare / "env").stat().st_mode) == 0o600
    assert {name: os.environ[name] for name in held} == held


def test_another_command_makes_nothing(bare):
    load_for_command(["manage.py", "check", "--data-dir", str(bare)])

    assert not bare.exists()


def test_a_second_start_keeps_the_keys(bare):
    load_for_command(["manage.py", "up", "--data-dir", str(bare)])
    first = read_env(bare / "env")
    for name in environment.SECRETS:
        del os.environ[name]

    load_for_command(["manage.py", "up", "--data-dir", str(bare)])

    assert read_env(bare / "env") == first


def test_what_is_set_outside_wins_over_the_file_and_is_not_written_into_it(bare, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "from outside")
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")

    load_for_command(["manage.py", "up", "--data-dir", str(bare)])

    assert os.environ["SECRET_KEY"] == "from outside"
    assert sorted(read_env(bare / "env")) == ["DIGEST_KEY", "FIELD_KEYS", "FIELD_KEY_ID"]
    assert surroundings().given == {"DATABASE_URL"}


def test_keys_given_without_their_id_get_no_foreign_id(bare, monkeypatch):
    monkeypatch.setenv("FIELD_KEYS", "own=AAAA")

    load_for_command(["manage.py", "up", "--data-dir", str(bare)])

    assert sorted(read_env(bare / "env")) == ["DIGEST_KEY", "SECRET_KEY"]


def test_an_empty_address_counts_as_not_given(bare, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")

    load_for_command(["manage.py", "check", "--data-dir", str(bare)])

    assert surroundings().given == frozenset()


def test_addresses_of_the_file_reach_every_command(bare):
    bare.mkdir()
    write_env(bare / "env", {"DATABASE_URL": "postgresql://app@%2Ftmp/x", "REDIS_URL": "unix:///tmp/a=b"})

    load_for_command(["manage.py", "check", "--data-dir", str(bare)])

    assert (os.environ["DATABASE_URL"], os.environ["REDIS_URL"]) == ("postgresql://app@%2Ftmp/x", "unix:///tmp/a=b")


def test_a_folder_that_is_a_file_gets_one_line(bare):
    bare.write_text("")

    with pytest.raises(Refusal) as refusal:
        load_for_command(["manage.py", "up", "--data-dir", str(bare)])

    assert "\n" not in str(refusal.value)
    assert str(bare) in str(refusal.value)


@pytest.mark.parametrize("name", ["plain", "with space", "中文 目录", "Upper@home:5432", "50%"])
def test_the_settings_parser_reads_the_socket_address_back(tmp_path, name):
    site = Site(tmp_path, tmp_path / name, None)

    parsed = environ.Env.db_url_config(site.database_url)

    assert (unquote(parsed["HOST"]), parsed["USER"], parsed["NAME"], parsed["PORT"]) == (
        str(tmp_path / name),
        "app",
        "qinglan",
        "",
    )


def test_field_keys_survive_the_settings_parser(bare, monkeypatch):
    secrets = environment.new_secrets()
    monkeypatch.setenv("FIELD_KEYS", secrets["FIELD_KEYS"])

    keys = environ.Env().dict("FIELD_KEYS")

    assert keys == {"k1": secrets["FIELD_KEYS"].removeprefix("k1=")}


def test_the_first_folder_an_account_cannot_pass_is_named(tmp_path):
    closed = tmp_path / "closed"
    (closed / "inside").mkdir(parents=True)
    tmp_path.chmod(0o711)
    closed.chmod(0o700)
    stranger = Account("stranger", 54321, 54321)

    found = first_closed_parent(closed / "inside" / "pg", stranger)

    assert found is not None
    assert closed.is_relative_to(found)


def test_columns_align_where_characters_are_wide():
    assert table([("甲", "1"), ("abc", "2")]) == "  甲   1\n  abc  2"
