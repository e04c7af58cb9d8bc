import io
import struct
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from cadre_app.core.importing import ImportColumn
from cadre_app.imports.reading import limits
from cadre_app.imports.reading.table import read_table
from cadre_app.imports.reading.workbook import read_file
from tests.imports.reading.books import (
    TYPES,
    WORKBOOK,
    book,
    inline,
    only_sheet,
    raw_book,
    sheet_xml,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = book(["姓名", "出生年月"], ["林知远", "1996.07"])
ROW = f'<row r="1">{inline("姓名", "A1")}</row>'


def code_of(content, name="名册.xlsx", most_rows=100):
    with pytest.raises(ValidationError) as caught:
        read_file(content, name, most_rows=most_rows)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "empty"),
        (b"", "a.csv", "empty"),
        (OLE + bytes(600), "a.xls", "old"),
        (OLE + bytes(600), "a.xlsx", "old"),
        (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "protected"),
        (GOOD, "a.xlsm", "macros"),
        (GOOD, "a.xls", "other_table"),
        (GOOD, "a.csv", "other_name"),
        (GOOD, "a.docx", "no_table"),
        (GOOD, "a", "no_table"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.xlsx", "other_content"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.csv", "no_table"),
        (b"%PDF-1.7", "a.csv", "no_table"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "a.xls", "other_table"),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "a.csv", "no_table"),
        ("姓名\n林知远".encode(), "a.xlsx", "other_content"),
        ("姓名\n林知远".encode(), "a.ods", "other_table"),
        ("姓名\n林知远".encode(), "a.exe", "no_table"),
        (b"PK\x05\x06" + bytes(18), "a.xlsx", "damaged"),
        (GOOD[: len(GOOD) // 2], "a.xlsx", "damaged"),
        (b"%PDF-1.7" + GOOD, "a.xlsx", "other_content"),
        (b"PK\x03\x04" + b"x" * 40 + GOOD, "a.xlsx", "damaged"),
        (raw_book({"[Content_Types].xml": TYPES.replace("spreadsheetml", "wordprocessingml")}), "a.xlsx", "no_table"),
        (raw_book({"[Content_Types].xml": TYPES.replace("sheet.main", "sheet.macroEnabled.main")}), "a.xlsx", "macros"),
        (raw_book({"xl/vbaProject.bin": b"x"}), "a.xlsx", "macros"),
        (raw_book({"xl/macrosheets/sheet1.xml": b"x"}), "a.xlsx", "macros"),
        (raw_book({"../../etc/passwd": b"x"}), "a.xlsx", "unsafe_name"),
        (raw_book({"/etc/passwd": b"x"}), "a.xlsx", "unsafe_name"),
        (raw_book({"xl\\..\\..\\x": b"x"}), "a.xlsx", "unsafe_name"),
        (raw_book({"c:/x": b"x"}), "a.xlsx", "unsafe_name"),
        (raw_book({"xl/workbook.xml": "<workbook>"}), "a.xlsx", "damaged"),
        (raw_book({"xl/workbook.xml": WORKBOOK.replace("rId1", "rId9")}), "a.xlsx", "no_sheet"),
        (raw_book({"xl/workbook.xml": WORKBOOK.replace("<sheet ", '<sheet state="hidden" ')}), "a.xlsx", "no_sheet"),
        (raw_book(compression=zipfile.ZIP_BZIP2), "a.xlsx", "damaged"),
        (only_sheet(""), "a.xlsx", "empty"),
        (b"\xef\xbb\xbf", "a.csv", "empty"),
        (b"\r\n , ,\r\n", "a.csv", "empty"),
    ],
)
def test_what_is_no_plain_workbook_is_refused_in_words(content, name, code):
    assert code_of(content, name) == code


def test_a_file_over_the_size_limit_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(limits.MOST_BYTES + 1)
    assert code_of(path, "a.csv") == "oversize"


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY e "&b;&b;&b;&b;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
)
def test_document_types_and_entities_are_refused_in_every_part(part, prolog):
    texts = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.xml": WORKBOOK,
        "xl/worksheets/sheet1.xml": sheet_xml(f"<row r='1'>{inline('&e;')}</row>"),
        "xl/sharedStrings.xml": "<sst><si><t>&e;</t></si></sst>",
    }
    assert code_of(raw_book({part: prolog + texts[part]})) == "damaged"


def test_a_document_type_in_another_encoding_is_refused_too():
    hidden = ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x []>' + sheet_xml(ROW)).encode("utf-16")
    assert code_of(raw_book({"xl/worksheets/sheet1.xml": hidden})) == "damaged"


def test_a_bomb_is_refused_from_the_table_of_contents():
    one_text = sheet_xml(f'<row r="1">{inline("0" * 30_000_000, "A1")}</row>')
    assert code_of(raw_book({"xl/worksheets/sheet1.xml": one_text})) == "too_large"


def test_a_table_of_contents_that_lies_about_sizes_is_found_while_reading():
    content = bytearray(raw_book({"xl/sharedStrings.xml": "<sst>" + "<si><t>0</t></si>" * 50_000 + "</sst>"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/sharedStrings.xml").file_size
    content = content.replace(struct.pack("<L", size), struct.pack("<L", 40))
    assert code_of(bytes(content)) == "damaged"


def test_too_many_entries_are_refused():
    many = {f"xl/media/{number}.png": b"" for number in range(limits.MOST_ENTRIES)}
    assert code_of(raw_book(many)) == "too_large"


def test_two_entries_of_one_name_are_refused():
    out = io.BytesIO(raw_book())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", WORKBOOK)
    assert code_of(out.getvalue()) == "damaged"


def test_an_encrypted_entry_is_said_to_be_protected():
    content = bytearray(raw_book())
    start = content.rindex(b"PK\x01\x02")
    content[start + 8] |= 1
    assert code_of(bytes(content)) == "protected"


def test_a_size_that_is_a_lie_costs_nothing():
    body = ROW + f'<row r="1048576">{inline("末", "XFD1048576")}{inline("末", "A1048576")}</row>'
    content = only_sheet(
        body,
        before='<dimension ref="A1:XFD1048576"/>',
        after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    )
    started = time.monotonic()
    sheet = read_file(content, "a.xlsx", most_rows=100)[0]
    assert [(row.number, row.cells) for row in sheet.rows] == [(1, ["姓名"]), (1_048_576, ["末"])]
    assert sheet.is_wider
    assert time.monotonic() - started < 1


def test_more_elements_than_agreed_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 1000)
    assert code_of(only_sheet("<row/>" * 1001)) == "too_large"


def test_texts_beyond_the_limit_are_refused_unless_there_are_too_many_rows_anyway(monkeypatch):
    content = book(["姓名"], *[[f"某同志{number}"] for number in range(200)])
    monkeypatch.setattr(limits, "MOST_STRINGS", 100)
    assert code_of(content, most_rows=1000) == "too_large"
    assert read_file(content, "a.xlsx", most_rows=10)[0].is_cut


def test_reading_stops_right_after_the_limit_of_rows():
    rows = "".join(f'<row r="{n}">{inline("某", f"A{n}")}</row>' for n in range(1, 50_000))
    started = time.monotonic()
    sheet = read_file(only_sheet(rows), "a.xlsx", most_rows=100)[0]
    assert (sheet.is_cut, len(sheet.rows)) == (True, 100 + limits.HEAD_ROWS)
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    "attributes",
    ['r="A1" s="x"', 'r="A1" s="99999"', 'r="1A"', 'r="ÄÖ9"', 'r=""', 't="x"', 't="s"', 'r="A1" t="d"', 't="b"'],
)
@pytest.mark.parametrize("value", ["", "1", "-1", "1e999", "nan", "²", "9" * 5000, "x", "1_0"])
def test_odd_cells_are_read_or_refused_but_never_break(attributes, value):
    content = only_sheet(f'{ROW}<row r="-5"><c {attributes}><v>{value}</v></c></row>')
    assert read_file(content, "a.xlsx", most_rows=10)[0].rows[0].cells == ["姓名"]


def told(content, name="a.xlsx"):
    """What is said about a file; nothing for one that can be read."""
    try:
        read_file(content, name, most_rows=10)
    except ValidationError as refusal:
        return refusal.messages
    return []


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=400), name=st.text(max_size=20) | st.sampled_from(["a.xlsx", "a.csv", "a.txt"]))
def test_no_bytes_raise_anything_but_a_clear_refusal(content, name):
    assert all(told(content, name))


@settings(max_examples=300, deadline=None)
@given(
    start=st.sampled_from([b"PK\x03\x04", OLE, b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\r\n"]),
    rest=st.binary(max_size=400),
)
def test_no_bytes_behind_a_known_beginning_do_either(start, rest):
    for name in ("a.xlsx", "a.csv"):
        assert all(told(start + rest, name))


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_no_damage_to_a_good_workbook_does_either(data):
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert all(told(bytes(content)))


@settings(max_examples=300, deadline=None)
@given(
    part=st.sampled_from(
        ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml",
         "xl/sharedStrings.xml", "xl/styles.xml"]
    ),
    text=st.lists(
        st.sampled_from(
            ["<a>", "</a>", "<row>", "<row r='9'>", "</row>", "<c>", "<c t='s'>", "</c>", "<v>", "</v>", "<t>", "</t>", "1",
             "<is>", "</is>", "<f>", "</f>", "<si>", "</si>", "<rPh>", "</rPh>", "&amp;", "<sheet/>", "<sheet r:id='rId1'/>",
             "<xf numFmtId='x'/>", "<cellXfs>", "</cellXfs>", "<mergeCell ref='A0:B0'/>", "<oddHeader>", "</oddHeader>",
             "<numFmt numFmtId='200' formatCode='yyyy'/>", "<col min='x' max='²' hidden='1'/>", "<Relationship Target='..'/>"]
        ),
        max_size=20,
    ),
)  # fmt: skip
def test_no_markup_in_any_part_does_either(part, text):
    assert all(told(raw_book({part: "<x xmlns:r='r'>" + "".join(text) + "</x>"})))


def quickly(content, name="a.xlsx"):
    """What is said, and that it was said soon."""
    started = time.monotonic()
    messages = told(content, name)
    assert time.monotonic() - started < 20
    return messages


def test_endless_lists_of_small_things_are_refused_and_not_kept():
    texts = "<sst>" + "<si/>" * (limits.MOST_TEXTS + 1) + "</sst>"
    sheets = WORKBOOK.replace("<sheets>", "<sheets>" + "<sheet/>" * (limits.MOST_LISTED + 1))
    hidden = "<cols>" + '<col min="1" max="2" hidden="1"/>' * 50_000 + "</cols>"
    assert quickly(raw_book({"xl/sharedStrings.xml": texts}))
    assert quickly(raw_book({"xl/workbook.xml": sheets}))
    found = read_file(only_sheet(ROW, before=hidden), "a.xlsx", most_rows=10)[0]
    assert len(found.hidden_columns) == limits.MOST_HIDDEN


def test_a_record_of_text_that_never_ends_is_refused():
    assert quickly(b'"a",' * 4_000_000, "a.csv")
    assert quickly(('"' + "\n" * 100_000 + '",x,').encode() * 100, "a.csv")


def test_merged_cells_over_everything_many_times_are_refused():
    head = f'<row r="1">{inline("姓名", "A1")}{inline("单位", "B1")}</row>'
    rows = head + "".join(f'<row r="{n}">{inline("某", f"A{n}")}{inline("镇", f"B{n}")}</row>' for n in range(2, 2_000))
    areas = "<mergeCells>" + '<mergeCell ref="A2:B2000"/>' * 2_000 + "</mergeCells>"
    columns = [ImportColumn(key="a", label="姓名"), ImportColumn(key="b", label="单位")]
    with pytest.raises(ValidationError) as caught:
        read_table(only_sheet(rows, after=areas), "a.xlsx", columns, most_rows=5_000)
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("line", ["\n", ",\n", "\r\n"])
def test_a_text_of_more_lines_than_a_worksheet_has_is_refused(line):
    content = b"a,b\n" + line.encode() * 1_048_576
    assert code_of(content, "名册.csv") == "too_large"
    assert len(read_file(b"a,b\n" + line.encode() * 1_000, "名册.csv", most_rows=100)[0].rows) == 1
