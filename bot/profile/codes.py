"""The codes that join two accounts: short, hard to misread, never a word, kept only as a hash."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from bot.chat.form import Unclear

ALPHABET = "CDFGHJKMNPQRTVWXY3479"
"""No vowels, so that no code is a word; of 0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B and U V one at most."""
LENGTH = 8
COMBINATIONS = len(ALPHABET) ** LENGTH
LIFE = timedelta(minutes=10)
MOST_WRONG, WRONG_SPAN = 5, timedelta(hours=1)
"""How many wrong codes an account may say in how long."""
_SALT = b"pacer link code"
NO_CODE = (
    "A code has eight letters and digits, such as `K7QT-4MXC`. `/pacer link` on your first account makes one."
)


def spelled(number: int) -> str:
    """The code of a number below COMBINATIONS; different numbers have different codes."""
    signs = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[at])
    return "".join(signs)


def shown(code: str) -> str:
    """The code in two halves, as one reads it from a screen."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def read_code(typed: str) -> str:
    """The code in what was typed, in whatever case and spacing. Raises Unclear."""
    code = "".join(c for c in typed.upper() if c not in " -–—`*'\"\t")
    if len(code) != LENGTH or any(c not in ALPHABET for c in code):
        raise Unclear(NO_CODE)
    return code


def digest(code: str) -> str:
    """What is kept of a code, 32 hexadecimal digits.

    A slow hash: whoever reads the database cannot try all codes while one is still good.
    """
    return hashlib.scrypt(code.encode(), salt=_SALT, n=2**12, r=8, p=1, dklen=16).hex()
