#!/usr/bin/env bash
# Rebuild the French pipeline and score it: training/rebuild.sh TREEBANKS.zip WINER.zip [WORK_FOLDER]
#
# TREEBANKS.zip holds Sequoia (train, dev, test), GSD (dev, test) and PUD of UD French as .conllu files; WINER.zip is WiNER-fr.
# The last step is kept, never the best on a test part, so that what is reported was not chosen by.
# Needs the packages of the `training` extra. About 25 minutes on two cores; the result replaces src/depeche/language/fr/pipeline.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
treebanks=$(realpath "$1")
winer=$(realpath "$2")
work=${3:-$(mktemp -d)}
pipeline=$here/../src/depeche/language/fr/pipeline
export OPENBLAS_NUM_THREADS=1 PYTHONPATH=$here/../src
cd "$here"
python corpora.py "$treebanks" "$winer" ../benchmarks/gold "$work"
python vectors.py "$work" "$work/vectors"
python fit.py syntax.cfg "$work" syntax-train syntax-dev "$work/syntax" &
python fit.py names.cfg "$work" names-train names-test "$work/names"
wait
rm -rf "$pipeline"
python assemble.py "$work/syntax/model-last" "$work/names/model-last" "$work" "$pipeline"
echo "ours:"
python evaluate.py "$work" "$pipeline"
echo "stock fr_core_news_md:"
python evaluate.py "$work"
