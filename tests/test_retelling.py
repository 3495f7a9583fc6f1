"""One act told twice is one event, two acts are two; what is long past is background."""

from __future__ import annotations

from collections.abc import Callable

from depeche import ArticleRecord

Read = Callable[..., ArticleRecord]


def test_a_headline_and_its_sentence_are_one_event(read: Read) -> None:
    text = "Londres expulse trois diplomates russes\n\nLe Royaume-Uni a expulsé mardi trois diplomates russes."
    record = read(text, published="2024-06-20")
    (event,) = [e for e in record.events if e.type == "SANCTION"]
    assert len(event.retold) == 1
    assert record.words(event.trigger).startswith("a expulsé")
    assert record.words(event.retold[0]).startswith("expulse")
    assert event.when is not None
    assert event.when.start == "2024-06-18"


def test_acts_of_two_days_are_two(read: Read) -> None:
    record = read("Londres a expulsé lundi un diplomate russe. Londres a expulsé mardi un diplomate russe.", published="2024-06-20")
    assert len([e for e in record.events if e.type == "SANCTION"]) == 2


def test_acts_towards_two_are_two(read: Read) -> None:
    record = read("Londres expulse un diplomate russe\n\nLe Royaume-Uni a expulsé mardi un diplomate iranien.", published="2024-06-20")
    assert len([e for e in record.events if e.type == "SANCTION"]) == 2


def test_what_is_long_past_is_background(read: Read) -> None:
    record = read("Paris a expulsé en mars 2018 quatre diplomates russes. Londres a expulsé mardi un diplomate russe.", published="2024-06-20")
    assert [e.background for e in record.events if e.type == "SANCTION"] == [True, False]


def test_a_pointing_noun_takes_up_the_act_before_it(read: Read) -> None:
    record = read("L'armée israélienne a bombardé mardi la ville de Tyr. Cette attaque a été condamnée par Paris.", published="2024-06-20")
    (event,) = [e for e in record.events if e.type == "ASSAULT"]
    assert [record.words(span) for span in event.retold] == ["attaque"]
    assert event.when is not None


def test_a_noun_with_another_victim_is_another_act(read: Read) -> None:
    record = read("L'armée israélienne a bombardé mardi la ville de Tyr. L'attaque russe contre Kiev a été condamnée par Paris.", published="2024-06-20")
    assert len([e for e in record.events if e.type == "ASSAULT"]) == 2


def test_where_two_acts_are_told_a_noun_takes_up_neither(read: Read) -> None:
    text = "Israël a bombardé mardi la ville de Tyr. La Russie a bombardé mercredi la ville de Kiev. Paris a condamné cette attaque."
    record = read(text, published="2024-06-20")
    assert all(not e.retold for e in record.events if e.type == "ASSAULT")


def test_several_attacks_are_not_the_one(read: Read) -> None:
    record = read("Israël a bombardé mardi la ville de Tyr. Paris a condamné ces attaques.", published="2024-06-20")
    assert all(not e.retold for e in record.events if e.type == "ASSAULT")


def test_what_had_been_done_beside_what_is_long_past_is_background(read: Read) -> None:
    text = "En mars 2018, Paris avait expulsé quatre diplomates russes. Moscou avait rappelé son ambassadeur en France.{}Londres a expulsé un diplomate russe."
    for gap in (" ", "\n\n"):
        record = read(text.format(gap), published="2024-06-20")
        assert [e.background for e in record.events if e.type == "SANCTION"] == [True, True, False]
    record = read("Moscou avait rappelé son ambassadeur en France. Londres a expulsé mardi un diplomate russe.", published="2024-06-20")
    assert [e.background for e in record.events if e.type == "SANCTION"] == [False, False]
