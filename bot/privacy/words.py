"""What Pacer says about what it keeps."""

from __future__ import annotations

ABOUT = "Everything Pacer keeps about you: as it is stored, decrypted. Instants are UTC, days are days where you live."
HERE = "Here is everything I keep about you, as a file that any text editor opens."
PART = "Here is everything I keep about you, part {number} of {count}."
DIRECTLY = "I send that to your direct messages, for your eyes alone."
