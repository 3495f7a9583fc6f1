"""Short forms of names: what a person is called alone, and which names must be met letter by letter."""

from depeche.ontology.spelling import fold

# Family name first: what is said alone is the first word ("Xi", "Kim"), not the last.
FAMILY_NAME_FIRST = frozenset({"CHN", "TWN", "HKG", "KOR", "PRK", "VNM", "SGP", "KHM"})
_PARTICLES = frozenset("al el ben bin ibn de da di del van von der den le la abou abu ould du dos".split())


def is_acronym(name: str) -> bool:
    """Is it a short all-capitals name, which must be met in capitals ("EI", "ELN")?"""
    return len(name) <= 5 and name.isupper()


def family_names(name: str, country: str | None) -> set[str]:
    """The keys by which a person is called alone: the family name, with and without its particle ("ben salmane", "salmane")."""
    words = fold(name).split()
    if len(words) < 2 or set(words[-1]) <= set("ivx"):  # "Mohammed VI" has no family name
        return set()
    if country in FAMILY_NAME_FIRST:
        return {words[0]}
    keys = {words[-1]}
    if len(words) > 2 and words[-2] in _PARTICLES:
        keys.add(" ".join(words[-2:]))
    return keys
