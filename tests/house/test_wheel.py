"""What is installed: a wheel opens its bank at once."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OPEN = """
import sys
sys.path.insert(0, sys.argv[1])
from bot.content import compiled_place
compiled_place.load = None  # whoever reads the files fails
found = compiled_place.bank(None)
assert compiled_place.__file__.startswith(sys.argv[1])
print(len([found.drills[name] for name in found.drills]))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel as pip would lay it out."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place / "site")
    return place / "site"


def test_a_wheel_opens_its_bank_without_reading_the_files(installed: Path) -> None:
    out = subprocess.run(
        [sys.executable, "-c", OPEN, str(installed)],
        cwd=installed,
        check=True,
        capture_output=True,
        text=True,
    )
    assert int(out.stdout) == len(list((installed / "bot" / "content" / "drills").rglob("*.yaml"))) > 400


def test_the_sources_hold_no_compiled_bank(installed: Path) -> None:
    assert (installed / "bot" / "content" / "drills.compiled").is_file()
    assert not (ROOT / "bot" / "content" / "drills.compiled").exists()
