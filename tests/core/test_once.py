"""
What is made once, by one thread at a time.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time

from dateline.once import made_once


def test_what_several_threads_ask_for_is_made_once():
    """
    Who comes while it is being made waits for it.
    """
    made = []

    @made_once
    def slow(name):
        made.append(name)
        time.sleep(0.01)
        return object()

    found = []
    threads = [threading.Thread(target=lambda: found.append(slow("a"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ["a"] == made
    assert (8, 1) == (len(found), len({*found}))


FIRST_USE = """
import sys, threading
sys.setswitchinterval(1e-6)
import dateline
together = threading.Barrier(8)
equal = []
def use():
    together.wait()
    corpus = dateline.load("ukraine-2022")
    equal.append(dateline.reads(dateline.dumps(corpus, "jsonl"), "jsonl") == corpus)
threads = [threading.Thread(target=use) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(equal)
"""


def test_threads_may_use_the_library_for_the_first_time_at_once():
    """
    Whatever decodes and encodes records is made by one of them.
    """
    run = subprocess.run([sys.executable, "-c", FIRST_USE], capture_output=True, text=True, check=False)

    assert (0, f"{[True] * 8}\n", "") == (run.returncode, run.stdout, run.stderr)
