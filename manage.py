#!/usr/bin/env python3
"""Entry point of every management command; finds the servers of the data folder first."""

import os
import sys


def main() -> None:
    """Read the data folder's environment, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre_app.settings")
    try:
        from cadre_app.runtime.environment import load_for_command
    except ImportError as error:
        raise SystemExit(
            f"缺少依赖（{error.name}）。请先运行：python -m pip install -r requirements.txt\n"
            f"A dependency is missing ({error.name}). Run: python -m pip install -r requirements.txt"
        ) from error
    argv = load_for_command(sys.argv)

    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)


if __name__ == "__main__":
    main()
