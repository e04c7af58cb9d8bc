"""Messages outside: what they say, that each failure becomes a short kind, and that no other host is ever called."""

import json
import socket
import threading
import time
import uuid
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.core import mail

from cadre_app.reminders.channels import ChannelError, Outgoing, message_host, public_url, send, texts_for, trial_texts
from cadre_app.reminders.robots import _Ear

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
TOKEN = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90"
SECRET = "SEC0123456789abcdef0123456789abcdef"
LINK = "http://127.0.0.1:8000/reminders/due/"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def outgoing(channel="email", address="lin@example.cn", **fields):
    subject, body = texts_for(2, "zh-hans", LINK)
    return Outgoing(fields.pop("id", uuid.uuid4()), channel, address, subject, body, LINK)


def failure_of(message):
    with pytest.raises(ChannelError) as caught:
        send(message)
    return caught.value.kind, caught.value.permanent, str(caught.value)


@pytest.mark.parametrize(
    ("count", "language", "subject", "body"),
    [
        (
            1,
            "en",
            "Qinglan: 1 item is due or will be due soon",
            f"1 item is due or will be due soon. Please sign in to see it: {LINK}",
        ),
        (
            2,
            "en",
            "Qinglan: 2 items are due or will be due soon",
            f"2 items are due or will be due soon. Please sign in to see them: {LINK}",
        ),
        (3, "zh-hans", "青蓝：您有3件事项到期或将到期", f"您有3件事项到期或将到期，请登录查看：{LINK}"),
        (1, "", "青蓝：您有1件事项到期或将到期", f"您有1件事项到期或将到期，请登录查看：{LINK}"),
    ],
)
def test_a_message_says_how_many_and_where_to_look(count, language, subject, body):
    assert texts_for(count, language, LINK) == (subject, body)


def test_a_trial_says_that_it_is_one():
    assert trial_texts("zh-hans", LINK) == (
        "青蓝：测试消息",
        f"测试消息：今后有事项到期或将到期，将在此提醒。请登录查看：{LINK}",
    )


def test_links_begin_with_the_public_address(settings):
    settings.PUBLIC_URL = "https://qinglan.example.cn"
    assert public_url("/reminders/due/") == "https://qinglan.example.cn/reminders/due/"


def test_an_email_bears_the_same_message_id_at_every_try(settings):
    settings.PUBLIC_URL = "https://qinglan.example.cn:8443"
    message = outgoing()
    send(message)
    send(message)
    headers = [sent.message() for sent in mail.outbox]
    assert [sent["Message-ID"] for sent in headers] == [f"<{message.id}@qinglan.example.cn>"] * 2
    assert [sent.to for sent in mail.outbox] == [["lin@example.cn"]] * 2
    assert headers[0]["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("address", "host"),
    [("http://[::1]:8000", "[::1]"), ("https://a.example.cn", "a.example.cn"), ("", "qinglan")],
)
def test_message_ids_name_the_host_of_the_public_address(settings, address, host):
    settings.PUBLIC_URL = address
    assert message_host() == host


def test_without_a_mail_server_a_message_is_a_file(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    message = outgoing()
    send(message)
    (written,) = list(Path(tmp_path / "mail").iterdir())
    read = message_from_bytes(written.read_bytes().split(b"\n-----")[0], policy=policy.default)
    assert (read["To"], str(read["Subject"]).strip(), read.get_content().strip()) == (
        "lin@example.cn",
        message.subject,
        message.body,
    )


@pytest.mark.parametrize("address", ["lin@example.cn\nBcc: x@example.cn", "lin\r\n@example.cn"])
def test_an_address_with_a_line_end_is_refused_for_good(address):
    assert failure_of(outgoing(address=address)) == ("address", True, "address")
    assert mail.outbox == []


def test_an_unknown_channel_is_refused_for_good():
    assert failure_of(outgoing("pager")) == ("address", True, "address")


@contextmanager
def mail_server(settings, talk, *, seconds=1):
    """A server on this machine that `talk`s with whoever connects; mail goes there."""
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = SMTP, "127.0.0.1", seconds
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT = server.getsockname()[1]
        server.settimeout(5)

        def serve():
            peer, _address = server.accept()
            with peer:
                peer.settimeout(5)
                talk(peer, ended)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield
        ended.set()
        thread.join(5)
        assert not thread.is_alive()


def hangs(peer, ended):
    ended.wait(5)


def resets(peer, ended):
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


def answers(**replies):
    """A mail server that answers each command (its first word) as told, else 250; "" closes the line."""

    def talk(peer, ended):
        peer.sendall(b"220 here\r\n")
        with peer.makefile("rb") as lines:
            in_data = False
            for line in lines:
                word = line.split(b" ")[0].strip().upper().decode("ascii", "replace")
                if in_data and line != b".\r\n":
                    continue
                word = "END" if in_data else word
                in_data = word == "DATA"
                reply = replies.get(word, "354 go" if in_data else "250 ok")
                if not reply:
                    resets(peer, ended)
                    return
                peer.sendall(f"{reply}\r\n".encode())
                if word == "QUIT":
                    return

    return talk


@pytest.mark.parametrize(
    ("talk", "kind", "permanent"),
    [
        (hangs, "timeout", False),
        (resets, "connection", False),
        (answers(END=""), "connection", False),
        (answers(RCPT="550 no such lin@example.cn"), "refused", True),
        (answers(RCPT="450 lin@example.cn is busy"), "busy", False),
        (answers(END="554 spam"), "refused", True),
        (answers(MAIL="530 who are you"), "sign_in", False),
        (answers(EHLO="421 later", HELO="421 later"), "busy", False),
    ],
    ids=["hangs", "resets", "resets after the text", "no such person", "busy", "spam", "sender", "later"],
)
def test_what_a_mail_server_does_wrong_becomes_a_kind_in_bounded_time(settings, talk, kind, permanent):
    started = time.monotonic()
    with mail_server(settings, talk):
        assert failure_of(outgoing()) == (kind, permanent, kind)
    assert time.monotonic() - started < 5


def test_a_mail_server_that_takes_the_message_is_well(settings):
    with mail_server(settings, answers()):
        send(outgoing())


def test_a_mail_server_that_is_not_there_cannot_be_reached(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP, "127.0.0.1", port
    assert failure_of(outgoing()) == ("unreachable", False, "unreachable")


class Robot:
    """Stands where requests would go out, and answers."""

    def __init__(self):
        self.asked = []
        self.answer = (200, {"errcode": 0, "errmsg": "ok"})

    def answered(self, request, options):
        self.asked.append((request, options))
        if isinstance(self.answer, Exception):
            raise self.answer
        status, body = self.answer
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = status, request, request.url
        answer._content = body if isinstance(body, bytes) else json.dumps(body).encode()
        if 300 <= status < 400:
            answer.headers["Location"] = "https://elsewhere.example/"
        return answer


@pytest.fixture
def robot(monkeypatch):
    standing = Robot()
    monkeypatch.setattr(
        requests.Session, "send", lambda _session, request, **options: standing.answered(request, options)
    )
    return standing


def test_a_wecom_robot_gets_the_text_and_nothing_else(robot):
    message = outgoing("wecom", KEY)
    send(message)
    ((request, options),) = robot.asked
    assert (request.method, request.url) == ("POST", f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}")
    assert json.loads(request.body) == {"msgtype": "text", "text": {"content": message.body}}
    assert (options["timeout"], options["allow_redirects"], options["verify"] is False) == ((4.0, 6.0), False, False)


@pytest.mark.parametrize("address", [TOKEN, f"{TOKEN}:{SECRET}"])
def test_a_dingtalk_robot_gets_the_text_signed_where_asked(robot, address):
    message = outgoing("dingtalk", address)
    send(message)
    ((request, options),) = robot.asked
    parts = urlsplit(request.url)
    asked = parse_qs(parts.query)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "oapi.dingtalk.com", "/robot/send")
    assert (asked["access_token"], "sign" in asked) == ([TOKEN], SECRET in address)
    assert json.loads(request.body)["text"] == {"content": message.body}
    assert (options["timeout"], options["allow_redirects"]) == ((4.0, 6.0), False)


@pytest.mark.parametrize("channel", ["wecom", "dingtalk"])
@pytest.mark.parametrize(
    ("answer", "kind", "permanent"),
    [
        ((200, {"errcode": 93000, "errmsg": "invalid webhook url"}), "refused", True),
        ((200, {"errcode": 310000, "errmsg": "keywords not in content"}), "refused", True),
        ((200, {"errcode": 45009, "errmsg": "api freq out of limit"}), "busy", False),
        ((200, {"errcode": 130101, "errmsg": "send too fast"}), "busy", False),
        ((200, b"<html>"), "answer", False),
        ((200, []), "answer", False),
        ((200, {"errcode": "0"}), "answer", False),
        ((204, b""), "answer", False),
        ((302, b""), "answer", False),
        ((404, b""), "refused", True),
        ((429, b""), "busy", False),
        ((502, b""), "busy", False),
        (requests.ConnectTimeout(), "timeout", False),
        (requests.ReadTimeout(), "timeout", False),
        (requests.ConnectionError(f"Max retries: key={KEY}"), "connection", False),
        (requests.exceptions.SSLError(), "connection", False),
    ],
)
def test_what_a_robot_answers_becomes_a_kind(robot, channel, answer, kind, permanent):
    robot.answer = answer
    assert failure_of(outgoing(channel, KEY if channel == "wecom" else TOKEN)) == (kind, permanent, kind)
    assert len(robot.asked) == 1


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("wecom", ""),
        ("wecom", "https://evil.example/x"),
        ("wecom", f"{KEY}@evil.example"),
        ("wecom", f"{KEY}:{SECRET}"),
        ("wecom", f"{KEY}\n"),
        ("dingtalk", ""),
        ("dingtalk", f"{TOKEN}/18800000000"),
        ("dingtalk", f"{TOKEN}:x"),
        ("dingtalk", "127.0.0.1"),
    ],
)
def test_an_address_that_is_no_key_calls_nobody(robot, channel, address):
    assert failure_of(outgoing(channel, address)) == ("address", True, "address")
    assert robot.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://oapi.dingtalk.com/robot/send",
        "https://oapi.dingtalk.com:444/robot/send",
        "https://x@oapi.dingtalk.com/robot/send",
        "https://oapi.dingtalk.com.evil.example/",
        "https://127.0.0.1/",
    ],
)
def test_the_library_reaches_no_other_host(robot, url):
    with pytest.raises(requests.exceptions.InvalidURL):
        _Ear(requests).post(url)
    assert robot.asked == []


@pytest.mark.parametrize("channel", ["wecom", "dingtalk"])
def test_neither_key_nor_text_goes_into_the_logs(robot, caplog, channel):
    caplog.set_level("INFO")
    for answer in [(200, {"errcode": 0}), (404, b""), requests.ConnectionError("boom")]:
        robot.answer = answer
        try:
            send(outgoing(channel, KEY if channel == "wecom" else f"{TOKEN}:{SECRET}"))
        except ChannelError:
            continue
    told = caplog.text
    assert [word for word in (KEY, TOKEN, SECRET, LINK) if word in told] == []


@pytest.mark.parametrize(("language", "keyword"), [("zh-hans", "到期"), ("en", "due")])
def test_every_text_holds_the_keyword_that_a_robot_may_ask_for(language, keyword):
    bodies = [texts_for(1, language, LINK)[1], texts_for(5, language, LINK)[1], trial_texts(language, LINK)[1]]
    assert [keyword in body.replace(LINK, "") for body in bodies] == [True] * 3
