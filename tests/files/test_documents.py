"""PDF, Word and Excel: kept as they come, or refused whole."""

import io
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError

from cadre_app.files.checks import check_upload
from cadre_app.files.checks.pdf import page_picture
from tests.files.made import SHEET_MAIN, WORD_MAIN, pdf, picture, sheet, types, word, zipped

pytestmark = pytest.mark.django_db
FAMILIES = ("picture", "pdf", "document", "sheet")
LINK = '<Relationships><Relationship Id="r1" Type="http://x/%s" Target="https://elsewhere/" TargetMode="External"/></Relationships>'


def checked(name: str, content: bytes):
    return check_upload(name, content, families=FAMILIES)


def refused(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as error:
        checked(name, content)
    return str(error.value.code)


@pytest.mark.parametrize(
    ("name", "content", "family"),
    [
        ("总结.pdf", pdf("Hello", "world"), "pdf"),
        ("总结.docx", word("林知远同志工作总结", "一年来……"), "document"),
        ("台账.xlsx", sheet("姓名", "林知远"), "sheet"),
    ],
)
def test_documents_are_kept_as_they_come(name: str, content: bytes, family: str) -> None:
    found = checked(name, content)
    assert (found.name, found.family, found.content) == (name, family, content)


def test_the_pages_of_a_pdf_are_counted_and_can_be_drawn() -> None:
    content = pdf("one", "two", "three")
    assert checked("a.pdf", content).pages == 3
    assert [page_picture(content, number)[:3] for number in (1, 3)] == [b"\xff\xd8\xff"] * 2
    with pytest.raises(ValidationError):
        page_picture(content, 4)


def _streamed(body: bytes) -> bytes:
    packed = zlib.compress(body)
    head = b"<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    return head + packed + b"\nendstream"


PASSWORD = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.5\nnothing", "damaged"),
        (pdf()[:200], "damaged"),
        (b"junk" + pdf(), "other_content"),
        (pdf() + zipped({"evil.exe": b"MZ"}), "other_content"),
        (b"<html>%PDF-1.5", "other_content"),
        (picture(), "other_content"),
        (pdf(catalog=b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "active"),
        (pdf(catalog=b"/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>"), "active"),
        (pdf(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>"), "active"),
        (pdf(extra=b"<< /Names << /EmbeddedFiles << /Names [] >> >> >>"), "active"),
        (pdf(extra=_streamed(b"9 0 << /S /JavaScript /JS (app.alert(1)) >>")), "active"),
        (pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /ID [<41> <41>] /Encrypt " + PASSWORD), "protected"),
    ],
)
def test_a_pdf_that_is_none_or_does_something_is_refused(content: bytes, code: str) -> None:
    assert refused("a.pdf", content) == code


def test_words_about_scripts_in_a_pdf_are_words() -> None:
    assert checked("a.pdf", pdf("/JavaScript /Launch")).pages == 1


def _bomb() -> bytes:
    return zipped(
        {"[Content_Types].xml": types(WORD_MAIN, "word/document.xml"), "word/document.xml": bytes(90_000_000)}
    )


def _overlapping() -> bytes:
    """A table of contents in which many names lead to the same packed bytes."""
    content = zipped({"a": b"A" * 60_000})
    place = content.index(b"PK\x01\x02")
    entry = content[place : content.index(b"PK\x05\x06")]
    entries = b"".join(entry[:-1] + bytes([97 + number]) for number in range(20))
    end = bytearray(content[content.index(b"PK\x05\x06") :])
    end[8:12] = (20).to_bytes(2, "little") * 2
    end[12:16] = len(entries).to_bytes(4, "little")
    return content[:place] + entries + bytes(end)


def _with(name: str, data: bytes | str = b"x") -> bytes:
    return word("正文", parts={name: data})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_bomb(), "too_large"),
        (_overlapping(), "damaged"),
        (_with("../../etc/passwd"), "unsafe_name"),
        (_with("..\\evil.exe"), "unsafe_name"),
        (_with("/etc/passwd"), "unsafe_name"),
        (_with("C:/evil.exe"), "unsafe_name"),
        (_with("word/vbaProject.bin"), "macros"),
        (word("x", main="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (_with("word/activeX/activeX1.bin"), "macros"),
        (_with("word/embeddings/oleObject1.bin"), "active"),
        (_with("word/_rels/settings.xml.rels", LINK % "attachedTemplate"), "linked"),
        (_with("word/_rels/document.xml.rels", LINK % "oleObject"), "linked"),
        (_with("word/footnotes.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"), "damaged"),
        (_with("word/footnotes.xml", "<w:footnotes><w:p>"), "damaged"),
        (_with("word/a.xml", '<w:fldSimple xmlns:w="w" w:instr="DDEAUTO c:\\\\cmd.exe"/>'), "active"),
        (sheet("x"), "other_content"),
        (zipped({"a.txt": b"x"}), "other_content"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
        (b"MZ" + word("x"), "other_content"),
        (word("x")[:-30], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "other_content"),
        (picture(), "other_content"),
    ],
)
def test_a_word_file_that_is_none_or_brings_something_along_is_refused(content: bytes, code: str) -> None:
    assert refused("a.docx", content) == code


def test_a_link_that_a_reader_presses_is_allowed() -> None:
    assert checked("a.docx", _with("word/_rels/document.xml.rels", LINK % "hyperlink")).family == "document"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("宏.docm", "macros"),
        ("宏.xlsm", "macros"),
        ("旧.doc", "old"),
        ("旧.xls", "old"),
        ("表.et", "old"),
        ("程序.exe", "other_kind"),
        ("页.html", "other_kind"),
        ("图.svg", "other_kind"),
        ("包.zip", "other_kind"),
        ("没有后缀", "other_kind"),
        ("双.pdf.exe", "other_kind"),
        ("倒\u202efdp.exe", "other_kind"),
    ],
)
def test_other_names_are_refused_whatever_is_inside(name: str, code: str) -> None:
    assert refused(name, word("正文")) == code


def test_a_kind_takes_only_its_own_families() -> None:
    with pytest.raises(ValidationError) as error:
        check_upload("a.docx", word("x"), families=("picture", "pdf"))
    assert (error.value.code, error.value.params) == ("other_kind", {"kinds": "JPG、PNG、HEIC、PDF"})


def _xl(**parts: str) -> bytes:
    return sheet("x", parts={f"xl/{name}.xml": text for name, text in parts.items()})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("秘密★1年.pdf", pdf()),
        ("关于某事的通知（机密★）.docx", word("正文")),
        ("绝密.jpg", picture()),
        ("a.docx", word("机密★10年", "关于某事的通知")),
        ("a.docx", word("关于某事的通知", "正文", "正文", "正文", "正文", "正文", "秘密★")),
        ("a.docx", word("秘密")),
        ("a.docx", word("正文", header="绝密")),
        ("a.docx", word("正文", header="机密 ★ 20 年")),
        ("a.docx", word("秘密\u200b★1年")),
        ("a.xlsx", sheet("姓名", "秘密★1年")),
        ("a.xlsx", sheet("姓名", name="机密★")),
        ("a.xlsx", sheet("姓名", header="&amp;L正文&amp;R&amp;14机密")),
        ("a.xlsx", sheet("x", parts={"xl/drawings/drawing1.xml": '<a xmlns:a="a"><a:p><a:t>绝密★</a:t></a:p></a>'})),
        ("a.pdf", pdf("正文", "秘密★1年\n关于某事的通知")),
        ("a.pdf", pdf("机密\n关于某事的通知")),
    ],
)
def test_a_marking_in_a_marking_position_refuses_the_file(name: str, content: bytes) -> None:
    assert refused(name, content) == "classified"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("《保守国家秘密法》与工作秘密管理.docx", word("《保守国家秘密法》与工作秘密管理", "保守党的秘密")),
        ("保密教育.pdf", pdf("商业秘密\n保密教育\n保守党的秘密")),
        ("课程.xlsx", sheet("《保守国家秘密法》与工作秘密管理", "商业秘密", name="保密教育")),
    ],
)
def test_talk_about_secrecy_passes(name: str, content: bytes) -> None:
    assert checked(name, content).content == content


def test_a_refused_marking_tells_the_hash_of_what_was_sent() -> None:
    content = word("机密★10年")
    with pytest.raises(ValidationError) as error:
        checked("a.docx", content)
    import hashlib

    assert error.value.params == {"sha256": hashlib.sha256(content).hexdigest()}
    assert zipfile.is_zipfile(io.BytesIO(content))
    assert SHEET_MAIN != WORD_MAIN
