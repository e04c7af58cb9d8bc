"""A sheet with a code is filled in by its code alone, so that nobody's opinion counts twice."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cadre_app.evaluation.models import BoxedSheet, PaperBatch, Way
from cadre_app.evaluation.services import batches, codes
from cadre_app.policy.models import PolicyValue
from tests.evaluation.conftest import Village
from tests.evaluation.test_answering import SHEET, url
from tests.evaluation.test_batches import begun

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes_on")]


@pytest.fixture
def coded(village: Village) -> Village:
    type(village.campaign).objects.filter(pk=village.campaign.pk).update(way=Way.CODE)
    return village


def printed(client: Client, name: str, village: Village, **sent: Any) -> str:
    address = reverse(f"evaluation:{name}", kwargs={"pk": village.subject.pk})
    return (client.post(address, sent) if sent else client.get(address)).content.decode()


def test_a_sheet_with_a_code_has_nothing_on_it_to_tick(coded: Village, client_of: Any) -> None:
    client = client_of(coded.liaison)
    sheet, blank = printed(client, "codes_new", coded, number=2), printed(client, "sheet_print", coded)
    assert (sheet.count('class="qr"'), "□" in sheet) == (2, False)
    assert ('class="qr"' in blank, "□" in blank) == (False, True)
    questions = [question.text.zh for question in coded.campaign.sheet.questions]
    assert not any(text in sheet for text in questions)
    assert all(text in blank for text in questions)


def test_whoever_enters_paper_confirms_that_no_code_is_among_it(coded: Village, client_of: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        codes.make_codes(coded.subject, number=1, actor=coded.liaison)
        begun(coded.subject, coded.liaison)
    assert list(refused.value.error_dict) == ["codeless"]
    client, sent = client_of(coded.liaison), {"kind": "sheets", "number": "2", "collected_by": "王组织"}
    sent["held_on"] = timezone.localdate().isoformat()
    address = reverse("evaluation:batch_new", kwargs={"pk": coded.subject.pk})
    assert list(client.post(address, sent).context["form"].errors) == ["codeless"]
    assert client.post(address, sent | {"codeless": "on"}).status_code == 302
    batch = PaperBatch.objects.get()
    with pytest.raises(ValidationError) as refused:
        batches.change_batch(
            batch, number=9, held_on=batch.held_on, collected_by=batch.collected_by, actor=coded.liaison
        )
    assert list(refused.value.error_dict) == ["codeless"]


def test_without_codes_nothing_is_asked(village: Village, client_of: Any) -> None:
    page = client_of(village.liaison).get(reverse("evaluation:batch_new", kwargs={"pk": village.subject.pk}))
    assert "codeless" not in page.context["form"].fields
    assert begun(village.subject, village.liaison).number == 2


def test_no_code_is_taken_once_they_are_switched_off(coded: Village, client: Client) -> None:
    (token,) = codes.make_codes(coded.subject, number=1, actor=coded.liaison)
    assert client.get(url(token)).status_code == 200
    PolicyValue.objects.create(
        key="evaluation.codes_on", value=False, valid_from=timezone.localdate(), source="部务会议", reason="停用"
    )
    assert client.get(url(token)).status_code == 410
    assert client.post(url(token), SHEET).status_code == 410
    assert not BoxedSheet.objects.exists()
