"""What tests of postings and field research start from."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cadre_app.accounts.models import User
from cadre_app.assignments.models import (
    Front,
    Leave,
    LeaveKind,
    LeaveState,
    Posting,
    PostingKind,
    PostingMode,
    PostingState,
    ProjectKind,
    ProjectState,
    ReportVersion,
    ResearchCall,
    ResearchMember,
    ResearchProject,
    ResearchReview,
)
from cadre_app.people.models import Person, Trainee
from tests.factories import UserFactory

CRITERIA = [
    {"name": "问题真", "points": 30},
    {"name": "材料实", "points": 30},
    {"name": "分析透", "points": 20},
    {"name": "建议可行", "points": 15},
    {"name": "文风", "points": 5},
]


def front(key: str = "headquarters") -> Front:
    return Front.objects.get(key=key)


def make_posting(trainee: Trainee, *, actor: User | None = None, on: date | None = None, **fields: Any) -> Posting:
    """A task force at the headquarters, approved, half a year from `on` (default: 30 days ago)."""
    start = on or timezone.localdate() - timedelta(days=30)
    values = {
        "kind": PostingKind.TASK_FORCE,
        "mode": PostingMode.FULL,
        "front": front(),
        "host_name": "环湾大道工程建设指挥部",
        "tasks": "包干征迁入户与协议签订",
        "document_number": "望委组〔2026〕18号",
        "started_on": start,
        "due_on": start + timedelta(days=180),
        "state": PostingState.APPROVED,
        "proposed_by": actor or UserFactory.create(),
    } | fields
    if values.get("unit") is not None:
        values["host_name"] = ""
    return Posting.objects.create(trainee=trainee, **values)


def make_leave(trainee: Trainee, *, actor: User | None = None, on: date | None = None, **fields: Any) -> Leave:
    """Five days of annual leave, approved, from `on` (default: in three days)."""
    start = on or timezone.localdate() + timedelta(days=3)
    values = {
        "kind": LeaveKind.ANNUAL,
        "started_on": start,
        "due_on": start + timedelta(days=4),
        "reason": "探亲",
        "state": LeaveState.APPROVED,
        "requested_by": actor or UserFactory.create(),
        "requested_on": timezone.localdate(),
    } | fields
    return Leave.objects.create(trainee=trainee, **values)


def make_call(**fields: Any) -> ResearchCall:
    day = timezone.localdate()
    values = {
        "year": day.year,
        "title": f"{day.year}年国情调研",
        "directions": ["村级集体经济增收", "农村基层治理"],
        "criteria": CRITERIA,
        "topics_until": day + timedelta(days=10),
        "drafts_until": day + timedelta(days=60),
        "reports_until": day + timedelta(days=90),
        "reviews_until": day + timedelta(days=120),
        "is_open": True,
    } | fields
    return ResearchCall.objects.create(**values)


def make_project(*trainees: Trainee, **fields: Any) -> ResearchProject:
    """A team topic in progress, led by the first of `trainees`; with `term` a personal report."""
    day = timezone.localdate()
    values = {
        "kind": ProjectKind.PERSONAL if fields.get("term") is not None else ProjectKind.TEAM,
        "title": "山货出村的最后一公里",
        "state": ProjectState.IN_PROGRESS,
        "state_since": day,
        "due_on": day + timedelta(days=60),
    } | fields
    if values["state"] in (ProjectState.SUBMITTED, ProjectState.CLOSED):
        values = {"submitted_on": day - timedelta(days=1800), "submitted_to": "市委组织部"} | values
    project = ResearchProject.objects.create(**values)
    for number, trainee in enumerate(trainees):
        ResearchMember.objects.create(project=project, trainee=trainee, is_lead=number == 0, joined_on=day)
    return project


def make_version(project: ResearchProject, *, actor: User | None = None, **fields: Any) -> ReportVersion:
    number = project.versions.count() + 1
    values = {
        "number": number,
        "title": project.title,
        "body": "一、基本情况\n云坪乡有高山蔬菜基地三处。",
        "handed_in_by": actor or UserFactory.create(),
        "handed_in_at": timezone.now(),
    } | fields
    ResearchProject.objects.filter(pk=project.pk).update(versions_count=number)
    return ReportVersion.objects.create(project=project, **values)


def make_review(version: ReportVersion, reviewer: Person, **fields: Any) -> ResearchReview:
    values = {"due_on": timezone.localdate() + timedelta(days=14)} | fields
    return ResearchReview.objects.create(report=version, reviewer=reviewer, **values)
