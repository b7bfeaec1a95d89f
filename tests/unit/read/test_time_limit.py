"""No expression of a profile keeps a reader waiting for ever."""

import re
import signal
import threading

import pytest

from martyrolog.errors import ListError
from martyrolog.read import time_limit

TOO_SLOW = ListError("read.pattern_too_slow", list_id="l", file="f", row=1)


def test_an_endless_expression_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "SECONDS", 0.05)
    with pytest.raises(ListError), time_limit.limited(lambda: TOO_SLOW):
        re.search("(a+)+$", "a" * 60 + "!")


def test_after_the_block_the_clock_stands_still_and_signals_are_as_before() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with time_limit.limited(lambda: TOO_SLOW):
        assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGVTALRM) is before


def test_another_thread_reads_without_a_bound() -> None:
    done = []

    def read() -> None:
        with time_limit.limited(lambda: TOO_SLOW):
            done.append(signal.getitimer(signal.ITIMER_VIRTUAL)[0])

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert done == [0.0]
