"""Write the list of communes that mlcheck ships, from the communes.json of @etalab/decoupage-administratif.

python docs/build_communes.py path/to/communes.json
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

from mlcheck.language.words import fold

LIST = Path(__file__).parents[1] / "src" / "mlcheck" / "data" / "communes" / "communes.tsv.gz"


def main(source: Path) -> None:
    """Write one line a commune, present, delegated or associated: folded name, name, département."""
    lines = set()
    for commune in json.loads(source.read_text("utf-8")):
        code = commune["code"]
        departement = code[:3] if code.startswith(("97", "98")) else code[:2]
        lines.add(f"{fold(commune['nom'])}\t{commune['nom']}\t{departement}")
    text = "\n".join(sorted(lines))
    LIST.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{LIST}: {len(lines)} communes, {LIST.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
