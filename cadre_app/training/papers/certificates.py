"""结业证书 For whoever completed a session and, where the session has a test, passed it."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cadre_app.core.documents import DocumentKind, Mark, Paper, Series, document_kinds
from cadre_app.core.roles import Role
from cadre_app.core.tables import joined
from cadre_app.documents.models import DocumentNumber
from cadre_app.documents.services.numbers import give_number, number_of
from cadre_app.documents.wording import day_text
from cadre_app.people.models import of_scope
from cadre_app.policy.values import CORE_ORGANIZATION_NAME
from cadre_app.training.links import link
from cadre_app.training.models import Assessment, CourseSession, Enrolment
from cadre_app.training.permissions.rooms import oversees, works_here
from cadre_app.training.policies import CERTIFICATE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from cadre_app.accounts.models import User

CERTIFICATE = "training.certificate"
WORD = Path(__file__).resolve().parent.parent / "word" / "certificate.docx"
RELATED = ("trainee__person", "session__course")


def certificate_paper(user: "User", owner_id: "UUID") -> Paper | None:
    """For business roles in their scope; for whoever earned it once it bears a number."""
    place = _earned(user).filter(pk=owner_id).first()
    if place is None:
        return None
    is_own = place.trainee.person.account_id == user.pk
    if is_own and number_of(CERTIFICATE, owner_id) is None:
        return None
    if not is_own and not oversees(user):
        return None
    name = f"结业证书（{place.trainee.person.name}、{place.session.course.title}）"
    return Paper(place, name, certificate_values(place))


def certificate_values(place: Enrolment) -> Mapping[str, Any]:
    """Who completed what, when, for how many hours, and with which result."""
    session = place.session
    first, last = day_text(session.starts_on), day_text(session.ends_on)
    tested = session.assessment != Assessment.NONE
    return {
        "department": CORE_ORGANIZATION_NAME.now(),
        "trainee": place.trainee.person.name,
        "course": session.course.title,
        "period": f"于{first}" if first == last else f"于{first}至{last}",
        "hours": f"{session.hours.normalize():f}",
        "result": "考核合格，" if tested else "",
    }


def may_number(user: "User", owner_id: "UUID") -> bool:
    """Staff, for the people of their scope."""
    return works_here(user) and _numbered_by(user).filter(pk=owner_id).exists()


def unnumbered(session: CourseSession, user: "User") -> list[Enrolment]:
    """Certificates of the session that `user` can give numbers to and that have none, by strokes of the name."""
    places = _numbered_by(user).filter(session=session)
    known = numbers_of(places.values_list("pk", flat=True))
    return [place for place in places.order_by("trainee__stroke_key", "pk") if place.pk not in known]


def number_all(session: CourseSession, *, actor: "User") -> list[DocumentNumber]:
    """A number for every certificate of the session that has none, in the order of names."""
    return [give_number(place, kind=CERTIFICATE, actor=actor) for place in unnumbered(session, actor)]


def numbers_of(owner_ids: "Iterable[UUID]") -> "dict[UUID, str]":
    """The numbers of these certificates; one query."""
    rows = DocumentNumber.objects.filter(kind=CERTIFICATE, owner_id__in=list(owner_ids))
    return {row.owner_id: str(row) for row in rows}


def lapsed_text(session: CourseSession, user: "User") -> str:
    """Names the certificates of the session that bear a number and hold no longer; empty if there is none."""
    seen = Enrolment.objects.visible_to(user).standing().filter(session=session)
    places = seen.exclude(pk__in=Enrolment.objects.earned().filter(session=session).values("pk"))
    found = list(places.select_related("trainee__person").order_by("trainee__stroke_key", "pk"))
    numbers = numbers_of(place.pk for place in found)
    named = [f"{place.trainee.person.name} {numbers[place.pk]}" for place in found if place.pk in numbers]
    text = gettext("Certificates with a number that no longer hold: %(names)s. Take back what was handed out.")
    return text % {"names": joined(named)} if named else ""


def is_numbered(session: CourseSession) -> bool:
    """True once a certificate of the session bears a number."""
    places = session.enrolments.values("pk")
    return DocumentNumber.objects.filter(kind=CERTIFICATE, owner_id__in=places).exists()


def address_of(place: Enrolment) -> str:
    return reverse("documents:paper", kwargs={"kind": CERTIFICATE, "pk": place.pk})


def announce() -> None:
    """Called once, when the app is ready."""
    document_kinds.register(
        CERTIFICATE,
        DocumentKind(
            label=_("Certificate of completion"),
            word=WORD,
            html="training/papers/certificate.html",
            paper=certificate_paper,
            page_of=_page_of,
            sample=SAMPLE,
            mark=Mark.NONE,
            pages_numbered=False,
            series=Series(CERTIFICATE, CERTIFICATE_PREFIX.now),
            may_number=may_number,
        ),
    )


def _earned(user: "User") -> Any:
    return Enrolment.objects.visible_to(user).earned().select_related(*RELATED)


def _numbered_by(user: "User") -> Any:
    """As staff, not as the teacher; never oneself or a relative (回避)."""
    places = Enrolment.objects.worked_on(user).filter(of_scope(user, Role.STAFF, prefix="trainee__"))
    return places.earned().select_related(*RELATED)


def _page_of(owner_id: "UUID") -> str:
    """The session, which whoever opens the certificate sees."""
    return link("session_detail", pk=Enrolment.objects.get(pk=owner_id).session_id)


SAMPLE: Mapping[str, Any] = {
    "department": "中共某区委组织部",
    "trainee": "李某某",
    "course": "调研报告的问题与对策",
    "period": "于2026年3月5日至2026年3月6日",
    "hours": "12",
    "result": "考核合格，",
}
