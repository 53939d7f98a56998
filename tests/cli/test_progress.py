from __future__ import annotations

import contextlib
import io

import pytest

from dateline.cli import progress
from dateline.cli.progress import Progress


@pytest.fixture
def clock(monkeypatch):
    """
    A clock that stands until it is told the time.
    """
    times = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: times[-1])

    return times


class Terminal(io.StringIO):
    """
    What keeps all that a terminal is sent.
    """

    def isatty(self):
        """
        It is one.
        """
        return True


@pytest.fixture
def sent(clock):
    """
    What standard error, that is a stream given, is sent during work with a step at each of some seconds.
    """

    def work(stream, seconds):
        with contextlib.redirect_stderr(stream), Progress("working") as shown:
            for second in seconds:
                clock.append(second)
                shown.step("a file")
        return stream.getvalue()

    return work


def test_long_work_is_counted(sent):
    """
    After a second the steps are counted on one line, at most ten times a second, and the line is cleared.
    """
    assert (
        sent(Terminal(), [0.5, 1.5, 1.55, 2.0]) == "\rworking: 2 steps\rworking: 4 steps\r                \r"
    )


def test_short_work_is_quiet(sent):
    """
    Work of less than a second shows nothing.
    """
    assert sent(Terminal(), [0.1, 0.9]) == ""


def test_only_terminals_are_shown_progress(sent):
    """
    What is no terminal gets nothing, however long it takes.
    """
    assert sent(io.StringIO(), [5.0, 10.0]) == ""
