"""The helplines: the file that ships, and what makes a file unusable."""

from datetime import date, timedelta

import pytest

from bot.safety.helplines import BadHelplines, load, shipped
from bot.safety.model import FRESH_DAYS

ONE = """
verified_on: 2026-01-31
countries:
  NZ: {name: Line, call: "1737", emergency: "111", source: https://line.example}
default: {name: Directory, web: https://directory.example, emergency: your number, source: https://d.example}
"""


def test_a_country_gets_its_own_line_in_any_case() -> None:
    lines = load(ONE)
    assert lines.for_country("nz").call == "1737"
    assert lines.for_country(" NZ ").emergency == "111"


@pytest.mark.parametrize("code", ["", "ZZ", "New Zealand"])
def test_everywhere_else_the_international_directory_answers(code: str) -> None:
    assert load(ONE).for_country(code).name == "Directory"


def test_numbers_are_trusted_for_180_days() -> None:
    lines = load(ONE)
    assert not lines.too_old(lines.verified_on + timedelta(days=FRESH_DAYS))
    assert lines.too_old(lines.verified_on + timedelta(days=FRESH_DAYS + 1))
    assert lines.verified_on == date(2026, 1, 31)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("2026-01-31", "soon", "verified_on"),
        ("2026-01-31", "2026-01-31 10:00:00", "verified_on"),
        ("countries:", "lands:", "countries"),
        ('emergency: "111", ', "", "NZ has no emergency"),
        ("source: https://line.example", "source:", "NZ has no source"),
        ('call: "1737", ', "", "neither a number nor an address"),
        ('call: "1737"', "call: 1737", "quotes around: call"),
        ("name: Line", "name: Line, fax: none", "fax"),
        ("default:", "other:", "default is missing"),
        ("countries:", "countries: [", "not valid YAML"),
    ],
)
def test_a_faulty_file_is_refused_with_a_sentence(old: str, new: str, says: str) -> None:
    with pytest.raises(BadHelplines, match=says):
        load(ONE.replace(old, new))


def test_the_shipped_file_serves_the_promised_countries() -> None:
    codes = {"US", "CA", "GB", "IE", "AU", "NZ", "IN", "DE", "AT", "CH", "FR", "NL", "ES", "IT", "EU"}
    lines = shipped()
    assert set(lines.by_country) == codes
    assert all(lines.by_country[code].call for code in codes - {"EU"})
    assert lines.default.web == "https://findahelpline.com"


@pytest.mark.parametrize(
    ("code", "call", "text", "emergency"),
    [
        ("US", "988", "988", "911"),
        ("CA", "988", "988", "911"),
        ("GB", "116 123", "SHOUT to 85258", "999"),
        ("IE", "116 123", "50808", "112"),
        ("AU", "13 11 14", "0477 13 11 14", "000"),
        ("IN", "14416", "", "112"),
        ("DE", "0800 111 0 111", "", "112"),
    ],
)
def test_numbers_are_written_down_twice_so_that_no_slip_goes_unseen(
    code: str, call: str, text: str, emergency: str
) -> None:
    line = shipped().for_country(code)
    assert (line.call, line.text, line.emergency) == (call, text, emergency)
