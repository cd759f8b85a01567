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
    pool = _new_pool(processes)
    running: dict[Future[bytes | RenderingError], tuple[str, Document]] = {}
    try:
        while True:
            for key, document in waiting:
                if isinstance(document, RenderingError):
                    yield key, document
                    continue
                try:
                    running[pool.submit(_attempt, document)] = key, document
                except BrokenProcessPool:
                    yield _render_alone(key, document)
                    if not running:
                        pool.shutdown()
                        pool = _new_pool(processes)
                    break
                if len(running) >= processes * _AHEAD:
                    break
            else:
                if not running:
                    return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                key, document = running[future]
                try:
                    made = future.result()
                except BrokenProcessPool:
                    # A process died, of which document nobody knows: all at hand are
                    # tried again one by one, each in a process of its own.
                    for suspect in running.values():
                        yield _render_alone(*suspect)
                    running = {}
                    pool.shutdown()
                    pool = _new_pool(processes)
                    break
                del running[future]
                yield key, made
    finally:
        pool.shutdown(cancel_futures=True)


def _new_pool(processes: int) -> ProcessPoolExecutor:
    """Processes are started anew, not forked.

    A fork would inherit database connections, and locks that other threads hold.
    """
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"))


def _render_alone(key: str, document: Document) -> Outcome:
    with _new_pool(1) as pool:
        try:
            return key, pool.submit(_attempt, document).result()
        except BrokenProcessPool:
            return key, RenderingError(f"{document.title}: the rendering process died")
