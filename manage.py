#!/usr/bin/env python3
"""Entry point of every management command; finds the servers of the data folder first."""

import os
import sys


def main() -> None:
    """Read the data folder's environment, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cadre_app.settings")
    from cadre_app.runtime.environment import load_for_command
    from cadre_app.runtime.say import Refusal

    try:
        argv = load_for_command(sys.argv)

        from django.core.management import execute_from_command_line

        execute_from_command_line(argv)
    except Refusal as refusal:
        raise SystemExit(str(refusal)) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] in ("cadre_app", "mentorship", "training", "assignments"):
            raise
        raise SystemExit(
            f"缺少依赖 {error.name}，请先运行：python -m pip install -r requirements.txt "
            f"The module {error.name} is missing: run that command first."
        ) from None


if __name__ == "__main__":
    main()
