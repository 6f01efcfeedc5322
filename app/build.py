"""Build the folder to unzip and double-click, for the system that this runs on, and its archive beside it.

python app/build.py FOLDER: run by the Python of an environment that holds mlcheck with its extra `app`.
"""

from __future__ import annotations

import platform
import re
import shutil
import stat
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import mlcheck

HERE = Path(__file__).parent
ROOT = HERE.parent
SYSTEMS = {"win32": "windows", "darwin": "macos"}
TEXTS = {"docs/app.fr.md": "LISEZMOI.txt", "docs/app.md": "README.txt"}
TOLD = 4  # parts of them: the title, how it is used, what the system asks, the terminal
LINK = (stat.S_IFLNK | 0o777) << 16


def build(folder: Path) -> Path:
    """Build the program into a folder and return its archive."""
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
            "--distpath", folder, "--workpath", folder / "work", HERE / "mlcheck.spec",
        ],
        check=True,
    )  # fmt: skip
    program = folder / "mlcheck"
    for source, name in TEXTS.items():
        (program / name).write_text(told((ROOT / source).read_text("utf-8")), "utf-8")
    shutil.copy(ROOT / "LICENSE", program / "LICENSE.txt")
    licence = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if licence.is_file():
        shutil.copy(licence, program / "LICENSE-python.txt")
    machine = platform.machine().lower().replace("amd64", "x86_64").replace("aarch64", "arm64")
    system = SYSTEMS.get(sys.platform, sys.platform)
    return archived(program, folder / f"mlcheck-{mlcheck.__version__}-{system}-{machine}.zip")


def told(page: str) -> str:
    """Return what a page says to who uses the folder, without its links, which lead nowhere there."""
    parts = re.split(r"^(?=#+ )", page, flags=re.MULTILINE)[1 : TOLD + 1]
    title = parts[0].replace("# ", "", 1)
    text = "".join([re.sub(r"^\[.*\)\n\n", "", title, flags=re.MULTILINE), *parts[1:]])
    return re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)


def archived(program: Path, archive: Path) -> Path:
    """Write a folder into an archive, links as links: what unpacks it keeps them, and what may be run."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as written:
        for path in sorted(program.rglob("*")):
            name = path.relative_to(program.parent).as_posix()
            if path.is_symlink():
                link = zipfile.ZipInfo(name)
                link.create_system, link.external_attr = 3, LINK
                written.writestr(link, path.readlink().as_posix())
            elif path.is_file():
                written.write(path, name)
    return archive


if __name__ == "__main__":
    print(build(Path(sys.argv[1]).absolute()))
