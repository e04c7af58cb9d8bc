"""Prints one of the README's two commands, so that what is promised there is what is run: `start` or `test`."""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"

if __name__ == "__main__":
    name = sys.argv[1]
    found = re.search(rf"<!-- {name} -->\s*```sh\n(.+?)\n```", README.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise SystemExit(f"README.md has no command marked {name!r}")
    print(found.group(1))
