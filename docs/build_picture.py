"""Write docs/page.png, the picture of the report page in the README: python docs/build_picture.py, where there is a Chromium."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT))

from tests.html.browser import CHROMIUM  # noqa: E402

REPORT = ("fixtures/report-2023-errors.xlsx", "--prior", "fixtures/report-2022.xlsx")
PROFILE = ("--profile", "schemas/mission-locale.toml", "--lang", "fr")

with TemporaryDirectory() as folder:
    page = Path(folder) / "report.html"
    mlcheck = [sys.executable, "-m", "mlcheck", "validate", *REPORT, *PROFILE, "--output", str(page)]
    subprocess.run(mlcheck, cwd=ROOT, check=False)
    size = ("--window-size=1180,900", "--hide-scrollbars", "--force-device-scale-factor=1")
    shot = f"--screenshot={DOCS / 'page.png'}"
    subprocess.run(
        [str(CHROMIUM), "--headless", "--no-sandbox", *size, shot, page.as_uri()],
        check=True,
        capture_output=True,
    )
