"""Reviews in every state, of the mentor's pairing and of the trainee's own; half-year reports that were sent and not.

Made after the rows of pairings and notes, whose pairings they are about.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.history import services as history
from cadre_app.mentorship.models import GoalRemark, MentorReport, PairingGoal, PairingReview
from tests.access.harness import Canary, Route, World
from tests.access.rows_a_people import of, person_of, sent

MENTOR, TRAINEE = "mentor", "trainee"
WORKERS = ("staff", "leader")
OFFICE = (*WORKERS, "liaison")
PARTS = ("mentor_text", "trainee_text", "conclusion")


def extend(world: World) -> None:
    """Of each pairing a signed-off review a year ago and an open one that ends today."""
    both, own = (*WORKERS, MENTOR), (*WORKERS, TRAINEE)
    done = dict.fromkeys(PARTS, both) | {"remark": both}
    _review(world, "signed review", "pairing", done, days=400, signed=True)
    seen = {"mentor_text": both, "trainee_text": WORKERS, "remark": both}
    _review(world, "open review", "pairing", seen)
    own_signed = _review(
        world, "own signed review", "trainee pairing", dict.fromkeys((*PARTS, "remark"), own), 400, signed=True
    )
    why = world.canary("review reason in the history", seen_by=WORKERS)
    verb = "mentorship.pairingreview.restored"
    history.record(verb, actor=world.actors["staff"], obj=own_signed, reason=why)
    seen = {"mentor_text": WORKERS, "trainee_text": own, "conclusion": WORKERS, "remark": WORKERS}
    returned = _review(world, "returned review", "trainee pairing", seen)
    reason = world.canary("review returned because", seen_by=own)
    PairingReview.objects.filter(pk=returned.pk).update(returned_to="trainee", returned_reason=reason)
    _review(world, "concluded review", "own pairing", seen)
    _reports(world)


def _review(
    world: World, key: str, pairing: str, seen: dict[str, tuple[str, ...]], days: int = 0, *, signed: bool = False
) -> PairingReview:
    """A review each of whose texts is a canary, in place of the one that was open."""
    owner, now = world.objects[pairing], timezone.now()
    today = timezone.localdate()
    if not signed:
        PairingReview.objects.filter(pairing=owner, signed_off_at=None).update(voided_at=now)
    values: dict[str, Any] = {
        part: world.canary(f"review {part} of the {key}", seen_by=seen[part]) for part in PARTS if part in seen
    }
    values |= {"mentor_at": now, "trainee_at": now, "trainee_entered_by": world.actors["staff"]}
    if "conclusion" in seen:
        values |= {"concluded_at": now, "concluded_by": world.actors["staff"]}
    if signed:
        values |= {"signed_off_at": now, "signed_off_by": world.actors["leader"]}
    until = today - timedelta(days=days)
    review = PairingReview.objects.create(
        pairing=owner, period_from=until - timedelta(days=180), period_until=until, **values
    )
    goal = PairingGoal.objects.create(pairing=owner, side="mentor", text="谈心谈话")
    text = world.canary(f"review remark of the {key}", seen_by=seen["remark"])
    GoalRemark.objects.create(review=review, goal=goal, state="under_way", text=text)
    world.objects[key] = review
    return review


def _reports(world: World) -> None:
    """One that the mentor sent, one that is the mentor's alone; a former mentor's."""
    mentor = person_of(world, MENTOR)
    today = timezone.localdate()

    def report(key: str, person: Any, years: int, sent_at: Any, *seen_by: str) -> None:
        text, made, before = (
            world.canary(f"report {part} of the {key}", seen_by=seen_by if part == "text" else ())
            for part in ("text", "made text", "text before")
        )
        first = today.replace(year=today.year - years, month=1, day=1)
        world.objects[key] = MentorReport.objects.create(
            mentor=person, year=first.year, half=1, first_day=first, last_day=first.replace(month=6, day=30),
            text=text, generated=made, generated_at=timezone.now(), sent_at=sent_at,
            previous_text=before if not sent_at else "",
        )  # fmt: skip
        if not sent_at:
            world.canaries[f"report text before of the {key}"] = Canary(before, frozenset(seen_by))

    report("draft report", mentor, 0, None, MENTOR)
    report("sent report", mentor, 1, timezone.now(), MENTOR)
    former = person_of(world, "former_mentor")
    report("former report", former, 1, timezone.now(), "former_mentor", *WORKERS)


def table(*statuses: tuple[str, int], rest: int = 404) -> dict[str, int]:
    return dict(statuses) | {"*": rest}


ELSEWHERE = ("other_staff", "moved_staff")
LIST = dict.fromkeys((*OFFICE, *ELSEWHERE), 200) | {"*": 404}
MENTORS = dict.fromkeys((*OFFICE, MENTOR), 200) | {"*": 404}
OWN = dict.fromkeys((*OFFICE, TRAINEE), 200) | {"*": 404}
REFUSED = dict.fromkeys((*OFFICE, MENTOR), 403) | {"*": 404}
OWN_REFUSED = dict.fromkeys((*OFFICE, TRAINEE), 403) | {"*": 404}
BY_MENTOR = REFUSED | {MENTOR: 200}
BY_STAFF = REFUSED | {"staff": 200}
BY_LEADER = OWN_REFUSED | {"leader": 200}
LEADERS = table(("leader", 200))
REPORTS = dict.fromkeys((*WORKERS, *ELSEWHERE, MENTOR, "former_mentor"), 200) | {"*": 404}
WRITERS = table((MENTOR, 200), ("former_mentor", 200))
AUTHOR = table((MENTOR, 200))
AUTHOR_DONE = table((MENTOR, 302))
FORMER = table(("former_mentor", 200), ("staff", 200), ("leader", 200))
NOT_NOW = table(("former_mentor", 403), ("staff", 403), ("leader", 403))


def part(key: str) -> Any:
    return sent(key, text="本季度下村较多")


def exported(kind: str, columns: str) -> Any:
    return lambda world, actor: {"kind": kind, "query": f"state=all&columns={columns}"}


def many(world: World, actor: str) -> dict[str, Any]:
    review = world.objects["concluded review"]
    return {"pick": f"{review.pk}@{review.version}", "confirmed": "1"}


def half(world: World, actor: str) -> dict[str, Any]:
    """A half-year without any record."""
    return {"year": "2001", "half": "1"}


ROUTES = [
    Route("mentorship:review_list", get=LIST),
    Route("mentorship:review_list", query="?state=all&columns=trainee,mentor_text,trainee_text,conclusion", get=LIST),
    Route("mentorship:review_sign_off_many", post=LEADERS | {"leader": 302}, data=many),
    Route("mentorship:review_detail", kwargs=of("signed review"), get=MENTORS),
    Route("mentorship:review_detail", kwargs=of("open review"), get=MENTORS),
    Route("mentorship:review_detail", kwargs=of("own signed review"), get=OWN),
    Route("mentorship:review_detail", kwargs=of("returned review"), get=OWN),
    Route("mentorship:review_detail", kwargs=of("concluded review"), get=OWN),
    Route(
        "mentorship:review_mentor_part",
        kwargs=of("open review"),
        get=BY_MENTOR,
        post=BY_MENTOR,
        data=sent("open review", text=""),
    ),
    Route("mentorship:review_mentor_part", kwargs=of("signed review"), get=REFUSED, post=REFUSED),
    Route(
        "mentorship:review_trainee_part",
        kwargs=of("returned review"),
        get=OWN_REFUSED | {TRAINEE: 200, "staff": 200},
        post=OWN_REFUSED | {TRAINEE: 302, "staff": 302},
        data=part("returned review"),
    ),
    Route(
        "mentorship:review_conclude",
        kwargs=of("open review"),
        get=BY_STAFF,
        post=BY_STAFF | {"staff": 302},
        data=sent("open review", conclusion="帮带正常"),
    ),
    Route(
        "mentorship:review_return",
        kwargs=of("open review"),
        get=BY_STAFF,
        post=BY_STAFF | {"staff": 302},
        data=sent("open review", returned_to="mentor", returned_reason="请写具体"),
    ),
    Route(
        "mentorship:review_return",
        kwargs=of("concluded review"),
        get=BY_LEADER | {"staff": 200},
        post=BY_LEADER | {"staff": 302, "leader": 302},
        data=sent("concluded review", returned_to="department", returned_reason="请写具体"),
    ),
    Route(
        "mentorship:review_return_back",
        kwargs=of("returned review"),
        get=BY_LEADER | {"staff": 200},
        post=BY_LEADER | {"staff": 302, "leader": 302},
        data=sent("returned review", reason="误退"),
    ),
    Route("mentorship:review_return_back", kwargs=of("open review"), get=REFUSED, post=REFUSED),
    Route(
        "mentorship:review_sign_off",
        kwargs=of("concluded review"),
        get=BY_LEADER,
        post=BY_LEADER | {"leader": 302},
        data=sent("concluded review"),
    ),
    Route(
        "mentorship:review_unsign",
        kwargs=of("own signed review"),
        get=BY_LEADER,
        post=BY_LEADER,
        data=sent("own signed review", reason="误签"),
    ),
    Route("mentorship:pairing_detail", kwargs=of("trainee pairing"), get=OWN),
    Route(
        "jobs:job_start",
        query="?reviews",
        post={"*": 403, **dict.fromkeys((*OFFICE, *ELSEWHERE), 302)},
        data=exported("mentorship.reviews", "trainee,mentor_text,trainee_text,conclusion"),
    ),
    Route(
        "jobs:job_start",
        query="?mentor-reports",
        post={"*": 403, **dict.fromkeys((*WORKERS, *ELSEWHERE), 302)},
        data=exported("mentorship.mentor_reports", "mentor,half"),
    ),
    Route("mentorship:report_list", get=REPORTS),
    Route("mentorship:report_new", get=WRITERS, post=WRITERS, data=half),
    Route("mentorship:report_detail", kwargs=of("draft report"), get=AUTHOR),
    Route("mentorship:report_detail", kwargs=of("former report"), get=FORMER),
    Route("mentorship:report_edit", kwargs=of("former report"), get=NOT_NOW, post=NOT_NOW),
    Route("mentorship:report_send", kwargs=of("former report"), get=NOT_NOW, post=NOT_NOW),
    Route("mentorship:report_regenerate", kwargs=of("former report"), get=NOT_NOW, post=NOT_NOW),
    Route(
        "mentorship:report_take_back",
        kwargs=of("former report"),
        get=NOT_NOW | {"former_mentor": 200},
        post=NOT_NOW | {"former_mentor": 302},
        data=sent("former report"),
    ),
    Route(
        "mentorship:report_edit",
        kwargs=of("draft report"),
        get=AUTHOR,
        post=AUTHOR_DONE,
        data=sent("draft report", text="一、总体情况"),
    ),
    Route(
        "mentorship:report_regenerate",
        kwargs=of("draft report"),
        get=AUTHOR,
        post=AUTHOR,
        data=sent("draft report"),
    ),
    Route("mentorship:report_send", kwargs=of("draft report"), get=AUTHOR, post=AUTHOR_DONE, data=sent("draft report")),
    Route(
        "mentorship:report_take_back",
        kwargs=of("sent report"),
        get=AUTHOR,
        post=AUTHOR_DONE,
        data=sent("sent report"),
    ),
]
