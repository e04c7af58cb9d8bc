"""Community evaluations in every state, of the trainee and of others; the page behind a code, which is everybody's."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cadre_app.evaluation.models import (
    BatchKind,
    BatchState,
    CampaignState,
    OneTimeCode,
    Outcome,
    PaperBatch,
    Remark,
    Subject,
    Way,
)
from cadre_app.evaluation.services.campaigns import void_campaign
from cadre_app.evaluation.services.codes import digest_of
from cadre_app.history import services as history
from cadre_app.policy.models import PolicyValue
from tests.access.harness import Route, World
from tests.access.rows_a_people import of, sent
from tests.evaluation.factories import make_campaign, subject_of

TODAY = timezone.localdate()
TRAINEE = "trainee"
OFFICE = ("staff", "leader", "liaison")
COUNTS = [[12, 0, 0, 0, 0], [10, 0, 0, 0, 2], [12, 0, 0, 0, 0], [12, 0, 0, 0, 0], [11, 0, 0, 0, 1]]
WHY = "村里只到了6人"
TALLY = [[3, 0, 0, 0, 0]] * 5
TOKENS = {"open": "kaifang-de-ma-yige", "used": "yong-guo-de-ma", "closed": "jiezhi-de-ma"}


def extend(world: World) -> None:
    trainee, staff = world.objects[TRAINEE], world.actors["staff"]
    PolicyValue.objects.create(
        key="evaluation.codes_on", value=True, valid_from=TODAY - timedelta(days=30), source="部务会议"
    )

    def campaign(key: str, state: str, *people: Any, seen_by: tuple[str, ...] = OFFICE, **fields: Any) -> Subject:
        title = world.canary(f"title of {key}", seen_by=seen_by)
        made = make_campaign(
            *(people or (trainee,)), unit=world.village, actor=staff, state=state, title=title, **fields
        )
        world.objects[key] = made
        found = next(one for one in made.standing_subjects if one.trainee == (people or (trainee,))[0])
        world.objects[f"{key}'s person"] = found
        return found

    def batch(key: str, subject: Subject, **fields: Any) -> PaperBatch:
        collector = world.canary(f"collector of {key}", seen_by=OFFICE)
        values = {"kind": BatchKind.TALLY, "number": 3, "held_on": TODAY, "collected_by": collector} | fields
        world.objects[key] = PaperBatch.objects.create(subject=subject, entered_by=staff, **values)
        return world.objects[key]

    campaign("planned evaluation", CampaignState.PLANNED, way=Way.CODE)
    opened = campaign("open evaluation", CampaignState.OPEN, way=Way.CODE)
    # Whoever opens the page behind a code reads the name: it is that of somebody without a canary in it.
    _codes(campaign("coded evaluation", CampaignState.OPEN, world.objects["colleague"], way=Way.CODE))
    closed = campaign("closed evaluation", CampaignState.CLOSED)
    campaign("small evaluation", CampaignState.SMALL)
    Subject.objects.filter(campaign=world.objects["small evaluation"]).update(outcome=Outcome.SMALL, decided_on=TODAY)
    campaign("kept evaluation", CampaignState.SMALL, kept_small_on=TODAY, kept_small_why=WHY)
    valid = campaign("valid evaluation", CampaignState.VALID, seen_by=(*OFFICE, TRAINEE))
    _valid(valid)
    # Extended for somebody else: nothing more is filled in about the one whose result is valid.
    two = (trainee, world.objects["colleague"])
    _valid(campaign("settled one", CampaignState.OPEN, *two, seen_by=(*OFFICE, TRAINEE), way=Way.CODE))
    for name, seen in (("kept", OFFICE), ("released", (*OFFICE, TRAINEE))):
        text = world.canary(f"{name} comment", seen_by=seen)
        Remark.objects.create(subject=valid, text=text, is_released=name == "released")
    campaign("voided evaluation", CampaignState.PLANNED)
    why = world.canary("reason of voiding an evaluation", seen_by=("staff", "leader"))
    void_campaign(world.objects["voided evaluation"], reason=why, actor=staff)
    batch("draft batch", opened)
    batch("agreeing batch", opened, tally=TALLY)
    batch("counted batch", closed, tally=TALLY, state=BatchState.COUNTED)
    batch("mixed batch", closed, kind=BatchKind.SHEETS, state=BatchState.COUNTED)
    history.void(batch("voided batch", opened), actor=staff, reason="重复")
    campaign("kin's evaluation", CampaignState.OPEN, world.objects["kin"], seen_by=("staff", "leader"))
    _valid(campaign("colleague's evaluation", CampaignState.VALID, world.objects["colleague"]))
    # With a relative of the liaison among them nobody but staff runs it; the liaison sees the others.
    campaign("mixed evaluation", CampaignState.OPEN, world.objects["colleague"], world.objects["kin"])
    foreign = world.objects["foreign trainee"]
    campaign("foreign evaluation", CampaignState.OPEN, foreign, seen_by=("other_staff", "moved_staff"))


def _codes(subject: Subject) -> None:
    for key, token in TOKENS.items():
        of_closed = make_campaign(
            subject.trainee, unit=subject.campaign.unit, state=CampaignState.CLOSED, title="已截止"
        )
        owner = subject_of(of_closed) if key == "closed" else subject
        OneTimeCode.objects.create(subject=owner, digest=digest_of(token), is_used=key == "used")


def _valid(subject: Subject) -> None:
    known = {"outcome": Outcome.VALID, "decided_on": TODAY, "sheets": 12, "judged": 11, "satisfied": 11}
    Subject.objects.filter(pk=subject.pk).update(counts=COUNTS, **known)


def day(number: int) -> str:
    return (TODAY + timedelta(days=number)).isoformat()


def asked(world: World, actor: str) -> dict[str, Any]:
    return {
        "version": world.objects["planned evaluation"].version,
        "title": "群众评价",
        "setting": "term",
        "trainees": [str(world.objects[TRAINEE].pk)],
        "opens_on": day(0),
        "closes_on": day(5),
        "way": "paper",
    }


SEEN = dict.fromkeys(OFFICE, 200) | {"*": 404}
LIST = dict.fromkeys((*OFFICE, "other_staff", "moved_staff"), 200) | {"*": 404}
RUN = {"staff": 200, "liaison": 200, "leader": 403, "*": 404}
NOBODY = dict.fromkeys(OFFICE, 403) | {"*": 404}
STAFF = NOBODY | {"staff": 200}
KIN = {"staff": 200, "leader": 403, "*": 404}
REASON = {"reason": "更正"}
COVER = {"number": "3", "held_on": day(0), "collected_by": "王组织"}
SHEET = {"q1": "1", "q2": "1", "q3": "1", "q4": "1", "q5": "1", "respondent": "villagers", "comment": ""}


def saved(expected: Any) -> Any:
    return {actor: 302 if status == 200 else status for actor, status in expected.items()}


def act(name: str, key: str, expected: Any, *, post: Any = None, **values: Any) -> Route:
    return Route(
        f"evaluation:{name}",
        kwargs=of(key),
        get=expected,
        post=post or saved(expected),
        data=sent(key, **values),
    )


def page(name: str, key: str, expected: Any) -> Route:
    return Route(f"evaluation:{name}", kwargs=of(key), get=expected)


def paper(name: str, key: str, expected: Any) -> Route:
    kwargs = lambda world: {"kind": "evaluation.result", "pk": world.objects[key].pk}  # noqa: E731
    return Route(f"documents:{name}", kwargs=kwargs, get=expected)


def answered(token: str, get: int, post: int) -> Route:
    return Route(
        "evaluate",
        kwargs=lambda world: {"token": token},
        get=get,
        post=post,
        data=lambda world, actor: SHEET,
        public=True,
    )


ROUTES = [
    answered(TOKENS["open"], 200, 200),
    answered(TOKENS["used"], 410, 410),
    answered(TOKENS["closed"], 410, 410),
    answered("meiyou-zhege-ma", 404, 404),
    Route("evaluation:campaign_list", get=LIST),
    Route("evaluation:campaign_list", query="?q=受训&state=open&way=code", get=LIST),
    Route("evaluation:campaign_list", query="?state=voided", get=LIST),
    Route(
        "evaluation:campaign_new",
        get=LIST | {"leader": 403},
        post=LIST | {"leader": 403},
        data=asked,
    ),
    page("campaign_detail", "planned evaluation", SEEN),
    page("campaign_detail", "open evaluation", SEEN),
    page("campaign_detail", "small evaluation", SEEN),
    page("campaign_detail", "valid evaluation", SEEN),
    page("campaign_detail", "voided evaluation", SEEN),
    page("campaign_detail", "mixed evaluation", SEEN),
    page("campaign_detail", "kin's evaluation", SEEN | {"liaison": 404}),
    page("campaign_detail", "foreign evaluation", {"other_staff": 200, "moved_staff": 200, "*": 404}),
    page("campaign_detail", "kept evaluation", SEEN),
    Route("evaluation:campaign_edit", kwargs=of("planned evaluation"), get=RUN, post=saved(RUN), data=asked),
    Route("evaluation:campaign_edit", kwargs=of("open evaluation"), get=NOBODY, post=NOBODY, data=asked),
    act("campaign_open", "planned evaluation", RUN),
    act("campaign_open", "open evaluation", NOBODY),
    act("campaign_extend", "open evaluation", RUN, closes_on=day(9)),
    act("campaign_extend", "small evaluation", RUN, closes_on=day(9)),
    act("campaign_extend", "valid evaluation", NOBODY, closes_on=day(9)),
    act("campaign_extend", "mixed evaluation", STAFF, closes_on=day(9)),
    act("campaign_close", "open evaluation", RUN),
    act("campaign_close", "closed evaluation", NOBODY),
    act("campaign_close", "mixed evaluation", STAFF),
    act("campaign_settle", "closed evaluation", RUN),
    act("campaign_settle", "open evaluation", NOBODY),
    act("campaign_settle", "kept evaluation", NOBODY),
    act("campaign_keep_small", "small evaluation", RUN, **REASON),
    act("campaign_keep_small", "kept evaluation", NOBODY, **REASON),
    act("campaign_keep_small", "open evaluation", NOBODY, **REASON),
    act("campaign_extend", "kept evaluation", RUN, closes_on=day(9)),
    act("campaign_void", "open evaluation", STAFF, **REASON),
    act("campaign_void", "voided evaluation", NOBODY, **REASON),
    act("campaign_restore", "voided evaluation", STAFF, **REASON),
    act("campaign_restore", "open evaluation", NOBODY, **REASON),
    page("sheet_print", "open evaluation's person", RUN),
    page("sheet_print", "valid evaluation's person", NOBODY | {TRAINEE: 403}),
    page("cover_print", "open evaluation's person", RUN),
    page("cover_print", "valid evaluation's person", NOBODY | {TRAINEE: 403}),
    act("codes_new", "open evaluation's person", RUN, post=RUN, number="3"),
    act("codes_new", "settled one's person", NOBODY | {TRAINEE: 403}, post=NOBODY | {TRAINEE: 403}, number="3"),
    page("sheet_print", "settled one's person", NOBODY | {TRAINEE: 403}),
    page("cover_print", "settled one's person", NOBODY | {TRAINEE: 403}),
    act("codes_new", "closed evaluation's person", NOBODY, post=NOBODY, number="3"),
    act("batch_new", "open evaluation's person", RUN, kind="tally", **COVER),
    act("batch_new", "kin's evaluation's person", KIN, kind="tally", **COVER),
    act("batch_new", "planned evaluation's person", NOBODY, kind="tally", **COVER),
    act("batch_new", "valid evaluation's person", NOBODY | {TRAINEE: 403}, kind="tally", **COVER),
    act("batch_enter", "draft batch", RUN, **{f"n{number}_1": "3" for number in range(1, 6)}),
    act("batch_enter", "counted batch", NOBODY),
    act("batch_edit", "draft batch", RUN, **COVER),
    act("batch_edit", "counted batch", NOBODY, **COVER),
    act("batch_count", "agreeing batch", RUN),
    act("batch_count", "counted batch", NOBODY),
    act("batch_void", "counted batch", RUN, **REASON),
    act("batch_void", "mixed batch", NOBODY, **REASON),
    act("batch_restore", "voided batch", RUN, **REASON),
    act("batch_restore", "draft batch", NOBODY, **REASON),
    page("result_detail", "valid evaluation's person", SEEN | {TRAINEE: 200}),
    page("result_detail", "colleague's evaluation's person", SEEN),
    page("result_detail", "small evaluation's person", NOBODY),
    page("result_detail", "open evaluation's person", NOBODY),
    act("result_release", "valid evaluation's person", STAFF | {TRAINEE: 403}),
    act("result_release", "small evaluation's person", NOBODY),
    paper("paper", "valid evaluation's person", SEEN | {TRAINEE: 200}),
    paper("paper", "small evaluation's person", 404),
    paper("paper_word", "valid evaluation's person", SEEN | {TRAINEE: 200}),
]
