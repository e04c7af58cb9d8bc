import pytest

from cadre_app.files.checks.names import LONGEST, plain_name, split

LONG = "望屿区梧岭镇梧头村水渠修复现场照片" * 5


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("现场 照片.jpg", "现场 照片.jpg"),
        ("../../etc/passwd.jpg", "_.._etc_passwd.jpg"),
        ("C:\\Users\\a\\照片.jpg", "C_Users_a_照片.jpg"),
        ("倒\u202egpj.照片.png", "倒gpj.照片.png"),
        ("a\x00b\x1f.jpg", "ab.jpg"),
        ("孤\ud800行.jpg", "孤行.jpg"),
        ("  .jpg", "_.jpg"),
        ("", "_"),
        ("...", "_"),
        ("换\n行.pdf", "换_行.pdf"),
        ('引"号<尖>|*?.pdf', "引_号_尖_.pdf"),
        ("𠮷安㛃.JPG", "𠮷安㛃.jpg"),
        ("全角．ｊｐｇ", "全角．ｊｐｇ"),
        (f"{LONG}.jpg", f"{LONG[:LONGEST]}.jpg"),
    ],
)
def test_a_name_is_kept_as_it_can_be_shown(sent: str, kept: str) -> None:
    assert plain_name(sent) == kept


def test_a_chinese_name_of_255_bytes_keeps_its_ending() -> None:
    name = "照" * 83 + "a.jpg"
    assert len(name.encode()) == 254
    assert plain_name(name) == name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.tar.GZ", ("a.tar", ".gz")),
        ("没有后缀", ("没有后缀", "")),
        ("句号。pdf", ("句号。pdf", "")),
        ("a.", ("a.", "")),
        ("a.averyverylongending", ("a.averyverylongending", "")),
        ("a.ＪＰＧ", ("a", ".jpg")),
    ],
)
def test_the_ending_is_told_from_the_name(name: str, parts: tuple[str, str]) -> None:
    assert split(name) == parts
