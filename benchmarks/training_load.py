"""Two hundred people at one moment: they sign up for the hundred places of a session, then say by code that they are there.

python benchmarks/training_load.py [--people 200] [--places 100] [--folder DIR]

Real requests over HTTP to gunicorn as in production. Whoever scans a code that has changed meanwhile scans once more, as
people do. Prints p50 and p95 of each request and fails where somebody is lost or doubled, where more have a place than
there are places, or where the waiting list is not in order. A named folder is kept.
"""

import argparse
import http.client
import re
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import time as clock
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import stand

DISTRICT = 2_000
MOST_SCANS = 10
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
CSRF = "b" * 32
PATIENCE = 600
TWICE = 10


class Browser:
    """One signed-in person with a connection of their own; `spent` holds the milliseconds of each kind of request."""

    def __init__(self, number: int, port: int, cookie: str, spent: dict[str, list[float]]) -> None:
        self.number, self.port, self.spent = number, port, spent
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self.cookie = f"{cookie}; qinglan_csrf={CSRF}"

    def ask(self, kind: str, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and body."""
        headers = {"Cookie": self.cookie, "X-Forwarded-Proto": "https", "Accept-Encoding": "identity"}
        body = None
        if data is not None:
            body = urlencode({"csrfmiddlewaretoken": CSRF, **data})
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            headers |= {"Referer": f"https://127.0.0.1:{self.port}{path}"}
        started = time.perf_counter()
        self.connection.request("GET" if data is None else "POST", path, body=body, headers=headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        self.spent.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        return response.status, text

    def again(self, kind: str, path: str, data: dict[str, str]) -> str:
        """The same once more for one in ten: what they got, in words."""
        return f", then {self.ask(kind, path, data)[0]}" if self.number % TWICE == 0 else ""


def fill(people: int, places: int) -> tuple[Any, Any, list[str]]:
    """A session to come with few places, a class of today with everybody on its roster and its code shown."""
    stand.fill(DISTRICT)
    from django.utils import timezone

    from cadre_app.accounts.models import AccountKind, User
    from cadre_app.people.models import Trainee
    from cadre_app.policy import services as policy
    from cadre_app.training.models import Course, CourseKind, Programme, SessionState
    from cadre_app.training.policies import CODE_ON
    from cadre_app.training.services import codes
    from cadre_app.training.services.meetings import NewMeeting
    from cadre_app.training.services.rosters import place_many
    from cadre_app.training.services.sessions import create_session

    staff, today = User.objects.get(username="bench"), timezone.localdate()
    files = list(Trainee.objects.in_development().select_related("person").order_by("file_number")[:people])
    names = []
    for number, file in enumerate(files):
        account = User(username=f"load{number:04d}", display_name=file.person.name, unit_id=file.home_unit_id)
        account.kind = AccountKind.TRAINEE
        account.save()
        type(file.person).objects.filter(pk=file.person_id).update(account=account)
        names.append(account.username)

    def opened(title: str, day: Any, capacity: int, **more: Any) -> Any:
        """Held all day: the code is accepted whenever this runs. A course of its own: nobody signs up for one they have."""
        course = Course.objects.create(title=title, kind=CourseKind.WRITING, hours=Decimal(3))
        meeting = NewMeeting(held_on=day, starts_at=clock(0), ends_at=clock(23, 59), hours=Decimal(3))
        return create_session(
            course=course, meetings=[meeting], programme=Programme.OTHER, capacity=capacity, hours=Decimal(3),
            mode=course.mode, place="区委党校203教室", teacher=None, state=SessionState.OPEN, actor=staff, **more
        )  # fmt: skip

    coming = opened("调研报告的问题与对策", today + timedelta(days=10), places, takes_sign_ups=True)
    held = opened("信息写作的要点", today, people, uses_code=True)
    place_many(held, trainees=files, actor=staff)
    policy.add_value(CODE_ON, value=True, valid_from=today, source="试", reason="试", actor=staff)
    meeting = held.meetings.get()
    codes.open_code(meeting, minutes=30, actor=staff)
    meeting.refresh_from_db()
    return coming, meeting, names


def rush(browsers: list[Browser], act: Callable[[Browser], str]) -> tuple[Counter[str], float]:
    """Everybody acts at one moment; what each got, counted, and the seconds until the last had an answer."""
    gate = threading.Barrier(len(browsers) + 1)
    got: list[str] = []

    def one(browser: Browser) -> None:
        browser.connection.close()  # the server hangs up on whoever was silent for a minute
        gate.wait()
        try:
            got.append(act(browser))
        except (OSError, http.client.HTTPException) as error:
            browser.connection.close()
            got.append(f"failed: {error}")

    threads = [threading.Thread(target=one, args=(browser,), daemon=True) for browser in browsers]
    for thread in threads:
        thread.start()
    gate.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join(PATIENCE)
    return Counter(got), time.perf_counter() - started


def sign_up(path: str) -> Callable[[Browser], str]:
    """One in ten presses the button twice, as people do on a slow line: the second time meets the first."""

    def act(browser: Browser) -> str:
        status, _body = browser.ask("sign up", path, {})
        return f"{status}{browser.again('sign up again', path, {})}"

    return act


def sign_in(meeting: Any) -> Callable[[Browser], str]:
    from django.urls import reverse
    from django.utils import timezone

    from cadre_app.training.services import codes

    seconds = codes.CODE_SECONDS.now()

    def act(browser: Browser) -> str:
        for scans in range(1, MOST_SCANS + 1):
            token = codes.token_of(meeting, timezone.now(), seconds)
            path = reverse("training:attendance_in", kwargs={"token": token.text})
            _status, body = browser.ask("scan", path)
            ticket = TICKET.search(body)
            if ticket is None:
                continue
            status, _body = browser.ask("press", path, {"ticket": ticket[1]})
            again = browser.again("press again", path, {"ticket": ticket[1]})
            return f"{status}{again}, {scans} scan(s)"
        return "never in time"

    return act


def judge(coming: Any, meeting: Any, people: int, places: int) -> list[str]:
    """What is wrong in the database afterwards."""
    from cadre_app.training.models import Attendance, CourseSession, Enrolment, Place

    problems = []

    def expect(what: str, found: object, wanted: object) -> None:
        print(f"{what}: {found}")
        if found != wanted:
            problems.append(f"{what}: {found}, expected {wanted}")

    rows = list(Enrolment.objects.standing().filter(session=coming).order_by("placed_at", "pk"))
    expect("on the roster or waiting", len({row.trainee_id for row in rows}), people)
    expect("places twice", len(rows) - len({row.trainee_id for row in rows}), 0)
    expect("on the roster", sum(row.place == Place.ENROLLED for row in rows), min(places, people))
    expect("counted on the session", CourseSession.objects.get(pk=coming.pk).enrolled, min(places, people))
    waiting = [row for row in rows if row.place == Place.WAITING]
    expect("waiting", len(waiting), max(0, people - places))
    expect("waiting come after those on the roster, in order", rows[min(places, people) :] == waiting, True)
    expect("waiting at different moments", len({row.placed_at for row in waiting}), len(waiting))
    recorded = Attendance.objects.standing().filter(meeting=meeting)
    expect("recorded by code", recorded.values("enrolment").distinct().count(), people)
    expect("recorded twice", recorded.count() - people, 0)
    return problems


def run(options: argparse.Namespace, folder: Path) -> list[str]:
    site = stand.prepare(folder)
    with stand.database(site):
        coming, meeting, names = fill(options.people, options.places)
        from django.urls import reverse

        cookies = [stand.cookie_for(name) for name in names]
        spent: dict[str, list[float]] = {}
        with stand.served(folder) as port:
            browsers = [Browser(number, port, cookie, spent) for number, cookie in enumerate(cookies)]
            path = urlsplit(reverse("training:session_sign_up", kwargs={"pk": coming.pk})).path
            for what, act in (("sign-ups", sign_up(path)), ("sign-ins by code", sign_in(meeting))):
                got, seconds = rush(browsers, act)
                print(f"{options.people} {what} at one moment, all answered after {seconds:.1f} s")
                for answer, count in sorted(got.items()):
                    print(f"  {count:4} × {answer}")
        for kind, times in spent.items():
            cuts = statistics.quantiles(times, n=20)
            print(f"{kind:14} {len(times):4} requests, p50 {cuts[9]:7.0f} ms, p95 {cuts[18]:7.0f} ms")
        return judge(coming, meeting, options.people, options.places)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--places", type=int, default=100)
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    with stand.folder(options.folder) as folder:
        problems = run(options, folder)
    for problem in problems:
        print(f"WRONG: {problem}")
    raise SystemExit(1 if problems else 0)


if __name__ == "__main__":
    main()
