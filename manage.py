#!/usr/bin/env python
from __future__ import annotations

import importlib
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        # Before any command looks at them: Django itself would let some commands go on
        # without settings, and end the others in a traceback that hides the message.
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except ImproperlyConfigured as problem:
        sys.exit(f"Duxun does not start. {problem}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
