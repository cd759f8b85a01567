"""Fetches Bootstrap's style sheet into static/vendor/ with npm, ready for our pages.

Its icons are data: addresses, which the Content-Security-Policy does not let through, so each
becomes a file; the source map, which we do not ship, is no longer named. Start it again with
another VERSION to update, and change static/vendor/README.md with it.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from urllib.parse import unquote

VERSION = "5.3.9"
TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor" / "bootstrap"

_ICON = re.compile(r'url\("data:image/svg\+xml,([^"]+)"\)')
_SOURCE_MAP = re.compile(r"\s*/\*# sourceMappingURL=.*?\*/\s*$")


def move_icons_into_files(css: str, folder: Path) -> str:
    """The style sheet with an address relative to `folder`'s parent in place of each icon."""

    def write(match: re.Match[str]) -> str:
        picture = unquote(match[1]) + "\n"
        name = hashlib.sha256(picture.encode()).hexdigest()[:8]
        (folder / f"{name}.svg").write_text(picture, encoding="utf-8")
        return f"url({folder.name}/{name}.svg)"

    return _ICON.sub(write, css)


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    (TARGET / "icons").mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", f"bootstrap@{VERSION}"], cwd=folder, check=True)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            package.extractall(folder, filter="data")
        package_folder = Path(folder) / "package"
        css = (package_folder / "dist/css/bootstrap.min.css").read_text(encoding="utf-8")
        shutil.copyfile(package_folder / "LICENSE", TARGET / "LICENSE")
    css = _SOURCE_MAP.sub("\n", move_icons_into_files(css, TARGET / "icons"))
    if "data:" in css:
        raise SystemExit("A data: address is left in the style sheet: look at _ICON.")
    (TARGET / "bootstrap.min.css").write_text(css, encoding="utf-8")


if __name__ == "__main__":
    main()
