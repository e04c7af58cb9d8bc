"""The list of materials as it stands on the as-of day: forms and appraisals of the last months, most of them handed over."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import groupby

from cadre_app.accounts.models import User
from cadre_app.appraisal.models import AnnualAssessment
from cadre_app.appraisal.services.decisions import note_forms
from cadre_app.assignments.models import PostingAppraisal
from cadre_app.assignments.services.appraisals import form_of
from cadre_app.handover.models import Material, MaterialKind
from cadre_app.handover.services import materials
from cadre_app.handover.services.notes import note_material
from cadre_app.people.models import Trainee

KEPT = timedelta(days=400)
# Papers are taken to the archive office once in a while; what was formed since the last time waits.
EVERY, LAST_ROUND = timedelta(days=28), timedelta(days=16)
RECEIVER = "干部人事档案室 温如玉"
OWN, CERTIFICATE = "陈嘉穗", "在职研究生学历认证报告"


def load_materials(users: dict[str, User], files: dict[str, Trainee], as_of: date) -> None:
    """Noted by the same services that note them in daily work."""
    staff = users["staff"]
    _annual_forms(staff, as_of)
    found = PostingAppraisal.objects.standing().filter(confirmed_on__range=(as_of - KEPT, as_of))
    for appraisal in found.select_related("posting__trainee", "posting__unit").order_by("confirmed_on", "pk"):
        posting, formed_on = appraisal.posting, appraisal.confirmed_on or as_of
        kind = MaterialKind.APPRAISAL
        note_material(
            appraisal, trainee=posting.trainee, kind=kind, title=form_of(posting), formed_on=formed_on, actor=staff
        )
    materials.add_material(
        person=files[OWN].person,
        kind=MaterialKind.EDUCATION,
        title=CERTIFICATE,
        formed_on=as_of - timedelta(days=34),
        actor=staff,
    )
    _hand_over(staff, as_of)


def _annual_forms(staff: User, as_of: date) -> None:
    filed = AnnualAssessment.objects.standing().filter(filed_on__range=(as_of - KEPT, as_of))
    rows = list(filed.select_related("trainee").order_by("filed_on", "pk"))
    for day, same in groupby(rows, key=lambda row: row.filed_on):
        note_forms(list(same), day or as_of, staff)


def _hand_over(staff: User, as_of: date) -> None:
    """Round by round, all that was formed by then but the certificate, which somebody forgot."""
    rounds: dict[date, list[Material]] = defaultdict(list)
    last = as_of - LAST_ROUND
    for material in Material.objects.waiting().filter(formed_on__lte=last).exclude(title=CERTIFICATE):
        rounds[last - (last - material.formed_on) // EVERY * EVERY].append(material)
    for day, went in rounds.items():
        materials.hand_over_many([one.pk for one in went], handed_over_on=day, received_by=RECEIVER, actor=staff)
