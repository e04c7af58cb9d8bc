"""`check --deploy` is clean in production settings, and production refuses to start with a default key."""

import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECK = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def run(**values: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}}
    environment = {**kept, "QINGLAN_PRODUCTION": "1", "QINGLAN_DATA_DIR": str(ROOT / "var-none"), **values}
    return subprocess.run(CHECK, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)


def key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def main() -> int:
    own = {"SECRET_KEY": secrets.token_urlsafe(60), "FIELD_KEYS": f"k1={key()}", "DIGEST_KEY": key()}
    clean = run(**own, ALLOWED_HOSTS="qinglan.example")
    problems = [] if clean.returncode == 0 else [clean.stdout + clean.stderr]
    for name in own:
        lacking = run(**{other: value for other, value in own.items() if other != name})
        if lacking.returncode == 0 or "Production refuses to start" not in lacking.stderr:
            problems.append(f"production started without its own {name}")
    print("\n".join(problems) or "production: check --deploy clean, default keys refused")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
