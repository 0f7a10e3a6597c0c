"""Whom a post mentions, in all the ways that people write a name."""

from __future__ import annotations

import random

import pytest

from bridge.posting.mentions import Candidates, Named, Names, linked, mentioned
from bridge.posting.render import render

MIKE, PAT, GRAHAM, MITCHELL, ONEILL, JEAN, ANN = 1, 2, 3, 4, 5, 6, 7
PEOPLE = [
    Named(MIKE, "Mike Hales", ("mikeh8", "mike_h")),
    Named(PAT, "Pat Conaty"),
    Named(GRAHAM, "Graham Lind", ("graham2",)),
    Named(MITCHELL, "Graham Mitchell", ("graham",)),
    Named(ONEILL, "Siobhán O'Neill"),
    Named(JEAN, "Jean-Luc Obi", ("jlo",)),
    Named(ANN, "Ann", ("ann",)),
    Named(8, "Sam Berg"),
    Named(9, "Sam Berg", ("sam9",)),
    Named(10, "Lee Wu"),
    Named(11, "Lee Moss"),
]
NAMES = Names(PEOPLE)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("@mikeh8 said so", (MIKE,)),
        ("what does @mike_hales think?", (MIKE,)),
        ("what does @mike-hales. think?", (MIKE,)),
        ("I met Mike Hales there", (MIKE,)),
        ("I met @Mike Hales's brother", (MIKE,)),
        ("@MIKEH8, @MikeHales and Mike Hales", (MIKE,)),
        ("@mike hales, and @pat", (MIKE, PAT)),
        ("Thanks Pat Conaty. Mike Hales, too", (PAT, MIKE)),
        ("**Pat Conaty** and _@mikeh8_", (PAT, MIKE)),
        ("(@pat)", (PAT,)),
        ("cc:@pat", (PAT,)),
        ("with Mike\nHales", (MIKE,)),
        ("dear Siobhan O’Neill", (ONEILL,)),
        ("dear @siobhán", (ONEILL,)),
        ("ask Jean-Luc Obi", (JEAN,)),
        ("ask @jean-luc", ()),
        ("@graham", (MITCHELL,)),  # a handle beats a first name
        ("@graham2", (GRAHAM,)),
        ("@ann", (ANN,)),
        ("Ann said", ()),  # a first name needs the @
        ("I met mike hales", ()),
        ("- @pat\n- item\n\n1. Mike Hales", (PAT, MIKE)),
        ("| a | b |\n|---|---|\n| @pat | x |", (PAT,)),
        ("# For Mike Hales", (MIKE,)),
    ],
)  # fmt: skip
def test_a_mention_is_found_in_any_form(text: str, people: tuple[int, ...]) -> None:
    assert mentioned(text, NAMES) == people
    candidates = Candidates(text)
    for one in PEOPLE:  # nobody who is named is left out beforehand
        if one.person_id in people:
            assert candidates.may_be(one.name) or set(one.handles) & candidates.handles


@pytest.mark.parametrize("text", ["@sam", "Sam Berg wrote", "@Sam Berg", "@samberg", "@lee", "@nobody"])
def test_what_fits_two_people_or_none_is_text(text: str) -> None:
    assert mentioned(text, NAMES) == ()


@pytest.mark.parametrize(
    "text",
    [
        "`@mikeh8`",
        "```\n@mikeh8 Mike Hales\n```",
        "> @mikeh8 said\n> Mike Hales",
        "mikeh8@pat.example, x@mikeh8 and Mike.Hales@localhost",
        "https://social.example/@mikeh8",
        "https://social.example/Mike",
        "[Mike Hales](https://a.example/u/mikeh8)",
        "![Mike Hales](cid:x)",
        "example.org/@mikeh8",
        "foo.@mikeh8 @@mikeh8",
        "Mike Halesworth, @mikeh88",
    ],
)
def test_code_quotes_links_and_addresses_are_not_looked_into(text: str) -> None:
    assert mentioned(text, NAMES) == ()


def test_a_mention_becomes_a_link_in_the_page() -> None:
    page = render("@mikeh8 & `@mikeh8`, see [Pat Conaty](https://a.example) <b>\n\n> Mike Hales\n", {})
    shown = linked(page, NAMES, lambda person: f"/people/{person}")
    assert '<a href="/people/1">@mikeh8</a> &amp; <code>@mikeh8</code>' in shown
    assert shown.count("/people/") == 1
    assert "&lt;b&gt;" in shown
    assert linked(page.replace("@mikeh8", "x"), NAMES, str) == page.replace("@mikeh8", "x")


def test_a_long_text_of_at_signs_and_capitals_takes_no_time() -> None:
    assert mentioned("@ @a A A " * 20_000, NAMES) == ()
    assert mentioned("Mike " * 20_000, NAMES) == ()
    assert len(mentioned("@mikeh8 " * 20_000, NAMES)) == 1


def test_nobody_who_is_named_is_left_out_beforehand_however_it_is_written() -> None:
    chance = random.Random(4)
    signs = [" ", " ", "\n", "*", "**", "_", ".", ",", "(", ")", "-", "`", "@", "＠", "'s", "mike", "said"]
    pieces = [*signs, *(word for one in PEOPLE for word in (one.name, *one.name.split(), *one.handles))]
    found = 0
    for _ in range(2_000):
        text = "".join(chance.choice(pieces) for _ in range(chance.randint(1, 12)))
        candidates = Candidates(text)
        for person in mentioned(text, NAMES):
            found += 1
            one = PEOPLE[person - 1]
            assert candidates.may_be(one.name) or set(one.handles) & candidates.handles, text
    assert found > 100
