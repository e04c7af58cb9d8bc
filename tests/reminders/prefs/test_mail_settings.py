"""Where mail goes: a server where one is named, files or the screen where none is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
NAMES = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
TELL = f"import json; from cadre_app import settings as s; print(json.dumps([getattr(s, n) for n in {NAMES} + ('EMAIL_FILE_PATH', 'PUBLIC_URL')]))"


def read(**values):
    """These settings in a process of its own, with only these variables set."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", TELL],
        cwd=PROJECT,
        env={**kept, "QINGLAN_DATA_DIR": "/data/青蓝", **values},
        capture_output=True,
        check=True,
        text=True,
    )
    backend, *rest = json.loads(done.stdout)
    return (backend.split(".")[-2], *rest)


HERE = ("localhost", 25, "", False, False, "/data/青蓝/mail", "http://127.0.0.1:8000")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ("filebased", *HERE)),
        ({"EMAIL_URL": ""}, ("filebased", *HERE)),
        ({"QINGLAN_DEBUG": "1"}, ("console", *HERE)),
        (
            {"EMAIL_URL": "smtp+tls://u:p%40ss@mail.example.cn:587", "PUBLIC_URL": "https://q.example.cn/"},
            ("smtp", "mail.example.cn", 587, "p@ss", True, False, "/data/青蓝/mail", "https://q.example.cn"),
        ),
        (
            {"EMAIL_URL": "smtp+ssl://mail.example.cn:465", "QINGLAN_DEBUG": "1"},
            ("smtp", "mail.example.cn", 465, "", False, True, "/data/青蓝/mail", "http://127.0.0.1:8000"),
        ),
        ({"EMAIL_URL": "filemail:///srv/mail"}, ("filebased", *HERE[:5], "/srv/mail", HERE[6])),
    ],
)
def test_mail_goes_where_the_environment_says(values, expected):
    assert read(**values) == expected
