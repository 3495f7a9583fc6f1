"""Is any stage more than linear in the article? `python benchmarks/growth.py [FACTOR]`

Grows the example dispatches into one article and that article by FACTOR (10), and prints for every stage by how much its time grew. About FACTOR is linear.
"""

import os

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import json
import sys
import time
from importlib.resources import files

from depeche.extraction.stages import NAMES, Stages
from depeche.knowledge.base import shipped
from depeche.language import language_pack

ROUNDS = 3


def seconds(text: str) -> dict[str, float]:
    """The best of `ROUNDS` times of the parse and of each stage over a text."""
    pack, knowledge = language_pack("fr"), shipped()
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        start = time.perf_counter()
        doc = pack.parse(text)
        took = {"parse": time.perf_counter() - start}
        stages = Stages(doc, pack, knowledge, "2018-01-01")
        for stage in NAMES:
            start = time.perf_counter()
            getattr(stages, stage)
            took[stage] = time.perf_counter() - start
        best = {stage: min(best.get(stage, took[stage]), took[stage]) for stage in took}
    return best


def main(factor: int) -> None:
    lines = files("depeche").joinpath("examples/wikinews.jsonl").read_text(encoding="utf-8").splitlines()
    article = "\n\n".join(json.loads(line)["text"] for line in lines)
    seconds(article)  # look-ups are remembered: the first reading fills the memory
    small, large = seconds(article), seconds("\n\n".join([article] * factor))
    print(f"{len(article)} characters, and {factor} times as many")
    for stage, took in small.items():
        print(f"{stage:<12}{1000 * took:>9.1f} ms{1000 * large[stage]:>10.1f} ms   x {large[stage] / took:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
