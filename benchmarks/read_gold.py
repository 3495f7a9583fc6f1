"""Read the gold articles and write their records as JSON Lines, for `score.py`.

python benchmarks/read_gold.py benchmarks/gold records.jsonl
python benchmarks/score.py benchmarks/gold records.jsonl
"""

import json
import sys
from pathlib import Path

from depeche import Article, Reader


def main(gold: Path, out: Path) -> None:
    reader = Reader()
    with out.open("w", encoding="utf-8") as file:
        for path in sorted(gold.glob("*.json")):
            article = json.loads(path.read_text(encoding="utf-8"))["article"]
            record = reader.read(Article(article["text"], article.get("title"), article.get("published"), article.get("language")))
            file.write(json.dumps(record.to_dict(), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
