"""Nothing in the tree names a registry, an index or a machine path; every locked package carries its hash."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"files[.]pythonhosted|pypi[.]org/simple|registry[.]npmjs|deb[.]debian|--(?:extra-)?index-url")
BINARY = {".png", ".mo", ".ico", ".woff2", ".gz"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def main() -> int:
    problems = []
    for path in tracked():
        if path.suffix in BINARY or "vendor" in path.parts or not path.exists():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if ADDRESS.search(line):
                problems.append(f"{path.relative_to(ROOT)}:{number}: names a registry")
    for path in sorted(ROOT.glob("requirements*.txt")):
        text = path.read_text(encoding="utf-8")
        for block in re.split(r"\n(?=[a-z0-9])", text.strip()):
            if "--hash=sha256:" not in block:
                problems.append(f"{path.name}: without a hash: {block.splitlines()[0]}")
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    found = sorted(".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.glob("cadre_app/**/__init__.py"))
    if listed != found:
        problems.append(f"pyproject.toml lists other packages than there are: {sorted(set(listed) ^ set(found))}")
    print("\n".join(problems) or "tree: no addresses, every package hashed and listed")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
