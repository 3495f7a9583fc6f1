"""The shapes of the API's answers, as JSON Schema."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def obj(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    return {"type": "object", "properties": required | (optional or {}), "required": list(required)}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def of(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(kind: str) -> Schema:
    return {"type": [kind, "null"]}


TEXT, NUMBER, WHOLE, FLAG = {"type": "string"}, {"type": "number"}, {"type": "integer"}, {"type": "boolean"}
MORE = {"more": FLAG | {"description": "Whether there are others after these: ask with a greater offset."}}
ACTOR = obj({"name": TEXT, "country": maybe("string"), "entity": maybe("string")}, {"kind": TEXT})
PLACE = obj({"name": TEXT, "country": maybe("string"), "latitude": maybe("number"), "longitude": maybe("number")})

SCHEMAS: dict[str, Schema] = {
    "Problem": obj({"error": TEXT | {"description": "One sentence."}}),
    "Affair": obj(
        {
            "id": TEXT,
            "type": TEXT,
            "mode": maybe("string"),
            "source": many(ACTOR),
            "target": many(ACTOR),
            "place": {"anyOf": [PLACE, {"type": "null"}]},
            "when": maybe("object"),
            "bounds": maybe("object"),
            "status": TEXT,
            "disputed": FLAG,
            "members": many({"type": "object"}),
            "independent_outlets": WHOLE,
            "positions": many({"type": "object"}),
            "differs": many({"type": "object"}),
            "day": maybe("string"),
            "told": many({"type": "object"}),
        },
        {"sides": obj({"for": many({"type": "object"}), "against": many({"type": "object"})})},
    ),
    "Quote": obj({"id": TEXT, "day": maybe("string"), "speaker_name": maybe("string"), "content": TEXT, "relayed_by": many(TEXT), "chain": many(TEXT)}),
    "Pact": obj(
        {
            "id": TEXT,
            "name": TEXT,
            "kind": TEXT,
            "status": TEXT,
            "standing": {"enum": ["binds", "signed", "unknown", "suspended", "not_yet_made", "ended"]},
            "parties": many({"type": "object"}),
            "bound": many({"type": "object"}),
            "terms": many({"type": "object"}),
            "articles": many(TEXT),
        }
    ),
    "Duty": obj({"pact": {"type": "object"}, "who": many(TEXT), "obligation": TEXT, "trigger": TEXT, "article": maybe("string"), "what": maybe("string")}),
    "ArticleRow": obj({"article": TEXT, "published": maybe("string"), "title": maybe("string"), "events": WHOLE, "quotes": WHOLE}),
    "Reading": obj({"record": {"type": "object", "description": "An article record, as docs/record.md describes it."}, "kept": FLAG}),
    "Entry": obj({"id": TEXT, "kind": {"enum": ["event", "quote", "agreement", "actor", "place"]}, "article": TEXT, "corrections": many({"type": "object"})}),
    "Correction": obj(
        {"number": WHOLE, "article": TEXT, "entry": TEXT, "verdict": TEXT, "field": maybe("string"), "who": TEXT, "day": TEXT, "fits": FLAG, "undone": FLAG}
    ),
    "timeline": obj({"days": many(obj({"day": maybe("string"), "affairs": many(of("Affair"))})), "waiting": WHOLE, **MORE}),
    "relations": obj(
        {
            "actors": many(obj({"code": TEXT, "name": TEXT})),
            "pairs": many(obj({"one": TEXT, "other": TEXT, "affairs": WHOLE, "score": NUMBER, "names": many(TEXT), "directions": many({"type": "object"})})),
        }
    ),
    "map": obj(
        {
            "places": many(obj({"name": TEXT, "country": maybe("string"), "latitude": NUMBER, "longitude": NUMBER, "affairs": WHOLE, "score": NUMBER})),
            "unplaced": WHOLE,
        }
    ),
    "said": obj({"quotes": many(of("Quote")), "speakers": many(obj({"key": TEXT, "name": TEXT, "quotes": WHOLE})), **MORE}),
    "disputed": obj({"affairs": many(of("Affair")), **MORE}),
    "pacts": obj(
        {
            "on": TEXT,
            "pacts": many(of("Pact")),
            "attacked": {
                "anyOf": [
                    obj(
                        {
                            "state": {"type": "object"},
                            "attacker": maybe("object"),
                            **{group: many(of("Duty")) for group in ("bound", "not_yet", "uncertain", "restrained")},
                            "torn": many(TEXT),
                        }
                    ),
                    {"type": "null"},
                ]
            },
        }
    ),
    "articles": obj({"articles": many(of("ArticleRow")), **MORE}),
    "dyad": obj(
        {
            "names": many(TEXT),
            "by": TEXT,
            "directions": many(obj({"source": TEXT, "target": TEXT, "points": many(obj({"period": TEXT, "affairs": WHOLE, "score": NUMBER}))})),
            "affairs": many(of("Affair")),
            **MORE,
        }
    ),
}
