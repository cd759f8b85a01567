"""Many reports on several processes, one report never stopping the others.

The HTML is made here, where Django is; the processes only get finished documents, so
that they start fast and stay small. Each has its own fonts and its own engine.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from reports.rendering import engine
from reports.rendering.document import Document
from reports.rendering.errors import RenderingError

type Prepared = tuple[str, Document | RenderingError]
type Outcome = tuple[str, bytes | RenderingError]

# Documents that wait in each process's queue: enough to keep it busy, few enough that
# their photographs do not fill the memory.
_AHEAD = 2


def usable_cores() -> int:
    """Cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def render_documents(documents: Iterable[Prepared], *, processes: int) -> Iterator[Outcome]:
    """PDFs by key, as they are done. A document that is an error already is passed on.

    An error is given instead of the PDF of the report that it belongs to. With one
    process everything happens in this one.
    """
    if processes <= 1:
        for key, document in documents:
            yield key, _attempt(document)
        return
    yield from _render_on(documents, processes)


def _attempt(document: Document | RenderingError) -> bytes | RenderingError:
    if isinstance(document, RenderingError):
        return document
    try:
        return engine.render(document)
    except RenderingError as error:
        return error


def _render_on(documents: Iterable[Prepared], processes: int) -> Iterator[Outcome]:
    waiting = iter(documents)
    # Processes are started anew, not forked: a fork would inherit database connections
    # and locks that other threads hold.
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
    running: dict[Future[bytes | RenderingError], tuple[str, Document]] = {}
    try:
        while True:
            for key, document in waiting:
                if isinstance(document, RenderingError):
                    yield key, document
                    continue
                running[pool.submit(_attempt, document)] = key, document
                if len(running) >= processes * _AHEAD:
                    break
            if not running:
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                key, document = running.pop(future)
                try:
                    yield key, future.result()
                except BrokenProcessPool:
                    # The process died, of which document nobody knows: the ones at hand
                    # are tried one by one, each in a process of its own.
                    suspects = [(key, document), *running.values()]
                    running = {}
                    pool.shutdown(wait=False, cancel_futures=True)
                    for suspect in suspects:
                        yield _render_alone(*suspect)
                    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))
                    break
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _render_alone(key: str, document: Document) -> Outcome:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        try:
            return key, pool.submit(_attempt, document).result()
        except BrokenProcessPool:
            return key, RenderingError(f"{document.title}: the rendering process died")
