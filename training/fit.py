"""Train one part of the French pipeline.

    python training/fit.py CONFIG CORPORA_FOLDER TRAIN DEV OUT_FOLDER

spaCy runs twice as fast on a processor with numpy's OpenBLAS as with its own `blis`, hence the ops set here.
"""

import sys
from pathlib import Path

from spacy.cli.train import train
from spacy.util import registry
from thinc.api import NumpyOps, set_current_ops

from depeche.language.fr.words import French


def main(config: str, corpora: Path, train_part: str, dev_part: str, out: Path) -> None:
    set_current_ops(NumpyOps(use_blis=False))
    registry.languages.register("fr", func=French)
    paths = {"train": corpora / f"{train_part}.spacy", "dev": corpora / f"{dev_part}.spacy", "vectors": corpora / "vectors"}
    train(Path(config), out, overrides={f"paths.{name}": str(path) for name, path in paths.items()})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], sys.argv[4], Path(sys.argv[5]))
