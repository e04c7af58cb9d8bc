"""Choosing, shrinking and sending files in the browser; a PDF read in the page under the content policy."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from cadre_app.accounts.models import User
from cadre_app.core.registries import FileKind, file_kinds
from cadre_app.files import services
from cadre_app.files.checks import check_upload
from cadre_app.files.models import PDF, StoredFile
from cadre_app.people.models import Trainee
from tests.e2e.browser import VIEWPORTS, Watched, sign_in, watched_page
from tests.files.made import pdf

PAPER = "tests.paper"


@pytest.fixture(autouse=True)
def _private(settings, tmp_path) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture(params=VIEWPORTS)
def watched(request, browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]) -> Iterator[Watched]:
    """Department staff, at a desk and with a phone."""
    with watched_page(browser, live_server.url, request.param) as page:
        sign_in(page, "staff", demo_accounts["staff"])
        yield page


@pytest.fixture
def trainee(demo_accounts) -> Trainee:
    return Trainee.objects.in_development().select_related("person").order_by("file_number")[0]


def large_photo(folder: Path) -> Path:
    """Noise of twelve megapixels: more than 10 MB, as a phone takes it."""
    target = io.BytesIO()
    Image.effect_noise((4000, 3000), 80).convert("RGB").save(target, "JPEG", quality=95)
    path = folder / "现场照片.jpg"
    path.write_bytes(target.getvalue())
    return path


def test_a_photo_is_made_smaller_sent_and_shown(watched: Watched, trainee: Trainee, tmp_path: Path) -> None:
    path = large_photo(tmp_path)
    watched.open(reverse("people:photo_edit", kwargs={"pk": trainee.pk}))
    found = watched.check("photo-edit")
    page = watched.page
    page.set_input_files("input[name=photo]", path)
    page.click("form[data-draft] button[type=submit]")  # at once: sending waits for the smaller picture
    page.wait_for_selector("img.gf-photo")
    found += watched.check("photo-head")

    photo = StoredFile.objects.get(kind="people.photo")
    assert (found, photo.name, photo.width, photo.height) == ([], "现场照片.jpg", 2560, 1920)
    assert page.evaluate("document.querySelector('img.gf-photo').naturalWidth") == 480


def test_too_many_files_are_told_before_anything_is_sent(watched: Watched, trainee: Trainee, tmp_path: Path) -> None:
    watched.open(reverse("people:photo_edit", kwargs={"pk": trainee.pk}))
    page = watched.page
    page.evaluate(
        "() => { const input = document.querySelector('[name=photo]'); input.multiple = true; "
        "input.dataset.uploadCount = 9; }"
    )
    names = []
    for number in range(30):
        (tmp_path / f"{number}.jpg").write_bytes(b"x")
        names.append(tmp_path / f"{number}.jpg")
    page.set_input_files("[name=photo]", names)
    page.wait_for_selector(".picked.is-refused")

    assert page.inner_text("[data-picked]") == "选择了30个文件，最多可提交9个。请重新选择。"
    assert page.evaluate("document.querySelector('[name=photo]').files.length") == 0
    found = watched.check()
    page.click("form[data-draft] button[type=submit]")
    page.click("form[data-draft] button[type=submit]")  # the same thumb once more
    assert page.inner_text("[data-picked]").count("再按一次提交则不带附件") == 1
    page.wait_for_timeout(1600)
    with page.expect_navigation():
        page.click("form[data-draft] button[type=submit]")
    assert (page.locator(".invalid-feedback").count(), found) == (1, [])


def test_a_pdf_is_read_in_the_page(watched: Watched, trainee: Trainee) -> None:
    staff = User.objects.get(username="staff")
    file_kinds.register(PAPER, FileKind("公文", (PDF,), lambda user, owner_id: True))
    try:
        upload = check_upload("方案.pdf", pdf("one", "two"), families=(PDF,))
        file = services.store_file(kind=PAPER, owner=trainee.person, upload=upload, actor=staff)
        watched.open(reverse("files:preview", kwargs={"pk": file.pk}))
        page = watched.page
        page.locator("img.file-page").last.scroll_into_view_if_needed()
        page.wait_for_function(
            "() => [...document.querySelectorAll('img.file-page')].every((one) => one.complete && one.naturalWidth > 0)"
        )
        assert page.locator("img.file-page").count() == 2
        assert watched.check("pdf") == []
    finally:
        file_kinds._items.pop(PAPER)
