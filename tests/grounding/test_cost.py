"""What the lexicon costs: on disk, in memory, at the start."""

import subprocess
import sys
from pathlib import Path

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "lexicon"
START = """
import time
import psutil
started = time.process_time()
from app.grounding import Grounder
Grounder.load().mentions("NF-kappaB drives EMT.")
print(time.process_time() - started, psutil.Process().memory_info().rss / 1e6)
"""


def test_it_takes_less_than_ten_megabytes_of_the_repository() -> None:
    assert sum(each.stat().st_size for each in SEEDS.rglob("*") if each.is_file()) < 10_000_000


def test_it_starts_fast_and_small() -> None:
    out = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, out.stdout.split())
    assert seconds < 3, "a second on a quiet machine"
    assert megabytes < 250
