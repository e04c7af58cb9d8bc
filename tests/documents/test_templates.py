"""Word templates of the office's own: tried before they are used, history, and the way back to ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadre_app.core.documents import document_kinds
from cadre_app.core.roles import Role
from cadre_app.documents.services import templates
from cadre_app.history.models import Entry
from tests.documents.conftest import KIND
from tests.documents.made import template, word_lines
from tests.files.made import word

pytestmark = pytest.mark.django_db(transaction=True)
OWN = ("本机关聘书", "{{ mentor }}、{{ trainee }}，{{ number }}")


@pytest.fixture
def manager(client_of, system):
    return client_of(system)


def url(page: str) -> str:
    return reverse(f"documents:template_{page}", kwargs={"kind": KIND})


def send(client, content: bytes, *, name: str = "样件.docx", reason: str = "换用新式样"):
    return client.post(url("replace"), {"template": SimpleUploadedFile(name, content), "reason": reason})


def test_an_own_template_is_used_from_now_on(manager, client_of, place, owner):
    assert send(manager, template(*OWN)).status_code == 302
    page = manager.get(url("detail")).content.decode()
    assert ("since 23 Nov 2026" in page, "换用新式样" in page) == (True, True)
    assert manager.get(url("file")).content == template(*OWN) or word_lines(manager.get(url("file")).content) == [*OWN]
    paper = reverse("documents:paper_word", kwargs={"kind": KIND, "pk": owner.pk})
    assert word_lines(client_of(place.staff).get(paper).content) == ["本机关聘书", "庄世恒、林知远，"]


def test_a_second_one_takes_the_place_of_the_first_and_both_stand_in_the_history(manager):
    send(manager, template(*OWN))
    send(manager, template("第二版 {{ mentor }}"), reason="再改")
    assert word_lines(templates.template_content(KIND)) == ["第二版 {{ mentor }}"]
    told = [(entry.verb, entry.reason) for entry in manager.get(url("detail")).context["entries"]]
    assert sorted(told) == sorted(
        [
            ("documents.template.replaced", "换用新式样"),
            ("documents.documenttemplate.voided", "再改"),
            ("documents.template.replaced", "再改"),
        ]
    )


def test_the_standard_template_comes_back_with_a_reason(manager):
    send(manager, template(*OWN))
    own = templates.own_template(KIND)
    refused = manager.post(url("default"), {"version": own.version, "reason": ""})
    assert refused.context["form"].errors == {"reason": ["Please fill this in."]}
    assert manager.post(url("default"), {"version": own.version, "reason": "不再使用"}).status_code == 302
    assert templates.template_content(KIND) == document_kinds[KIND].word.read_bytes()
    assert manager.get(url("default")).status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (template("{{ nobody }}"), "样件.docx", "“nobody”"),
        (template("{{ mentor"), "样件.docx", "“{{ mentor”"),
        (template("{{ mentor.__class__ }}"), "样件.docx", "“__class__”"),
        (template("一"), "样件.docm", "macros"),
        (template("一"), "样件.pdf", "Files of this kind are not taken here"),
        (b"%PDF-1.4", "样件.docx", "the content is something else"),
        (b"", "样件.docx", "The file is empty"),
        (word("秘密★一年", "{{ mentor }}"), "样件.docx", "classification"),
    ],
)
def test_a_bad_template_is_refused_beside_the_field_and_nothing_typed_is_lost(manager, content, name, said):
    response = send(manager, content, name=name)
    form = response.context["form"]
    assert (response.status_code, form["reason"].value(), templates.own_template(KIND)) == (200, "换用新式样", None)
    assert said in " ".join(form.errors.get("template", []))


def test_a_template_that_fails_for_one_paper_says_so_and_the_print_view_remains(client_of, place, owner, monkeypatch):
    content = template("{% if trainee == '林知远' %}{{ nobody }}{% endif %}")
    monkeypatch.setattr(templates, "try_template", lambda kind, content: None)
    from cadre_app.files.checks import check_upload

    upload = check_upload("样件.docx", content, families=("document",))
    templates.replace_template(KIND, template=upload, reason="一", actor=place.staff)
    paper = reverse("documents:paper_word", kwargs={"kind": KIND, "pk": owner.pk})
    response = client_of(place.staff).get(paper, follow=True)
    assert "asks for “nobody”" in response.content.decode()
    assert Entry.objects.filter(verb="documents.paper.word").count() == 0


def test_staff_read_and_do_not_manage(client_of, place):
    client = client_of(place.staff)
    page = client.get(url("detail")).content.decode()
    assert ("Replace" in page, "{{ mentor }}" in page) == (False, True)
    assert [client.get(url(name)).status_code for name in ("replace", "default")] == [403, 403]
    assert client.get(reverse("documents:template_list")).status_code == 200
    liaison = client_of(place.somebody(Role.LIAISON, place.town))
    assert liaison.get(reverse("documents:template_list")).status_code == 404


def test_the_list_asks_the_same_queries_with_and_without_own_templates(manager, django_assert_num_queries):
    manager.get(reverse("documents:template_list"))
    with django_assert_num_queries(6):
        manager.get(reverse("documents:template_list"))
    send(manager, template(*OWN))
    manager.get(reverse("documents:template_list"))
    with django_assert_num_queries(6):
        manager.get(reverse("documents:template_list"))
