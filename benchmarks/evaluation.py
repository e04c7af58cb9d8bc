"""5,000 sheets of a community evaluation sent by code over HTTP, with the box being stirred meanwhile.

python benchmarks/evaluation.py [--sheets 5000] [--twice 200] [--people 20] [--folder DIR]

Talks to 127.0.0.1 alone, from eight connections of its own. Prints sheets a minute, the milliseconds of one sending and of one
stir, and whether the aims are met: 5,000 sheets in a minute, every one of them once, none refused; and of so many codes that
two people send at the same moment one sheet each.
"""

import argparse
import http.client
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import stand

CONNECTIONS, STIR_EVERY, A_MINUTE, LARGEST = 8, 5.0, 5_000, 20_000
SERVER_ERROR = 500
BODY = urlencode({"q1": 1, "q2": 2, "q3": 1, "q4": 1, "q5": 2, "respondent": "villagers", "comment": "办事有回音。"})
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Proto": "https"}


def fill(people: int, sheets: int) -> list[str]:
    """An open evaluation of so many people, and the addresses of its printed sheets."""
    stand.fill(max(people, 100))
    from django.urls import reverse
    from django.utils import timezone

    from cadre_app.accounts.models import User
    from cadre_app.evaluation.models import Campaign, OneTimeCode, Subject
    from cadre_app.evaluation.policies import CODES_ON
    from cadre_app.evaluation.services.codes import digest_of
    from cadre_app.people.models import Trainee
    from cadre_app.policy.services import add_value

    today, files = timezone.localdate(), list(Trainee.objects.in_development()[:people])
    bench = User.objects.get(username="bench")
    add_value(CODES_ON, value=True, valid_from=today, source="bench", reason="bench", actor=bench)
    campaign = Campaign.objects.create(
        unit=files[0].home_unit,
        title="群众评价",
        setting="term",
        way="code",
        opens_on=today,
        closes_on=today + timedelta(days=7),
        state="open",
        least=10,
        set_by=bench,
    )
    subjects = Subject.objects.bulk_create([Subject(campaign=campaign, trainee=file) for file in files])
    tokens = [f"bench-{number}-{campaign.pk.hex}" for number in range(sheets)]
    OneTimeCode.objects.bulk_create(
        [OneTimeCode(subject=subjects[place % people], digest=digest_of(one)) for place, one in enumerate(tokens)],
        batch_size=1_000,
    )
    return [reverse("evaluate", kwargs={"token": token}) for token in tokens]


def send_all(port: int, paths: list[str]) -> tuple[float, list[float], list[int]]:
    """Seconds for all of them, milliseconds and status of each."""
    waits: list[float] = []
    statuses: list[int] = []

    def send(part: list[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for path in part:
            began = time.perf_counter()
            connection.request("POST", path, BODY, HEADERS)
            response = connection.getresponse()
            response.read()
            waits.append((time.perf_counter() - began) * 1000)
            statuses.append(response.status)
        connection.close()

    threads = [threading.Thread(target=send, args=[paths[place::CONNECTIONS]]) for place in range(CONNECTIONS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started, waits, statuses


def send_twice(port: int, paths: list[str]) -> list[int]:
    """Each address by two connections at the same moment; the status of every answer."""
    statuses: list[int] = []
    together = threading.Barrier(2)

    def send() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for path in paths:
            together.wait()
            connection.request("POST", path, BODY, HEADERS)
            response = connection.getresponse()
            response.read()
            statuses.append(response.status)
        connection.close()

    threads = [threading.Thread(target=send) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def stir_until(done: threading.Event, took: list[float]) -> None:
    """Far more often than the sweep does."""
    from django.db import connection

    from cadre_app.evaluation.services.box import stir_box

    while not done.wait(STIR_EVERY):
        began = time.perf_counter()
        stir_box()
        took.append((time.perf_counter() - began) * 1000)
    connection.close()


def run(options: argparse.Namespace, folder: Path) -> None:
    """Fill, serve, send, count."""
    site = stand.prepare(folder)
    with stand.database(site):
        paths = fill(options.people, options.sheets + options.twice)
        paths, raced = paths[: options.sheets], paths[options.sheets :]
        from cadre_app.evaluation.models import BoxedSheet, OneTimeCode, Sheet

        done, took = threading.Event(), []
        with stand.served(folder) as port:
            stirrer = threading.Thread(target=stir_until, args=[done, took])
            stirrer.start()
            seconds, waits, statuses = send_all(port, paths)
            kept = Sheet.objects.count() + BoxedSheet.objects.count()
            used = OneTimeCode.objects.filter(is_used=True).count()
            answers = send_twice(port, raced)
            done.set()
            stirrer.join()
        waits.sort()
        of_raced = Sheet.objects.count() + BoxedSheet.objects.count() - kept
        a_minute = len(waits) / seconds * 60
        print(f"{len(waits):,} sheets in {seconds:.1f} s: {a_minute:,.0f} a minute")
        print(f"one sending: {waits[len(waits) // 2]:.0f} ms, slowest {waits[-1]:.0f} ms")
        print(f"one stir: slowest {max(took, default=0):.0f} ms of {len(took)}")
        is_whole = kept == used == len(paths) and set(statuses) == {200}
        print(f"kept {kept:,}, codes used {used:,}: {'met' if is_whole else 'MISSED'}")
        is_once = of_raced == len(raced) and max(answers, default=0) < SERVER_ERROR
        print(f"{len(raced):,} codes sent twice at once, {of_raced:,} sheets: {'met' if is_once else 'MISSED'}")
        print(f"{a_minute:,.0f} a minute, aim {A_MINUTE:,}: {'met' if a_minute >= A_MINUTE else 'MISSED'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=5_000)
    parser.add_argument("--twice", type=int, default=200)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--folder", default="")
    options = parser.parse_args()
    options.sheets, options.people = min(options.sheets, LARGEST), max(1, min(options.people, 100))
    options.twice = max(0, min(options.twice, LARGEST))
    with stand.folder(options.folder) as folder:
        run(options, folder)


if __name__ == "__main__":
    main()
