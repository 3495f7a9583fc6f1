"""Draw a hundred anaphors from French Wikinews, to be labelled by hand: `python benchmarks/anaphora/draw.py WINER.zip > drawn.jsonl`.

The draw is by fixed seed and by the letters of the text alone, so that nothing the program finds or misses decides what it is measured on:
so many of each kind, no two from one article, none from a title. Each line holds the article's name, its text as far as the end of the paragraph
with the anaphor, and the anaphor's place in it.
"""

import json
import random
import re
import sys
import zipfile
from pathlib import Path

SEED = 20240619
OFFICES = (
    "président|présidente|Premier ministre|premier ministre|ministre|dirigeant|dirigeante|chef de l'État|chef du gouvernement|candidat|candidate|"
    "député|députée|sénateur|maire|homme|femme|ancien président|ex-président|homme politique|accusé|suspect|assaillant|auteur|militant|militante|"
    "journaliste|porte-parole|général|directeur|avocat|procureur|juge|joueur|acteur|chanteur|chanteuse|écrivain"
)
TIMES = "(?:semaines?|jours?|mois|années?|temps|heures?|décennies|fois|saisons?)"
KINDS = {
    "subject": (45, r"\b(?:[Ii]l|[Ee]lle|[Ii]ls|[Ee]lles)\b"),
    "object": (
        15,
        r"\b(?:[Ll]ui|[Ee]ux)\b|\b[Ll]eur(?= (?:a|ont|avait|avaient|est|sera|permet|fait|demande|reproche|donne)\b)|\b[Ll]['’](?=(?:a|ont|avait|avaient)\b)",
    ),
    "pointing": (15, rf"\b[Cc](?:e dernier|ette dernière|es derniers|es dernières|elui-ci|elle-ci|eux-ci|elles-ci)\b(?! {TIMES}\b)"),
    "description": (
        25,
        rf"(?<!roits de )\b(?:[Ll]e |[Ll]a |[Ll]['’]|[Cc]e |[Cc]ette |[Cc]et )(?:{OFFICES})"
        r"(?= (?:a|est|avait|était|sera|va|aurait|s'est|ne|n'a|n'est|qui)\b|,(?! [A-Z])|[.;])",
    ),
}


def candidates(text: str, pattern: str) -> list[tuple[int, int]]:
    """Where the words stand, below the title."""
    below = text.find("\n\n")
    return [m.span() for m in re.finditer(pattern, text) if m.start() > below]


def main(archive: Path) -> None:
    chance = random.Random(SEED)
    with zipfile.ZipFile(archive) as opened:
        texts = {n: opened.read(n).decode("utf-8") for n in sorted(opened.namelist()) if re.search(r"/\d{4}_\d\d_\d\d-\d+\.txt$", n)}
    left = set(texts)
    for kind, (wanted, pattern) in KINDS.items():
        found = [(name, *span) for name in sorted(left) for span in candidates(texts[name], pattern)]
        chance.shuffle(found)
        drawn = 0
        for name, start, end in found:
            if name not in left or drawn == wanted:
                continue
            left.remove(name)
            drawn += 1
            stop = texts[name].find("\n", end)
            text = texts[name] if stop < 0 else texts[name][:stop]
            row = {"article": Path(name).stem, "kind": kind, "start": start, "end": end, "anaphor": text[start:end], "text": text}
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
