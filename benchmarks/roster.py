"""Builds a district of 10,000 and of 100,000 trainees, serves it as in production, and measures the roster, the search and the overview over HTTP.

python benchmarks/roster.py [--people 10000,100000] [--rounds 40] [--folder DIR] [--only TEXT] [--explain TEXT]

DATABASE_URL may name an empty scratch database (one size only); else servers are started in the folder, which is kept
only when it was named. `--explain` prints the plan of every query behind the cases whose name holds the text.
"""

import argparse
import json
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import stand

BASE = "bare list"
DEEP_PAGES = 20


LIST = "/people/"
FILTERS = (
    "q=林", "q=lzy", "q=zhangzhi", "q=WY-2023", "q=nobodyatall", "kind=selected", "sub_kind=targeted",
    "status=institution", "stage=camp-1", "stage=advanced", "year=2021", "year=2008", "term=running",
    "term=interrupted", "term=over", "term=none", "village=第7", "village=nowhere", "rank=10", "party_stage=full",
    "party_stage=activist", "political_status=03", "sex=1", "education=10", "education=20", "account=has",
    "account=none", "case=arrived", "case=left", "case=checklist", "case=probation", "case=term", "state=left", "state=voided", "kind=selected&stage=camp-2&rank=10&sex=2",
)  # fmt: skip
SEARCHES = ("林", "林志", "lzy", "zhangzhi", "zhi", "WY-2023", "第7", "nobodyatall")
SORTS = ("year", "rank", "-rank", "name", "pinyin", "kind", "service", "-service", "term_end", "birth", "file_number")


def cases() -> dict[str, str]:
    """Name and address of everything that is measured."""
    found = {
        "bare view": "/bare/",
        "session and user": "/bare/user/",
        "count to 1,000": "/bare/bounded/",
        "exact count": "/bare/exact/",
        BASE: "/bare/list/",
        "roster": LIST,
        "roster, eight columns": f"{LIST}?columns=name,kind,unit,post,rank,arrived_on,term_end,file_number",
    }
    found |= {f"roster sort={sort}": f"{LIST}?sort={sort}" for sort in SORTS}
    found |= {f"roster page {DEEP_PAGES} sort={sort}": deep_page(sort) for sort in ("unit", "year", "rank", "name")}
    found |= {f"roster {query}": f"{LIST}?{quote(query, safe='=&')}" for query in FILTERS}
    found |= {f"roster of a {kind}": f"{LIST}?unit={key}" for kind, key in some_units()}
    found["tree"] = "/people/tree/"
    found |= {"overview": "/reports/", "overview of a past day": "/reports/?as_of=2026-01-02"}
    found |= {f"overview of a {kind}": f"/reports/?unit={key}" for kind, key in some_units()}
    found |= {
        f"overview of a {kind} on a past day": f"/reports/?as_of=2026-01-02&unit={key}" for kind, key in some_units()
    }
    found |= {f"search {words}": f"/search/?q={quote(words)}" for words in SEARCHES}
    return found


def deep_page(sort: str) -> str:
    """The address of a page far into the list, by its cursor."""
    from django.http import QueryDict

    from cadre_app.accounts.models import User
    from cadre_app.core.tables import Empty, asked
    from cadre_app.people.roster.lists import roster_for

    user, query = User.objects.get(username="bench"), f"sort={sort}"
    for _ in range(DEEP_PAGES):
        table = roster_for(user, asked(QueryDict(query)), empty=Empty("")).table
        query = f"sort={sort}&after={table.next_cursor}"
    return f"{LIST}?{query}"


def some_units() -> list[tuple[str, str]]:
    """A town and a village."""
    from cadre_app.org.models import Unit

    return [(kind, str(Unit.objects.filter(kind=kind).order_by("path")[7].pk)) for kind in ("town", "village")]


def measure(port: int, paths: dict[str, str], rounds: int, username: str = "bench") -> dict[str, dict[str, Any]]:
    """Every case in turn, round after round, so that a busy moment meets all of them; the median counts."""
    visitor = stand.Visitor(port, stand.cookie_for(username))
    times: dict[str, list[float]] = {name: [] for name in paths}
    sizes: dict[str, int] = {}
    for number in range(rounds + 3):
        for name, path in paths.items():
            status, body, spent = visitor.get(path)
            if status != 200:
                raise SystemExit(f"{name}: {path} answered {status}")
            sizes[name] = len(body)
            if number >= 3:
                times[name].append(spent)
    return {name: {"ms": statistics.median(times[name]), "bytes": sizes[name]} for name in paths}


def queries_of(path: str, username: str = "bench") -> list[dict[str, str]]:
    """The statements behind a page, asked in this process; the second time, as a running worker would."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from cadre_app.accounts.models import User

    client = Client(headers={"X-Forwarded-Proto": "https"})
    client.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return list(seen.captured_queries)


def explain(paths: dict[str, str], text: str) -> None:
    from django.db import connection

    for name, path in paths.items():
        if text not in name:
            continue
        for query in queries_of(path):
            print(f"\n== {name}: {query['sql']}")
            if query["sql"].startswith("SELECT"):
                with connection.cursor() as cursor:
                    cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"].replace("%", "%%"), [])
                    print("\n".join(line for (line,) in cursor.fetchall()))


def run_one(options: argparse.Namespace) -> None:
    """One size in this process; prints JSON."""
    folder = Path(options.folder)
    site = stand.prepare(folder)
    with stand.database(site):
        stand.fill(options.one)
        paths = {name: path for name, path in cases().items() if options.only in name or name == BASE}
        if options.explain:
            explain(paths, options.explain)
            return
        with stand.served(folder) as port:
            found = measure(port, paths, options.rounds)
        for name, path in paths.items():
            found[name]["queries"] = len(queries_of(path))
        print(json.dumps(found))


def tabulate(results: dict[int, dict[str, dict[str, Any]]]) -> None:
    """Milliseconds, how many times the bare list of the same run, queries and bytes, by size.

    `grows` compares the multiples of the largest and the smallest size: how busy the machine was falls out of it.
    """
    sizes = list(results)
    for name in results[sizes[0]]:
        parts, multiples = [f"{name:34}"], []
        for size in sizes:
            row = results[size][name]
            multiples.append(row["ms"] / results[size][BASE]["ms"])
            parts.append(f"{row['ms']:8.1f} ms {multiples[-1]:5.2f}×")
        parts.append(f"{row['queries']:3} queries {row['bytes']:8,} bytes")
        if len(sizes) > 1:
            parts.append(f"grows {multiples[-1] / multiples[0]:5.2f}×")
        print(" ".join(parts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", default="10000,100000")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--folder", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--explain", default="")
    parser.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        run_one(options)
        return
    results = {}
    with stand.folder(options.folder) as base:
        for people in (int(text) for text in options.people.split(",")):
            command = [sys.executable, __file__, "--one", str(people), "--folder", str(base / str(people))]
            command += ["--rounds", str(options.rounds), "--only", options.only, "--explain", options.explain]
            done = subprocess.run(command, stdout=None if options.explain else subprocess.PIPE, check=True)
            if not options.explain:
                results[people] = json.loads(done.stdout)
    if results:
        tabulate(results)


if __name__ == "__main__":
    main()
