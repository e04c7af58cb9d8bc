"""The PDF: its letters, what it fetches, and what is said where none can be made."""

import sys
import threading
import urllib.request

import pytest
from django.urls import reverse

from cadre_app.documents import pdf
from cadre_app.history.models import Entry
from tests.documents.conftest import KIND, NAMES
from tests.documents.made import pdf_fonts, pdf_pages

HTML = '<!doctype html><html lang="zh-Hans"><body><div class="paper"><p>{}</p></div></body></html>'


def made(text: str) -> bytes:
    return pdf.make_pdf(HTML.format(text), text)


def test_rare_characters_are_drawn_by_the_second_font():
    content = made("林𠮷㛃同志")
    fonts = pdf_fonts(content)
    assert pdf_pages(content)[0].startswith("林𠮷㛃同志")
    assert [fonts[letter] for letter in "林𠮷㛃同"] == [
        "Qinglan-Song",
        "Qinglan-Song-Rare",
        "Qinglan-Song-Rare",
        "Qinglan-Song",
    ]


@pytest.mark.parametrize("letter", ["\ue000", "🙂"])
def test_a_character_that_no_font_has_is_named(letter):
    with pytest.raises(pdf.NoPdfError) as caught:
        made(f"林{letter}")
    assert f"“{letter}”" in str(caught.value)


def test_nothing_is_fetched(monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", lambda *args, **kwargs: opened.append(args))
    secret = tmp_path / "secret.txt"
    secret.write_text("秘")
    sources = "".join(
        f'<img src="{address}" alt="">' for address in ("http://127.0.0.1:9/a.png", secret.as_uri(), "qinglan:a.png")
    )
    link = (
        '<link rel="stylesheet" href="http://127.0.0.1:9/a.css"><link rel="attachment" href="' + secret.as_uri() + '">'
    )
    content = pdf.make_pdf(HTML.format("正文" + sources) + link, "正文")
    assert (opened, pdf_pages(content)[0][:2], b"EmbeddedFile" in content) == ([], "正文", False)


def test_several_at_once_are_made_one_after_the_other():
    done = []
    threads = [threading.Thread(target=lambda: done.append(pdf_pages(made("正文𠮷"))[0][:3])) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert done == ["正文𠮷"] * 3


@pytest.fixture
def staff(client_of, place):
    return client_of(place.staff)


def address(owner, *, page: str = "paper_pdf") -> str:
    return reverse(f"documents:{page}", kwargs={"kind": KIND, "pk": owner.pk})


@pytest.mark.django_db(transaction=True)
def test_without_pango_the_page_says_so_and_print_view_and_word_remain(staff, owner, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    response = staff.get(address(owner), follow=True)
    assert response.redirect_chain == [(address(owner, page="paper"), 302)]
    assert "This server makes no PDF, because Pango is not installed on it." in response.content.decode()
    assert staff.get(address(owner, page="paper_word")).status_code == 200
    assert Entry.objects.filter(verb="documents.paper.pdf").count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_name_that_cannot_be_drawn_is_told(staff, owner):
    NAMES["trainee"] = "林\ue000"
    response = staff.get(address(owner), follow=True)
    assert "The letters of the PDF lack “\ue000”." in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_it_is_shown_in_the_page_and_can_be_saved(staff, owner):
    shown, saved = staff.get(address(owner)), staff.get(f"{address(owner)}?download")
    heads = [response.headers["Content-Disposition"].partition(";")[0] for response in (shown, saved)]
    assert (heads, shown.headers["Content-Type"]) == (["inline", "attachment"], "application/pdf")
    assert {response.headers["Cache-Control"] for response in (shown, saved)} == {"no-store"}


@pytest.mark.django_db(transaction=True)
def test_wechat_sees_pictures_of_the_pages(staff, owner):
    response = staff.get(address(owner), headers={"user-agent": "Mozilla/5.0 MicroMessenger/8.0"})
    assert response.content.decode().count('src="data:image/jpeg;base64,') == 1
    assert Entry.objects.filter(verb="documents.paper.pdf").count() == 1
