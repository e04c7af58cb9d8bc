"""The address that browsers send breaches of the content policy to."""

import json

import pytest
from django.test import Client
from structlog.testing import capture_logs

URL = "/csp-report"


def send(client: Client, body: bytes) -> tuple[int, list[dict[str, object]]]:
    with capture_logs() as logs:
        response = client.post(URL, body, content_type="application/csp-report")
    return response.status_code, [log for log in logs if log["event"] == "csp_report"]


@pytest.mark.django_db
def test_a_report_is_logged_without_the_query_of_its_addresses(client: Client) -> None:
    report = {"effective-directive": "style-src-attr", "document-uri": "https://x/people/?q=姓名", "script-sample": "x"}

    status, logs = send(client, json.dumps({"csp-report": report}).encode())

    assert status == 204
    assert [(log["effective_directive"], log["document_uri"]) for log in logs] == [
        ("style-src-attr", "https://x/people/")
    ]
    assert "script_sample" not in logs[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b'{"csp-report": 1}', b"\x00\xff", b"[" * 50_000, b'{"csp-report": {"a": "' + b"x" * 100_000],
)
def test_whatever_is_sent_gets_the_same_answer_and_no_log(client: Client, body: bytes) -> None:
    assert send(client, body) == (204, [])
