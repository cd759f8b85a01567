"""Which part may know of which: reports -> inspections -> projects -> accounts."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

# Each app may import itself and those before it.
APPS = ("accounts", "projects", "inspections", "reports")
# Nothing that an app needs at run time is there; settings come from django.conf.
OUTSIDE_APPS = ("benchmarks", "config", "scripts", "tests")
SCORING = "inspections.scoring"


def iterate_imports(file: Path, root: Path) -> Iterator[str]:
    """Dotted names that a file imports, wherever in it; relative ones made absolute."""
    package = file.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{module}.{alias.name}"


def is_within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def find_forbidden_imports(root: Path) -> list[str]:
    """One line for each import that goes the wrong way, in the order of files."""
    found = []
    for position, app in enumerate(APPS):
        closed = (*APPS[position + 1 :], *OUTSIDE_APPS)
        for file in sorted((root / app).rglob("*.py")):
            name = file.relative_to(root).as_posix()
            for module in iterate_imports(file, root):
                if name.startswith(SCORING.replace(".", "/") + "/"):
                    allowed = is_within(module, SCORING) or (
                        module.partition(".")[0] in sys.stdlib_module_names
                    )
                else:
                    allowed = module.partition(".")[0] not in closed
                if not allowed:
                    found.append(f"{name}: {module}")
    return found


def write(root: Path, name: str, source: str) -> None:
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(source, encoding="utf-8")


def test_imports_of_all_apps_run_one_way() -> None:
    assert find_forbidden_imports(ROOT) == []


def test_walk_of_all_apps_sees_their_imports() -> None:
    """Fails where a folder was renamed and the walk above looks at nothing."""
    for app in APPS:
        assert "django.apps.AppConfig" in set(iterate_imports(ROOT / app / "apps.py", ROOT))
    assert list((ROOT / SCORING.replace(".", "/")).glob("*.py")) != []


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        pytest.param(
            "accounts/models.py", "import projects.models", "projects.models", id="plain import"
        ),
        pytest.param(
            "projects/models/agency.py",
            "from inspections import actions",
            "inspections.actions",
            id="package",
        ),
        pytest.param(
            "projects/views.py",
            "def f():\n    from reports.models import Report",
            "reports.models.Report",
            id="within a function",
        ),
        pytest.param(
            "inspections/views.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import reports",
            "reports",
            id="for types only",
        ),
        pytest.param(
            "reports/views.py",
            "from config import settings",
            "config.settings",
            id="settings as a module",
        ),
        pytest.param(
            "reports/management/commands/demo.py",
            "import tests.factories",
            "tests.factories",
            id="tests",
        ),
        pytest.param(
            "inspections/scoring/rules.py",
            "from django.utils import timezone",
            "django.utils.timezone",
            id="Django in scoring",
        ),
        pytest.param(
            "inspections/scoring/rules.py",
            "from ..models import Answer",
            "inspections.models.Answer",
            id="models in scoring",
        ),
    ],
)
def test_forbidden_import_is_found(tmp_path: Path, name: str, source: str, expected: str) -> None:
    write(tmp_path, name, source)

    assert find_forbidden_imports(tmp_path) == [f"{name}: {expected}"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("reports/views.py", "from inspections.models import Visit\nimport accounts"),
        ("projects/views.py", "from . import models\nfrom accounts.models import User"),
        ("inspections/scoring/rules.py", "from decimal import Decimal\nfrom . import types"),
        ("accounts/views.py", "from django.conf import settings"),
    ],
)
def test_allowed_import_is_left_alone(tmp_path: Path, name: str, source: str) -> None:
    write(tmp_path, name, source)

    assert find_forbidden_imports(tmp_path) == []
