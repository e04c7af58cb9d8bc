"""What is taken as an address, what is kept of it, and what is shown."""

import pytest
from django.core.exceptions import ValidationError

from cadre_app.reminders.addresses import masked, read_address, robot_parts

KEY = "693a91f6-7c0e-4bc4-97a0-0ec2a1fa5aaa"
TOKEN = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
SECRET = "SEC0123456789abcdef"
WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"
DINGTALK = "https://oapi.dingtalk.com/robot/send"


@pytest.mark.parametrize(
    ("channel", "typed", "signing", "kept"),
    [
        ("email", " lin.zy@example.gov.cn ", "", "lin.zy@example.gov.cn"),
        ("wecom", KEY, "", KEY),
        ("wecom", f"  {WECOM}?key={KEY}\n", "", KEY),
        ("wecom", f"https://QYAPI.weixin.qq.com/cgi-bin/webhook/send/?key={KEY}", "", KEY),
        ("wecom", f"{WECOM}?key={KEY}&debug=1", "", KEY),
        ("dingtalk", TOKEN, "", TOKEN),
        ("dingtalk", f"{DINGTALK}?access_token={TOKEN}", "", TOKEN),
        ("dingtalk", f"{DINGTALK}?access_token={TOKEN}&secret={SECRET}", "", f"{TOKEN}:{SECRET}"),
        ("dingtalk", f"{DINGTALK}?access_token={TOKEN}", f" {SECRET} ", f"{TOKEN}:{SECRET}"),
    ],
)
def test_an_address_is_reduced_to_what_is_needed(channel, typed, signing, kept):
    assert read_address(channel, typed, signing=signing) == kept


@pytest.mark.parametrize(
    ("channel", "typed"),
    [
        ("email", ""),
        ("email", "lin"),
        ("email", "lin@"),
        ("email", "林@例子.中国"),
        ("email", "a@b.cn, c@d.cn"),
        ("email", "Lin <lin@example.cn>"),
        ("email", "lin@example.cn\nBcc: x@y.cn"),
        ("email", f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.cn"),
        ("wecom", "key"),
        ("wecom", f"{WECOM}"),
        ("wecom", f"{WECOM}?key="),
        ("wecom", f"{WECOM}?key={KEY}%2F..%2Fx"),
        ("wecom", f"{WECOM}?key={KEY}@evil.example"),
        ("wecom", f"http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://user@qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://evil.example/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://evil.example\\@qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://qyapi.weixin.qq.com/other?key={KEY}"),
        ("wecom", f"//qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://qyapi.weixin.qq.com\t/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"https://[qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"),
        ("wecom", f"{WECOM}?{'&'.join(['a=1'] * 20)}&key={KEY}"),
        ("wecom", f"{DINGTALK}?access_token={TOKEN}"),
        ("wecom", f"wecombot://{KEY}"),
        ("wecom", "http://169.254.169.254/latest/meta-data/"),
        ("wecom", "file:///etc/passwd"),
        ("dingtalk", f"{TOKEN}/18800000000"),
        ("dingtalk", f"{TOKEN}:x"),
        ("dingtalk", f"{WECOM}?key={KEY}"),
        ("dingtalk", f"{DINGTALK}?access_token={TOKEN}/x"),
        ("dingtalk", f"https://oapi.dingtalk.com.cn/robot/send?access_token={TOKEN}"),
    ],
)
def test_anything_else_is_refused(channel, typed):
    with pytest.raises(ValidationError) as caught:
        read_address(channel, typed)
    assert caught.value.code == "address"


def test_a_wrong_signing_secret_is_refused_beside_its_field():
    with pytest.raises(ValidationError) as caught:
        read_address("dingtalk", TOKEN, signing="0123456789abcdef")
    assert list(caught.value.error_dict) == ["signing"]


def test_a_kept_address_is_taken_apart():
    assert (robot_parts("wecom", KEY), robot_parts("dingtalk", f"{TOKEN}:{SECRET}")) == ((KEY, ""), (TOKEN, SECRET))


@pytest.mark.parametrize(
    ("channel", "address", "shown"),
    [
        ("email", "lin.zy@example.gov.cn", "l***@example.gov.cn"),
        ("email", "", ""),
        ("wecom", KEY, "***5aaa"),
        ("dingtalk", f"{TOKEN}:{SECRET}", "***8f90"),
    ],
)
def test_an_address_is_shown_so_that_nobody_can_use_it(channel, address, shown):
    assert masked(channel, address) == shown
