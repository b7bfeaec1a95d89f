"""How long the expressions of a reading profile may look at one row.

Some regular expressions, such as ``(a+)+$``, try more ways than there are seconds. :func:`limited`
ends them with one message. Time is that of the processor, so that a busy machine changes nothing.
Signals reach the main thread only: reading in another thread has no bound.
"""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from martyrolog.errors import MartyrologError

SECONDS = 5.0
"""Processor seconds for one row; an honest profile needs thousandths."""


@contextmanager
def limited(problem: Callable[[], MartyrologError]) -> Iterator[None]:
    """Raise what ``problem`` makes where the block takes longer than ``SECONDS`` of processor time.

    The error is made only then: there is one limit for each row.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: Any) -> None:
        raise problem()

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
