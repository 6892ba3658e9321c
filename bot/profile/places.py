"""From what a person types to an IANA time zone and a country. Never guessed from language or address."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from bot.chat.form import Unclear

CITIES: dict[str, str] = {
    "aachen": "Europe/Berlin", "abidjan": "Africa/Abidjan", "abu dhabi": "Asia/Dubai", "ahmedabad": "Asia/Kolkata",
    "atlanta": "America/New_York", "austin": "America/Chicago", "bangalore": "Asia/Kolkata",
    "barcelona": "Europe/Madrid", "basel": "Europe/Zurich", "beijing": "Asia/Shanghai",
    "bengaluru": "Asia/Kolkata", "bern": "Europe/Zurich", "birmingham": "Europe/London", "bologna": "Europe/Rome",
    "bonn": "Europe/Berlin", "bordeaux": "Europe/Paris", "boston": "America/New_York",
    "brasilia": "America/Sao_Paulo", "cambridge": "Europe/London", "canberra": "Australia/Sydney",
    "cape town": "Africa/Johannesburg", "charlotte": "America/New_York", "chennai": "Asia/Kolkata",
    "cologne": "Europe/Berlin", "dallas": "America/Chicago", "delhi": "Asia/Kolkata",
    "dresden": "Europe/Berlin", "dusseldorf": "Europe/Berlin", "edinburgh": "Europe/London",
    "eindhoven": "Europe/Amsterdam", "frankfurt": "Europe/Berlin", "geneva": "Europe/Zurich",
    "glasgow": "Europe/London", "gothenburg": "Europe/Stockholm", "guadalajara": "America/Mexico_City",
    "gurgaon": "Asia/Kolkata", "haifa": "Asia/Jerusalem", "hamburg": "Europe/Berlin", "hanoi": "Asia/Bangkok",
    "houston": "America/Chicago", "hyderabad": "Asia/Kolkata", "islamabad": "Asia/Karachi",
    "krakow": "Europe/Warsaw", "kyoto": "Asia/Tokyo", "lahore": "Asia/Karachi", "lausanne": "Europe/Zurich",
    "leeds": "Europe/London", "leipzig": "Europe/Berlin", "lyon": "Europe/Paris", "malmo": "Europe/Stockholm",
    "manchester": "Europe/London", "marseille": "Europe/Paris", "miami": "America/New_York",
    "milan": "Europe/Rome", "minneapolis": "America/Chicago", "montreal": "America/Toronto",
    "mumbai": "Asia/Kolkata", "munich": "Europe/Berlin", "nagoya": "Asia/Tokyo", "naples": "Europe/Rome",
    "new delhi": "Asia/Kolkata", "noida": "Asia/Kolkata", "nuremberg": "Europe/Berlin", "osaka": "Asia/Tokyo",
    "ottawa": "America/Toronto", "oxford": "Europe/London", "palo alto": "America/Los_Angeles",
    "philadelphia": "America/New_York", "pittsburgh": "America/New_York", "portland": "America/Los_Angeles",
    "porto": "Europe/Lisbon", "pretoria": "Africa/Johannesburg", "pune": "Asia/Kolkata",
    "raleigh": "America/New_York", "rio de janeiro": "America/Sao_Paulo", "rotterdam": "Europe/Amsterdam",
    "saint louis": "America/Chicago", "salt lake city": "America/Denver", "san diego": "America/Los_Angeles",
    "san francisco": "America/Los_Angeles", "san jose": "America/Los_Angeles", "seattle": "America/Los_Angeles",
    "shenzhen": "Asia/Shanghai", "stuttgart": "Europe/Berlin", "the hague": "Europe/Amsterdam",
    "toulouse": "Europe/Paris", "turin": "Europe/Rome", "utrecht": "Europe/Amsterdam",
    "valencia": "Europe/Madrid", "washington": "America/New_York", "washington dc": "America/New_York",
    "wellington": "Pacific/Auckland", "wroclaw": "Europe/Warsaw", "zug": "Europe/Zurich",
}  # fmt: skip
"""Cities where many people look for such jobs and that name no zone themselves."""


def _plain(text: str) -> str:
    """Small letters, without accents and underscores, one space between words: Zürich is zurich."""
    letters = unicodedata.normalize("NFKD", text.replace("_", " ").casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


@cache
def _by_name() -> dict[str, str]:
    return {_plain(name): name for name in available_timezones() if "/" in name or name == "UTC"}


@cache
def _by_city() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/", "SystemV/", "US/")):
            found.setdefault(_plain(name.rsplit("/", 1)[1]), []).append(name)
    return found


def zone(typed: str) -> str:
    """The IANA zone of a city or zone name. Raises Unclear for anything unknown or ambiguous."""
    words = _plain(typed)
    if exact := _by_name().get(words):
        return exact
    city = words.split(",")[0].strip()
    if city in CITIES:
        return CITIES[city]
    named = _by_city().get(city, [])
    if len(known := _of_today(named)) == 1:
        return known[0]
    raise Unclear(
        "I do not know that place. Name a large city near you, such as *Berlin* or *Chicago*, "
        "or a zone such as *Europe/Lisbon*."
    )


def _of_today(names: list[str]) -> list[str]:
    """Old aliases point to the same zone; the one listed with a country is today's name."""
    return [n for n in names if n in _countries()] or names


@cache
def _countries() -> dict[str, str]:
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text()
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def country_of(zone_name: str) -> str:
    """ISO country code of a zone; empty if it has none, as UTC."""
    return _countries().get(zone_name, "")


@cache
def _country_names() -> dict[str, str]:
    table = resources.files("tzdata").joinpath("zoneinfo/iso3166.tab").read_text()
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def country(typed: str) -> str:
    """ISO code of a country by code or name; "none" is empty. Raises Unclear."""
    if typed.strip() in _country_names():  # as stored: "NO" is Norway, "no" is none
        return typed.strip()
    words = typed.strip().casefold()
    if words in ("none", "no", "other"):
        return ""
    names = {"uk": "GB", "usa": "US", "united states": "US", "united kingdom": "GB", "great britain": "GB"}
    if words in names:
        return names[words]
    for code, name in _country_names().items():
        if words in (code.casefold(), name.casefold()):
            return code
    raise Unclear(
        "I do not know that country. Write its name or two letters, such as *Ireland* or *IE*, or *none*."
    )
