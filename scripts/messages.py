"""The two catalogues: `update` collects and compiles them, `check` proves that they are complete and compiled.

Both need the gettext tools (Debian: gettext); running the product does not, because the .mo files are committed.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"
LANGUAGES = ("zh_Hans", "en")
IGNORED = (".venv", "node_modules", "var", "tests", "build", "benchmarks", "scripts")


def catalogue(language: str, suffix: str = "po", root: Path = LOCALE) -> Path:
    return root / language / "LC_MESSAGES" / f"django.{suffix}"


def collect() -> None:
    """Run makemessages over code and templates; entries keep their file, not their line."""
    command = [sys.executable, "manage.py", "makemessages", "--no-obsolete", "--add-location=file", "--verbosity=0"]
    command += [part for language in LANGUAGES for part in ("-l", language)]
    command += [part for name in IGNORED for part in ("-i", name)]
    subprocess.run(command, cwd=ROOT, check=True)


def fill_english() -> None:
    """English is written in the code; its catalogue says so explicitly."""
    po = polib.pofile(str(catalogue("en")))
    for entry in po:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid, 1: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
        if "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
    po.save()


def tidy_and_compile(language: str) -> None:
    po = polib.pofile(str(catalogue(language)), wrapwidth=110)
    plural = "nplurals=1; plural=0;" if language == "zh_Hans" else "nplurals=2; plural=(n != 1);"
    po.metadata = {
        "Project-Id-Version": "Qinglan",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural,
    }
    po.header = ""
    for entry in po:
        entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    po.save()
    po.save_as_mofile(str(catalogue(language, "mo")))


def update() -> None:
    for language in LANGUAGES:
        catalogue(language).parent.mkdir(parents=True, exist_ok=True)
    collect()
    fill_english()
    for language in LANGUAGES:
        tidy_and_compile(language)


def problems_of(language: str, committed: Path) -> list[str]:
    """Differences between what the code says now and what is committed, and entries without a translation."""
    now = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(catalogue(language)))}
    po = polib.pofile(str(catalogue(language, "po", committed)))
    kept = {(entry.msgctxt, entry.msgid) for entry in po}
    found = [f"{language}: not in the catalogue: {msgid!r}" for _, msgid in sorted(now - kept, key=str)]
    found += [f"{language}: no longer used: {msgid!r}" for _, msgid in sorted(kept - now, key=str)]
    found += [f"{language}: not translated: {entry.msgid!r}" for entry in po if not entry.translated()]
    compiled = {
        (entry.msgctxt, entry.msgid): entry for entry in polib.mofile(str(catalogue(language, "mo", committed)))
    }
    for entry in po:
        twin = compiled.get((entry.msgctxt, entry.msgid))
        if twin is None or (twin.msgstr, twin.msgstr_plural) != (entry.msgstr, entry.msgstr_plural):
            found.append(f"{language}: .mo is older than .po: {entry.msgid!r}")
    return found


def check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        committed = Path(folder) / "locale"
        shutil.copytree(LOCALE, committed)
        try:
            collect()
            problems = [line for language in LANGUAGES for line in problems_of(language, committed)]
        finally:
            shutil.rmtree(LOCALE)
            shutil.copytree(committed, LOCALE)
    print("\n".join(problems) or "catalogues: complete and compiled")
    return 1 if problems else 0


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] == ["check"]:
        raise SystemExit(check())
    else:
        raise SystemExit("usage: messages.py update | check")
