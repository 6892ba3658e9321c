"""Names in a circle: nobody can be taken for an admin, for Pacer, for a list of people, or for somebody else."""

from __future__ import annotations

from datetime import date

import pytest

from bot.chat.form import Unclear
from bot.circle.names import alike, first_name, is_taken, read_circle_name, read_name

TODAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    "typed", ["Ada (admin)", "Bob (admin), Ada, Zoe", "Ada, Bob", "Ada)", "Ada（admin）", "a，b"]
)
def test_a_members_name_holds_no_brackets_and_no_commas(typed: str):
    with pytest.raises(Unclear, match="made of letters"):
        read_name(typed, TODAY)


def test_a_circles_name_may_hold_them():
    assert read_circle_name("Owls (Berlin), evenings", TODAY) == "Owls (Berlin), evenings"


@pytest.mark.parametrize(
    "typed",
    ["Pacer", "PACER", "pácer", "P.a.c.e.r", "Расer", "Pacer 🦉", "Ada - admin", "admin", "The Admins", "Somebody",
     "somebody who left", "Somebody here", "Someone", "Everybody", "Nobody"],
)  # fmt: skip
def test_nobody_is_called_what_pacer_says_of_itself_of_admins_or_of_nobody_in_particular(typed: str):
    with pytest.raises(Unclear):
        read_name(typed, TODAY)


@pytest.mark.parametrize("typed", ["Аda", "Adа", "Νick", "Eνa", "Ꭺda", "Аnn Lee"])
def test_one_word_is_of_one_alphabet(typed: str):
    with pytest.raises(Unclear, match="one alphabet"):
        read_name(typed, TODAY)


@pytest.mark.parametrize(
    "typed",
    [
        "Ада",
        "Νίκος",
        "Ольга Smith",
        "राम",
        "李小龙",
        "Zoë",
        "O'Neil",
        "Ada 🦉",
        "Жанна-Мари",
        "N0",
        "Bo & Al!",
    ],
)
def test_names_of_every_script_stand(typed: str):
    assert read_name(typed, TODAY) == typed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Capa", "Сара"),
        ("Beta", "Вета"),
        ("Tom", "Τοм"),
        ("Ada", "ＡＤＡ"),
        ("Ada", "Á d a"),
        ("Ada", "Ada\ufe0f"),
        ("Alan", "AIan"),
        ("Bob", "B0b"),
        ("Will", "W1ll"),
        ("Ada", "𝐀𝐝𝐚"),
        ("Maria", "МАRIА"),
    ],
)
def test_what_people_would_mix_up_is_the_same(one: str, other: str):
    assert alike(one) == alike(other) and is_taken(other, [one])


@pytest.mark.parametrize(("one", "other"), [("Ada", "Ida"), ("राम", "रमा"), ("Bob", "Rob"), ("Анна", "Инна")])
def test_what_people_tell_apart_is_not(one: str, other: str):
    assert not is_taken(one, [other])


@pytest.mark.parametrize("typed", ["\u3164", "\u2800\u2800", "\u115f\u1160", "\u3164 \uffa0", "."])
def test_a_name_that_nobody_sees_is_none(typed: str):
    with pytest.raises(Unclear, match="1 to 30|one to 30"):
        read_name(typed, TODAY)


def test_every_name_that_is_given_out_could_have_been_chosen():
    taken: list[str] = []
    for n in range(600):
        taken.append(first_name(str(n), taken))
        assert read_name(taken[-1], TODAY) == taken[-1]
    assert len(set(map(alike, taken))) == 600
