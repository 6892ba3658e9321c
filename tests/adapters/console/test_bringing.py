"""`pacer bank import`: a file of drills from the command line."""

from __future__ import annotations

from terminal_process import pacer

ROWS = "title,area,task,points,answer\nLease,coding,Do it,Renews it in time,It renews it in time\n"


def test_a_file_is_taken_into_the_bank_of_the_terminals_person(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(ROWS)
    run = pacer(tmp_path, "bank", "import", str(path))
    assert run.returncode == 0 and "Lease is in your bank, 1 in all" in run.stdout
    again = pacer(tmp_path, "bank", "import", str(path))
    assert again.returncode == 2 and "line 2: id: lease is already in your bank" in again.stderr


def test_a_file_of_fifty_megabytes_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    run = pacer(tmp_path, "bank", "import", str(path))
    assert run.returncode == 2
    assert run.stderr == f"pacer: {path} has 50,000,000 bytes; 2,000,000 is the most.\n"


def test_a_file_that_is_not_there_is_said(tmp_path):
    run = pacer(tmp_path, "bank", "import", str(tmp_path / "none.yaml"))
    assert run.returncode == 2 and "cannot be read" in run.stderr and "Traceback" not in run.stderr
