"""Articles from files, folders, pages and standard input: what is read, and what a person is told of what cannot be."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from depeche.articles.encoding import decode
from depeche.articles.inputs import LARGEST_FILE, LONGEST_TEXT, Unusable
from depeche.articles.language import recognise_language
from depeche.articles.pages import LARGEST_PAGE, LONGEST_PAGE, article_of
from depeche.articles.sources import BadInput, Defaults, Found, articles_in, found_in
from depeche.record import Article

DATA = Path(__file__).parent / "data" / "articles"
NONE = Defaults()
# No-break space, typographic apostrophe, Windows line ends, blanks at both ends.
DISPATCH = "  SÉOUL, 19 juin (Yonhap) – « Nous n’y croyons pas\u00a0», a dit le ministère sud-coréen de la Défense.\r\n\r\nMoscou dément. \n"


def read(*paths: object, defaults: Defaults = NONE) -> list[Article | BadInput]:
    return list(articles_in([str(p) for p in paths], defaults))


def only_article(*paths: object, defaults: Defaults = NONE) -> Article:
    (article,) = read(*paths, defaults=defaults)
    assert isinstance(article, Article), article
    return article


def only_complaint(*paths: object) -> str:
    (bad,) = read(*paths)
    assert isinstance(bad, BadInput), bad
    assert "\n" not in bad.message
    return bad.message


def file_with(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def piped(content: bytes) -> list[Article | BadInput]:
    """What `articles_in(["-"])` gives in a program of its own, fed through a pipe."""
    program = (
        "import sys\nfrom dataclasses import asdict\nimport json\nfrom depeche.articles.sources import Defaults, articles_in\n"
        "for a in articles_in(['-'], Defaults('2024-06-19', None)): print(json.dumps([type(a).__name__, asdict(a)]))"
    )
    run = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True, check=True)
    assert run.stderr == b""
    return [(Article if kind == "Article" else BadInput)(**fields) for kind, fields in map(json.loads, run.stdout.splitlines())]


# Text files


def test_the_text_of_a_file_is_kept_to_the_last_blank(tmp_path: Path) -> None:
    assert only_article(file_with(tmp_path, "a.txt", DISPATCH)) == Article(DISPATCH)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    assert only_article(file_with(tmp_path, "a.txt", DISPATCH.encode("utf-8-sig"))).text == DISPATCH


@pytest.mark.parametrize(("codec", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_utf_16_is_known_by_its_mark(tmp_path: Path, codec: str, mark: bytes) -> None:
    assert only_article(file_with(tmp_path, "a.txt", mark + DISPATCH.encode(codec))).text == DISPATCH


def test_a_dispatch_from_before_utf_8_keeps_its_accents_quotes_and_line_ends() -> None:
    text = only_article(DATA / "pekin-cp1252.txt").text
    assert text.startswith("PÉKIN, 3 mai – Le ministère chinois")
    assert "« une ingérence », à l’œuvre depuis l’été.\r\n" in text


@pytest.mark.parametrize("codec", ["cp1252", "iso8859-15", "mac_roman"])
def test_french_is_recognised_in_what_western_newsrooms_wrote(codec: str) -> None:
    text = "Le ministère français a dépêché un émissaire à Genève pour le cœur de l'été. L'opération, évaluée à 3 millions, a été critiquée."
    assert decode(text.encode(codec)) == text


def test_the_euro_and_the_oe_tell_latin_9_from_windows() -> None:
    text = "Paris a versé 3 000 000 € à l'œuvre des réfugiés."
    assert decode(text.encode("iso8859-15")) == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("cp1251", "Министерство иностранных дел России заявило, что переговоры в Женеве продолжатся на следующей неделе."),
        (
            "cp1250",
            "Prezydent przyjął w Warszawie ministra spraw zagranicznych Łotwy. Rozmowa dotyczyła współpracy i bezpieczeństwa państw wschodniej części Unii.",
        ),
        ("gb18030", "中国外交部发言人周三在北京表示，中方对此表示严重关切，并已提出严正交涉。" * 3),
    ],
)
def test_other_languages_are_not_pressed_into_a_western_encoding(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == text


def test_damaged_utf_8_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    path = file_with(tmp_path, "a.txt", "Séoul dément\n".encode() * 6 + b"P\xe9kin condamne")
    assert only_complaint(path) == f"{path}: it is UTF-8 but damaged at byte 91 (line 7)"


# Saved pages


def test_a_page_gives_its_text_title_date_publisher_and_address() -> None:
    article = only_article(DATA / "gazette.html")
    assert article.title == "Paris et Tokyo se rapprochent"
    assert article.published == "2024-06-19"
    assert article.publisher == "La Gazette du soir"
    assert article.url == "https://gazette.example/monde/paris-tokyo"
    assert "son homologue japonais." in article.text
    assert "Une nouvelle rencontre est prévue à Tokyo" in article.text


def test_what_no_reader_of_the_page_sees_is_not_read() -> None:
    text = only_article(DATA / "gazette.html").text
    assert "CACHÉ" not in text
    assert "coopération spatiale, a indiqué le Quai d'Orsay." in text.replace("\u00a0", " ")


def test_a_copyright_line_is_no_date() -> None:
    page = (DATA / "gazette.html").read_text(encoding="utf-8").replace("2024-06-19T08:00:00+02:00", "")
    assert article_of(page.encode()).published is None


def test_a_page_shown_by_its_script_is_read_all_the_same() -> None:
    page = (DATA / "gazette.html").read_text(encoding="utf-8").replace("<body>", '<body style="display:none">')
    assert "son homologue japonais." in article_of(page.encode()).text


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    page = (DATA / "gazette.html").read_text(encoding="utf-8").replace("utf-8", "iso-8859-1").replace("mercredi", "mercredi – l’après-midi –")
    assert "mercredi – l’après-midi – à Paris" in article_of(page.encode("cp1252")).text


def test_a_damaged_byte_costs_a_page_one_character() -> None:
    page = (DATA / "gazette.html").read_bytes().replace(b"mercredi", b"mer\xe9credi")
    text = article_of(page).text
    assert "mer\ufffdcredi" in text
    assert "Affaires étrangères" in text


def test_no_entity_of_a_page_reaches_a_file(tmp_path: Path) -> None:
    secret = file_with(tmp_path, "secret", "MOT DE PASSE")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    page = (DATA / "gazette.html").read_text(encoding="utf-8").replace("<!DOCTYPE html>", doctype).replace("mercredi", "mercredi &x;")
    article = article_of(page.encode())
    assert "son homologue japonais." in article.text
    assert "MOT DE PASSE" not in article.text


def test_an_address_that_is_none_is_left_out() -> None:
    page = (DATA / "gazette.html").read_text(encoding="utf-8").replace("https://gazette.example/monde/paris-tokyo", "javascript:alert(1)")
    assert article_of(page.encode()).url is None


@pytest.mark.parametrize("page", [b"<html></html>", b"<html><body>  </body></html>", b"<html>" + b"<div>" * 50_000, b"<html><p hidden>Moscou accuse Kiev.</p>"])
def test_a_page_without_article_text_is_told(tmp_path: Path, page: bytes) -> None:
    path = file_with(tmp_path, "a.html", page)
    assert only_complaint(path) == f"{path}: the page holds no article text"


def test_a_menu_is_no_article() -> None:
    assert only_complaint(DATA / "menu.html").endswith("menu.html: the page holds no article text")


def test_a_page_too_large_to_take_apart_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    with path.open("wb") as file:
        file.truncate(LARGEST_PAGE + 1)
    assert only_complaint(path) == f"{path}: the page is larger than 20 MB"


def test_a_page_with_the_text_of_a_library_is_told(tmp_path: Path) -> None:
    path = file_with(tmp_path, "a.html", "<html><body>" + "<p>Moscou accuse Kiev, qui dément.</p>\n" * (LONGEST_PAGE // 30))
    assert only_complaint(path) == f"{path}: the text of the page is longer than 2,000,000 characters"


# JSON


def test_json_lines_are_read_around_a_broken_one() -> None:
    path = DATA / "agence.jsonl"
    first, broken, last = read(path)
    assert first == Article("Séoul dément.", title="Démenti", published="2024-06-19", language="fr", publisher="L'Agence", url="https://agence.example/1")
    assert broken == BadInput(f"{path}, line 3: not valid JSON (expecting ',' delimiter at column 32)")
    assert last == Article("Pékin condamne l’attaque.")


def test_a_line_separator_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    text = "Séoul dément.\u2028Moscou accuse.\u0085Fin."
    path = file_with(tmp_path, "a.jsonl", json.dumps({"text": text}, ensure_ascii=False))
    assert only_article(path).text == text


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_json_lines_in_other_encodings(tmp_path: Path, codec: str) -> None:
    lines = '{"text": "Séoul a démenti mercredi les accusations."}\n{"text": "Le ministère français a été alerté."}\n'
    first, second = read(file_with(tmp_path, "a.jsonl", lines.encode(codec)))
    assert (first, second) == (Article("Séoul a démenti mercredi les accusations."), Article("Le ministère français a été alerté."))


def test_a_json_file_holds_one_article_or_a_list_or_lines(tmp_path: Path) -> None:
    one = file_with(tmp_path, "1.json", '{\n  "text": "Séoul dément."\n}\n')
    many = file_with(tmp_path, "2.json", '[{"text": "Séoul dément."}, {"titre": "?"}, {"text": "Kiev accuse."}]')
    lines = file_with(tmp_path, "3.json", '{"text": "Séoul dément."}\n{"text": "Kiev accuse."}\n')
    assert read(one) == [Article("Séoul dément.")]
    assert read(many) == [Article("Séoul dément."), BadInput(f'{many}, article 2: the field "text" is missing'), Article("Kiev accuse.")]
    assert read(lines) == [Article("Séoul dément."), Article("Kiev accuse.")]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('"Séoul dément."', 'an article must be an object with a text, like {"text": …}'),
        ("[1]", 'an article must be an object with a text, like {"text": …}'),
        ('{"title": "Démenti"}', 'the field "text" is missing'),
        ('{"text": 7}', 'the field "text" is no string'),
        ('{"text": " \\n"}', "the text is empty"),
        ('{"text": "Séoul", "published": "31.02.2024"}', "the field \"published\" is no ISO date like 2024-06-19 ('31.02.2024')"),
        ('{"text": "Séoul", "published": "2024-02-31"}', "the field \"published\" is no ISO date like 2024-06-19 ('2024-02-31')"),
        ('{"text": "Séoul", "published": 2024}', 'the field "published" is no string'),
        ('{"text": "Séoul \\ud800 dément."}', "the text holds lone surrogates, so it was decoded wrongly before"),
        ('{"text": "Séoul \\u0000 dément."}', "the text holds NUL characters"),
        ('{"text": "Séoul", "url": "\\udfff"}', 'the field "url" holds lone surrogates, so it was decoded wrongly before'),
        ('{"text": ' + "1" * 5000 + "}", "no JSON that can be read (ValueError)"),
        ("[" * 100_000, "no JSON that can be read (RecursionError)"),
        ('{"text": "Séoul', "not valid JSON (unterminated string starting at column 10)"),
    ],
)
def test_what_is_wrong_with_a_line_is_told_and_the_next_is_read(tmp_path: Path, line: str, wrong: str) -> None:
    path = file_with(tmp_path, "a.jsonl", line + '\n{"text": "Kiev accuse."}\n')
    assert read(path) == [BadInput(f"{path}, line 1: {wrong}"), Article("Kiev accuse.")]


@pytest.mark.parametrize(
    ("published", "day"), [("2024-06-19", "2024-06-19"), ("2024-06-19T23:30:00-05:00", "2024-06-19"), ("2024-06-19 08:00", "2024-06-19"), ("", None)]
)
def test_a_date_is_the_day_as_it_stands(tmp_path: Path, published: str, day: str | None) -> None:
    assert only_article(file_with(tmp_path, "a.jsonl", json.dumps({"text": "Séoul dément.", "published": published}))).published == day


def test_a_language_tag_gives_its_language(tmp_path: Path) -> None:
    assert only_article(file_with(tmp_path, "a.jsonl", '{"text": "Berne dément.", "language": "fr-CH"}')).language == "fr"


# Defaults


def test_defaults_fill_only_what_an_input_lacks(tmp_path: Path) -> None:
    dated = file_with(tmp_path, "1.jsonl", '{"text": "Séoul dément.", "published": "2001-01-01", "language": "de"}')
    bare = file_with(tmp_path, "2.txt", "Séoul dément.")
    defaults = Defaults(published="2024-06-19", language="fr")
    assert read(dated, bare, defaults=defaults) == [
        Article("Séoul dément.", published="2001-01-01", language="de"),
        Article("Séoul dément.", published="2024-06-19", language="fr"),
    ]


# Folders


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".cache").mkdir()
    (tmp_path / "page_fichiers").mkdir()
    for name in ["c.txt", "a.TXT", "b/2.txt", "b/1.txt", ".hidden.txt", ".cache/x.txt", "notes.docx", "page_fichiers/ad.html"]:
        file_with(tmp_path, name, f"Dépêche {name}.")
    file_with(tmp_path, "page.html", (DATA / "gazette.html").read_bytes())
    (tmp_path / "circle").symlink_to(tmp_path)
    texts = [a.text for a in read(tmp_path) if isinstance(a, Article)]
    assert texts[:4] == ["Dépêche a.TXT.", "Dépêche b/1.txt.", "Dépêche b/2.txt.", "Dépêche c.txt."]
    assert len(texts) == len(read(tmp_path)) == 5


def test_one_bad_file_in_a_folder_does_not_stop_the_others(tmp_path: Path) -> None:
    file_with(tmp_path, "1.txt", "Séoul dément.")
    bad = file_with(tmp_path, "2.txt", (DATA / "carte.png").read_bytes())
    file_with(tmp_path, "3.txt", "Kiev accuse.")
    assert read(tmp_path) == [Article("Séoul dément."), BadInput(f"{bad}: it is a PNG image, not text"), Article("Kiev accuse.")]


def test_a_folder_without_articles_is_told(tmp_path: Path) -> None:
    file_with(tmp_path, "carte.png", (DATA / "carte.png").read_bytes())
    assert only_complaint(tmp_path).startswith(f"{tmp_path}: the folder holds no articles (files in .txt, ")


def test_each_article_comes_with_the_place_to_name_in_a_message() -> None:
    places = [f.place for f in found_in([str(DATA / "agence.jsonl")], NONE) if isinstance(f, Found)]
    assert places == [f"{DATA / 'agence.jsonl'}, line 1", f"{DATA / 'agence.jsonl'}, line 4"]


# Standard input


def test_a_text_through_a_pipe_is_kept_as_it_is() -> None:
    assert piped(DISPATCH.encode()) == [Article(DISPATCH, published="2024-06-19")]


def test_what_begins_with_a_brace_is_json_lines() -> None:
    lines = b'\n  {"text": "Kiev accuse.", "published": "2022-02-24"}\n{"text"}\n{"text": "Moscou nie."}\n'
    first, bad, last = piped(lines)
    assert (first, last) == (Article("Kiev accuse.", published="2022-02-24"), Article("Moscou nie.", published="2024-06-19"))
    assert isinstance(bad, BadInput)
    assert bad.message.startswith("standard input, line 3: not valid JSON")


def test_a_page_through_a_pipe_is_a_page() -> None:
    (article,) = piped((DATA / "gazette.html").read_bytes())
    assert isinstance(article, Article)
    assert article.publisher == "La Gazette du soir"


def test_nothing_through_a_pipe_is_told() -> None:
    assert piped(b"") == [BadInput("standard input: the text is empty")]


# What cannot be read


def test_a_missing_file_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    missing, present = tmp_path / "absent.txt", file_with(tmp_path, "a.txt", "Séoul dément.")
    assert read(missing, present) == [BadInput(f"{missing}: there is no such file or folder"), Article("Séoul dément.")]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a"])
def test_an_empty_file_is_told(tmp_path: Path, name: str) -> None:
    path = file_with(tmp_path, name, b"")
    assert only_complaint(path) == f"{path}: the file is empty"


@pytest.mark.parametrize(("name", "wrong"), [("a.txt", "the text is empty"), ("a.jsonl", "it holds no article"), ("a.html", "the page holds no article text")])
def test_a_blank_file_is_told(tmp_path: Path, name: str, wrong: str) -> None:
    path = file_with(tmp_path, name, b" \n\n\t\n")
    assert only_complaint(path) == f"{path}: {wrong}"


@pytest.mark.parametrize("name", ["carte.png", "a.txt", "a.html", "a.json", "a.jsonl"])
def test_an_image_is_told_under_any_name(tmp_path: Path, name: str) -> None:
    path = file_with(tmp_path, name, (DATA / "carte.png").read_bytes())
    assert only_complaint(path) == f"{path}: it is a PNG image, not text"


@pytest.mark.parametrize("content", [bytes(range(256)) * 20, b"\x01\x02\x03\x04 abc", b"\x00\xff" * 50])
def test_bytes_that_are_no_text_are_told(tmp_path: Path, content: bytes) -> None:
    assert "it is no text" in only_complaint(file_with(tmp_path, "a.txt", content))


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_nul_characters_are_told(tmp_path: Path, name: str) -> None:
    path = file_with(tmp_path, name, "<html><p>Séoul dément\x00 les accusations.</p></html>")
    assert only_complaint(path) == f"{path}: the text holds NUL characters"


@pytest.mark.parametrize(
    "content", ["Séoul \ud800 dément.".encode("utf-8", "surrogatepass"), "\ufeffSéoul \ud800 dément.".encode("utf-16-le", "surrogatepass")]
)
def test_lone_surrogates_are_told(tmp_path: Path, content: bytes) -> None:
    path = file_with(tmp_path, "a.txt", content)
    assert only_complaint(path) == f"{path}: the text holds lone surrogates, so it was decoded wrongly before"


def test_a_text_as_long_as_a_library_is_told_and_one_as_long_as_allowed_is_read(tmp_path: Path) -> None:
    longest = file_with(tmp_path, "1.txt", "é" * LONGEST_TEXT)
    longer = file_with(tmp_path, "2.txt", "é" * (LONGEST_TEXT + 1))
    longer_still = file_with(tmp_path, "3.txt", "é" * (LONGEST_TEXT * 3))
    wrong = "the text is longer than 5,000,000 characters"
    assert read(longest, longer, longer_still) == [Article("é" * LONGEST_TEXT), BadInput(f"{longer}: {wrong}"), BadInput(f"{longer_still}: {wrong}")]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.html", "a"])
def test_a_file_larger_than_any_corpus_is_told_without_being_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert only_complaint(path) == f"{path}: it is larger than 200 MB"


@pytest.mark.parametrize("path", ["", "a\x00b", "a\nb\udcff"])
def test_a_name_that_no_file_can_have_is_told_on_one_line(path: str) -> None:
    assert only_complaint(path).startswith(repr(path))


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a"])
@given(content=st.one_of(st.binary(max_size=300), st.text(max_size=100).map(str.encode), st.text('{}[]":,text\\u0d8<p>é \n', max_size=60).map(str.encode)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_nothing_is_raised_and_what_is_read_is_text(tmp_path: Path, name: str, content: bytes) -> None:
    results = read(file_with(tmp_path, name, content))
    assert results
    for result in results:
        if isinstance(result, Article):
            assert result.text.strip()
            assert result.id.startswith("sha256:")
        else:
            assert result.message.startswith(str(tmp_path / name))


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_utf_8_is_decoded_to_the_same_text(text: str) -> None:
    raw = text.encode()
    try:
        assert decode(raw) == text.removeprefix("\ufeff")
    except Unusable as problem:
        # A text may begin as an archive does: "PK", "BZh", "GIF8".
        assert "not text" in str(problem)


# Languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Séoul dément.", "fr"),
        ("Le Rwanda dément.", "fr"),
        ("Paris condamne", "fr"),
        ("ATTENTAT À BRUXELLES", "fr"),
        ("Moscou et Pyongyang ont signé un traité.", "fr"),
        ("Seoul denies it.", "en"),
        ("The two leaders signed a treaty in Pyongyang.", "en"),
        ("Der Außenminister reist nach Moskau.", "de"),
        ("El Kremlin lo desmiente.", "es"),
        ("Путин прибыл в Пхеньян.", "ru"),
        ("19/06/2024 – 12 %", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_a_few_words(text: str, language: str) -> None:
    assert recognise_language(text) == language


# Lazy imports


def heavy_modules_after(program: str) -> Iterator[str]:
    listing = f"{program}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
    return (m for m in ("charset_normalizer", "lxml", "numpy", "py3langid", "spacy", "trafilatura") if m in loaded)


def test_reading_json_and_utf_8_loads_no_heavy_library() -> None:
    assert not list(heavy_modules_after("import depeche.articles.sources"))
    reading = f"from depeche.articles.sources import *\nlist(articles_in([{str(DATA / 'agence.jsonl')!r}], Defaults()))"
    assert not list(heavy_modules_after(reading))
    page = f"from depeche.articles.sources import *\nlist(articles_in([{str(DATA / 'gazette.html')!r}], Defaults()))"
    assert {"lxml", "trafilatura"} <= set(heavy_modules_after(page))
