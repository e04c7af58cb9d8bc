"""Nothing in the tree names a registry, an index or a machine path; every locked package carries its hash."""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDRESS = re.compile(r"files[.]pythonhosted|pypi[.]org/simple|registry[.]npmjs|deb[.]debian|--(?:extra-)?index-url")
BINARY = {".png", ".mo", ".ico", ".woff2", ".gz", ".docx"}


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def registry_addresses() -> list[str]:
    found = []
    for path in tracked():
        if path.suffix in BINARY or "vendor" in path.parts or not path.exists():
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if ADDRESS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: names a registry")
    return found


def packages_without_hash() -> list[str]:
    return [
        f"{path.name}: without a hash: {block.splitlines()[0]}"
        for path in sorted(ROOT.glob("requirements*.txt"))
        for block in re.split(r"\n(?=[a-z0-9])", path.read_text(encoding="utf-8").strip())
        if "--hash=sha256:" not in block
    ]


def unlisted_packages() -> list[str]:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    found = {".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.glob("cadre_app/**/__init__.py")}
    return [f"pyproject.toml and the tree differ in {name}" for name in sorted(set(listed) ^ found)]


def broken_links() -> list[str]:
    links = re.findall(r"\]\(((?:docs|static)/[^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    return [f"README.md links to {link}, which is not there" for link in links if not (ROOT / link).exists()]


def main() -> int:
    problems = registry_addresses() + packages_without_hash() + unlisted_packages() + broken_links()
    print("\n".join(problems) or "tree: no addresses, every package hashed and listed, no broken link")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
