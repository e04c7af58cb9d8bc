"""The printed roster, and reports to the superior in every state: of the district, and of the other tree."""

from datetime import date
from typing import Any

from django.utils import timezone

from cadre_app.rosters.models import ReportState, SuperiorReport
from cadre_app.rosters.sheets import snapshot
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent

INSIDE = ("staff", "leader")
ELSEWHERE = ("other_staff", "moved_staff")
LIST = dict.fromkeys((*INSIDE, "liaison", *ELSEWHERE), 200) | {"*": 404}
REPORTS = dict.fromkeys((*INSIDE, *ELSEWHERE), 200) | {"*": 404}
NEW = {"staff": 200, **dict.fromkeys(ELSEWHERE, 200), "leader": 403, "*": 404}
SEEN = dict.fromkeys(INSIDE, 200) | {"*": 404}
FOREIGN = dict.fromkeys(ELSEWHERE, 200) | {"*": 404}
STAFF = {"staff": 200, "leader": 403, "*": 404}
LEADER = {"staff": 403, "leader": 200, "*": 404}
NOBODY = dict.fromkeys(INSIDE, 403) | {"*": 404}
REASON = {"reason": "数字有误"}


def extend(world: World) -> None:
    """Drafts, submitted and frozen ones; what is written beside the numbers is for staff and leaders of the unit."""
    staff, leader = world.actors["staff"], world.actors["leader"]

    def report(key: str, year: int, unit: Any, seen_by: tuple[str, ...], state: str, **values: Any) -> None:
        day = date(year, 12, 31)
        fields: dict[str, Any] = {"entered_by": staff, "hands": [staff.pk], "entered_on": day} | values
        fields["remark"] = world.canary(f"superior remark of the {key}", seen_by=seen_by)
        if state != ReportState.DRAFT:
            fields |= {"numbers": snapshot("yearly", unit, day), "submitted_on": day}
            fields["numbers"]["note"] = world.canary(f"superior note kept in the {key}", seen_by=seen_by)
        if state == ReportState.FROZEN:
            fields |= {"frozen_by": leader, "frozen_on": day}
            fields["filing_number"] = world.canary(f"superior filing number 3 of the {key}", seen_by=seen_by)
        world.objects[key] = SuperiorReport.objects.create(kind="yearly", unit=unit, as_of=day, state=state, **fields)

    back = world.canary("superior why the report came back", seen_by=INSIDE)
    report("report draft", 2020, world.district, INSIDE, ReportState.DRAFT, return_reason=back)
    report("report submitted", 2021, world.district, INSIDE, ReportState.SUBMITTED)
    by_leader = {"entered_by": leader, "hands": [leader.pk]}
    report("report filled in by the leader", 2022, world.district, INSIDE, ReportState.SUBMITTED, **by_leader)
    report("report frozen", 2023, world.district, INSIDE, ReportState.FROZEN)
    report("report voided", 2024, world.town, INSIDE, ReportState.DRAFT, voided_at=timezone.now())
    report(
        "foreign report",
        2023,
        world.elsewhere,
        ELSEWHERE,
        ReportState.SUBMITTED,
        entered_by=world.actors["other_staff"],
    )


def typed(world: World, actor: str) -> dict[str, Any]:
    return {"kind": "yearly", "unit": str(world.district.pk), "as_of": "2019-12-31", "remark": "汇总"}


def act(name: str, key: str, expected: Any, **values: Any) -> Route:
    saved = {actor: 302 if status == 200 else status for actor, status in expected.items()}
    return Route(f"rosters:{name}", kwargs=of(key), get=expected, post=saved, data=sent(key, **values))


LAYOUT = {"columns": ["sex", "remark"], "order": "rank", "paper": "a3"}

ROUTES = [
    Route("rosters:roster", get=LIST),
    Route("rosters:roster", query="?as_of=2025-06-30&order=rank&columns=remark,school&kind=selected", get=LIST),
    Route("rosters:roster", query="?as_of=2999-01-01&unit=x", get=LIST),
    Route("rosters:roster_print", get=LIST),
    Route("rosters:roster_print", query="?order=strokes&columns=native_place&columns=village", get=LIST),
    Route(
        "rosters:layout_save",
        post={actor: 302 if status == 200 else status for actor, status in LIST.items()},
        data=lambda world, actor: LAYOUT,
    ),
    Route("rosters:report_list", get=REPORTS),
    Route("rosters:report_list", query="?state=voided", get=REPORTS),
    Route("rosters:report_list", query="?year=2025&unit=x", get=REPORTS),
    Route("rosters:report_new", get=NEW, post=NEW | {"staff": 302}, data=typed),
    *(
        Route(f"rosters:{page}", kwargs=of(key), get=SEEN)
        for page in ("report_detail", "report_print", "report_workbook")
        for key in ("report draft", "report submitted", "report frozen", "report voided")
    ),
    Route("rosters:report_pdf", kwargs=of("report frozen"), get=SEEN),
    *(
        Route(f"rosters:{page}", kwargs=of("foreign report"), get=FOREIGN)
        for page in ("report_detail", "report_print", "report_workbook", "report_pdf")
    ),
    Route("rosters:report_cell", kwargs=of("report draft"), query="?line=here&column=all", get=SEEN),
    Route("rosters:report_cell", kwargs=of("report draft"), query="?line=rest-sex&column=selected", get=SEEN),
    Route("rosters:report_cell", kwargs=of("report draft"), query="?line=x&column=y", get=404),
    Route("rosters:report_cell", kwargs=of("report submitted"), query="?line=left&column=all", get=SEEN),
    Route("rosters:report_cell", kwargs=of("report frozen"), query="?line=here&column=all", get=NOBODY),
    Route("rosters:report_cell", kwargs=of("foreign report"), query="?line=here&column=all", get=FOREIGN),
    act("report_edit", "report draft", STAFF, remark="已核对"),
    act("report_edit", "report submitted", NOBODY, remark="已核对"),
    act("report_number", "report frozen", STAFF, filing_number="望委组〔2026〕3号"),
    act("report_number", "report draft", NOBODY, filing_number="望委组〔2026〕3号"),
    act("report_submit", "report draft", STAFF),
    act("report_submit", "report frozen", NOBODY),
    act("report_freeze", "report submitted", LEADER),
    act("report_freeze", "report filled in by the leader", NOBODY),
    act("report_freeze", "report draft", NOBODY),
    act("report_return", "report submitted", SEEN, **REASON),
    act("report_return", "report filled in by the leader", STAFF, **REASON),
    act("report_return", "report draft", NOBODY, **REASON),
    act("report_void", "report draft", STAFF, **REASON),
    act("report_void", "report frozen", LEADER, **REASON),
    act("report_void", "report voided", NOBODY, **REASON),
    act("report_restore", "report voided", STAFF, **REASON),
    act("report_restore", "report draft", NOBODY, **REASON),
]
