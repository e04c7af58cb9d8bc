"""Choosing, shrinking and sending files in the browser; a PDF read in the page under the content policy."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from cadre_app.accounts.models import User
from cadre_app.appointment.models import IntakeFile
from cadre_app.core.registries import FileKind, file_kinds
from cadre_app.files import services
from cadre_app.files.checks import check_upload
from cadre_app.files.models import PDF, StoredFile
from cadre_app.people.models import Trainee
from tests.e2e.browser import VIEWPORTS, Watched, sign_in, switch_language, watched_page
from tests.e2e.steps import press_main
from tests.files.made import pdf

PAPER = "tests.paper"
NARROW = 1024
LEAST_LIST = 220  # 「培训学时（必填）」 with its arrow


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


def chosen(page: Page) -> int:
    """How many files the first file field of the page holds."""
    held: int = page.evaluate("document.querySelector('main input[type=file]').files.length")
    return held


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
    said, _at_once, *names = page.locator("[data-picked] p").all_inner_texts()
    assert (said, len(names), chosen(page)) == ("选择了30个文件，一次最多可提交9个。", 30, 30)
    found = watched.check()
    page.click("form[data-draft] button[type=submit]")
    page.click("form[data-draft] button[type=submit]")  # the same thumb once more
    page.wait_for_timeout(1600)
    page.click("form[data-draft] button[type=submit]")  # a photo is all that this form asks for
    assert page.inner_text("[data-picked]").count("未提交") == 1
    page.evaluate("document.querySelector('[name=photo]').required = false")
    with page.expect_navigation():
        page.click("form[data-draft] button[type=submit]")
    assert (page.locator(".invalid-feedback").count(), found) == (1, [])


def test_what_is_too_much_stays_chosen_and_goes_without_what_is_left_out(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str], tmp_path: Path
) -> None:
    sizes = {"甲.lrmx": 12, "大表.lrmx": 30, "乙.lrmx": 12, "丙.lrmx": 12}  # tenths of a MB
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(b"x" * (size * 1024 * 1024 // 10))
    with watched_page(browser, live_server.url, "desktop", "en") as watched:
        sign_in(watched, "staff", demo_accounts["staff"])
        switch_language(watched, "en")
        watched.open(reverse("appointment:intake_list"))
        page = watched.page
        page.evaluate(
            "() => Object.assign(document.querySelector('[name=file]').dataset, "
            "{ uploadBytes: 2 * 1024 * 1024, uploadTotal: 3 * 1024 * 1024 })"
        )
        page.set_input_files("[name=file]", [tmp_path / name for name in sizes])
        page.wait_for_selector(".picked.is-refused")
        large, together, at_once, *names = page.locator("[data-picked] p").all_inner_texts()
        found = watched.check("intake-too-much")
        page.click("form[enctype] button[type=submit]")
        kept = chosen(page), page.url.endswith(reverse("appointment:intake_list"))
        for name in ("大表.lrmx", "丙.lrmx"):
            page.click(f"[data-picked] button[aria-label*='{name}']")
        page.wait_for_selector(".picked:not(.is-refused)")
        assert (chosen(page), page.locator("[data-picked] button").count()) == (2, 0)
        with page.expect_navigation():
            page.click("form[enctype] button[type=submit]")

    assert large == "Larger than 2 MB: 大表.lrmx (3.0 MB)."
    assert together.startswith("Together the chosen files have 6.6 MB, more than 3 MB.")
    assert "each at most 2 MB, together at most 3 MB" in at_once
    assert (len(names), kept, found) == (4, (4, True), [])
    assert sorted(IntakeFile.objects.values_list("name", flat=True)) == ["乙.lrmx", "甲.lrmx"]


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


def test_long_headings_leave_the_lists_beside_them_their_width(
    browser: Browser, live_server: LiveServer, demo_accounts: dict[str, str]
) -> None:
    heading = "2025年度参加区委组织部组织的各类专题培训班次（含线上线下）的起止时间" * 2
    sheet = f"同志,在哪,{heading},哪家办的,学了多少\n林知远,梧岭镇,2025.6.9-6.13{'，后延期' * 8},区委党校,30\n"
    with watched_page(browser, live_server.url, "desktop") as watched:
        sign_in(watched, "staff", demo_accounts["staff"])
        page = watched.page
        page.set_viewport_size({"width": NARROW, "height": 900})
        watched.open("/imports/new/training_history/")
        page.set_input_files("input[type=file]", {"name": "台账.csv", "mimeType": "text/csv", "buffer": sheet.encode()})
        page.check("input[name=match]")
        press_main(page)
        page.wait_for_url("**/columns/")
        for language in ("zh-hans", "en"):
            switch_language(watched, language)
            wide = page.evaluate("document.documentElement.scrollWidth")
            lists = page.eval_on_selector_all(".import-match select", "all => all.map((one) => one.clientWidth)")
            assert (wide, min(lists) >= LEAST_LIST) == (NARROW, True), (wide, lists)
