"""The pages: every view as HTML, an article with its margin, and the forms that people send."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from depeche.affairs.pact import KINDS
from depeche.desk import corrections, sides, tongues
from depeche.desk.answering import in_thread, status_of
from depeche.desk.api import article_of
from depeche.desk.articles import contents, entry, superseded_by
from depeche.desk.asked import asked_of
from depeche.desk.marking import paragraphs, tone_of
from depeche.desk.problems import Refused
from depeche.desk.relations import curve
from depeche.desk.room import Room
from depeche.desk.timeline import affair
from depeche.desk.tongues import Tongue
from depeche.desk.views import VIEWS, View
from depeche.ontology.plover import EVENT_TYPES, STATUSES, score
from depeche.store.rows import short

Endpoint = Callable[[Request], Awaitable[Response]]
LANGUAGE, WHO = "depeche_language", "depeche_who"
YEAR = 31_536_000
# Pages that belong to a section of another name.
_SECTIONS = {"dyad": "relations", "affairs": "timeline"}


class Pages:
    """All pages of a desk."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.templates = Environment(loader=PackageLoader("depeche.desk"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        self.templates.globals |= {
            "sections": [v.name for v in VIEWS if v.in_navigation],
            "types": list(EVENT_TYPES),
            "statuses": STATUSES,
            "kinds": KINDS,
            "score_of": score,
            "tone_of": tone_of,
            "step": sides.step,
            "called": sides.called,
            "bound": sides.bound,
            "short": short,
        }

    def routes(self) -> list[Route]:
        """The addresses of the pages."""
        return [
            Route("/", self.view(VIEWS[0]), methods=["GET"]),
            *(Route(view.path, self.view(view), methods=["GET"]) for view in VIEWS),
            Route("/affairs/{id}", self.affair, methods=["GET"]),
            Route("/articles/{id}", self.article, methods=["GET"]),
            Route("/read", self.read, methods=["POST"]),
            Route("/keep", self.keep, methods=["POST"]),
            Route("/corrections", self.correct, methods=["POST"]),
        ]

    def view(self, view: View) -> Endpoint:
        """The page of a view: the same answer as its twin."""

        async def page(request: Request) -> Response:
            asked = asked_of(request.query_params.multi_items(), view.parameters, strict=False)

            def made() -> str:
                found = view.answer(self.room, asked)
                more = {"curve": curve(found)} if view.name == "dyad" else {}
                return self._rendered(request, f"{view.name}.html", view=view, asked=asked, found=found, **_pages(request, asked, found), **more)

            return self._answer(request, await in_thread(made))

        return page

    async def affair(self, request: Request) -> Response:
        def made() -> str:
            return self._rendered(request, "affair.html", found=affair(self.room, request.path_params["id"]))

        return self._answer(request, await in_thread(made))

    async def article(self, request: Request) -> Response:
        def made() -> str:
            record, kept = self.room.article(request.path_params["id"])
            wanted = request.query_params.get("entry")
            made = corrections.of_article(self.room, record) if kept else None
            if any(c["entry"] == wanted and c["verdict"] == "reject" for c in made or ()):
                # It is in none of the record's answers any more; the list of corrections still tells of it.
                wanted = None
            newer = superseded_by(self.room, record.article.id) if kept else None
            found = {
                "record": record,
                "kept": kept,
                "newer": newer,
                "lines": paragraphs(record),
                "contents": contents(record),
                "entry": entry(self.room, record, wanted, made) if wanted else None,
                "correctable": corrections.FIELDS if kept else {},
                "corrections": made or [],
                "who": unquote(request.cookies.get(WHO, ""))[: corrections.LONGEST_NAME],
            }
            return self._rendered(request, "article.html", found=found)

        return self._answer(request, await in_thread(made))

    async def read(self, request: Request) -> Response:
        form = await _form(request)
        known = {name: given for name, given in form.items() if name in ("text", "title", "published", "publisher", "url")}
        record = await in_thread(self.room.read, article_of(known))
        return RedirectResponse(f"/articles/{short(record.article.id)}", 303)

    async def keep(self, request: Request) -> Response:
        record = await in_thread(self.room.keep, (await _form(request)).get("id", ""))
        return RedirectResponse(f"/articles/{short(record.article.id)}", 303)

    async def correct(self, request: Request) -> Response:
        form = await _form(request, several=("value",))
        id_ = str(form.get("entry", ""))
        if form.get("verdict") == "undo":
            number = str(form.get("number", ""))
            if not number.isascii() or not number.isdigit() or len(number) > 9:
                raise Refused(422, "a correction is known by its number")
            await in_thread(corrections.undo, self.room, int(number))
        else:
            field = str(form.get("field", "")) or None
            told = (id_, str(form.get("verdict", "")), field, _value(field, form), str(form.get("who", "")))
            await in_thread(corrections.add, self.room, *told)
        answer = RedirectResponse(f"/articles/{quote(id_.partition('-')[0], safe='')}?{urlencode({'entry': id_})}", 303)
        if form.get("who"):
            answer.set_cookie(WHO, quote(str(form["who"])), max_age=YEAR, httponly=True, samesite="strict")
        return answer

    def problems(self) -> dict[Any, Any]:
        """What is shown where something cannot be answered: a page, or JSON under `/api`."""

        async def shown(request: Request, problem: Exception) -> Response:
            status, sentence = status_of(problem)
            headers = getattr(problem, "headers", None)
            if request.url.path.startswith("/api/"):
                return JSONResponse({"error": sentence}, status, headers)
            return self._answer(request, self._rendered(request, "problem.html", status=status, sentence=sentence), status, headers)

        from starlette.exceptions import HTTPException

        from depeche.store.problems import RecordProblem

        return {Refused: shown, RecordProblem: shown, HTTPException: shown, 500: shown}

    def _rendered(self, request: Request, template: str, **values: Any) -> str:
        tongue = _tongue(request)
        query = request.query_params.multi_items()

        def address(**changed: Any) -> str:
            """This page's address with some of what it asks changed; None takes a thing out."""
            rest = [(n, v) for n, v in query if n not in changed and v and n != "offset"]
            asked = urlencode([*rest, *((n, v) for n, v in changed.items() if v is not None)])
            return request.url.path + (f"?{asked}" if asked else "")

        path = "/timeline" if request.url.path == "/" else request.url.path
        known = {p.name for p in values["view"].parameters} if "view" in values else set()
        twin = urlencode({n: v for n, v in query if n in known and v.strip()})
        common = {
            "t": tongue,
            "address": address,
            "path": path,
            "twin": f"/api{path}" + (f"?{twin}" if twin else ""),
            "here": _SECTIONS.get(path.split("/")[1], path.split("/")[1]),
        }
        return self.templates.get_template(template).render(**common, **values)

    def _answer(self, request: Request, page: str, status: int = 200, headers: Any = None) -> Response:
        answer = HTMLResponse(page, status, headers)
        if request.query_params.get("lang") in tongues.CODES:
            answer.set_cookie(LANGUAGE, request.query_params["lang"], max_age=YEAR, httponly=True, samesite="lax")
        return answer


def _tongue(request: Request) -> Tongue:
    return tongues.chosen(request.query_params.get("lang"), request.cookies.get(LANGUAGE), request.headers.get("accept-language", ""))


def _pages(request: Request, asked: dict[str, Any], found: dict[str, Any]) -> dict[str, int | None]:
    """The offsets of the next and the previous page, None where there is none."""
    if "offset" not in asked:
        return {"next": None, "previous": None}
    limit, offset = asked["limit"], asked["offset"]
    return {"next": offset + limit if found["more"] else None, "previous": max(offset - limit, 0) if offset else None}


async def _form(request: Request, several: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of a form; of those named in `several` all values. Raises `Refused`."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Refused(415, "send a form, as application/x-www-form-urlencoded")
    try:
        fields = parse_qsl((await request.body()).decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=200)
    except ValueError:
        raise Refused(400, "the form that was sent cannot be understood") from None
    form: dict[str, Any] = {name: [] for name in several}
    for name, given in fields:
        if name in several:
            form[name].append(given)
        else:
            form[name] = given
    # A browser sends every line end of a text as two characters, whatever it was.
    if "text" in form:
        form["text"] = form["text"].replace("\r\n", "\n")
    return form


def _value(field: str | None, form: dict[str, Any]) -> Any:
    """What a form says of a field, as the record has it."""
    given = [v.strip() for v in form["value"] if v.strip()]
    if field in ("source", "target"):
        return given
    if field == "when":
        start = form.get("start")
        return {"start": start, "end": form.get("end") or start} if start else None
    # A name that was written goes before what the list shows.
    return given[-1] if given else None
