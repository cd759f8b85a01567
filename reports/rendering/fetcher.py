"""The only way from a document to anything outside it: names registered for it.

Imports WeasyPrint, so it is loaded by the engine and not with the application.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering.document import Resource

SCHEME = "app:"


class ConfinedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `app:NAME` for the names of the document at hand, refuses every other address.

    Files, the network, data: addresses and names that were not registered all fail, and
    the failure stops the rendering: a layout that asks for something unknown is wrong,
    and text that smuggled an address in must not come out as a report without a picture.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("app",), allow_redirects=False, fail_on_errors=True)
        self._resources: Mapping[str, Resource] = {}

    @contextmanager
    def serving(self, resources: Mapping[str, Resource]) -> Iterator[None]:
        """Serve these, and nothing once the document is done."""
        self._resources = resources
        try:
            yield
        finally:
            self._resources = {}

    def fetch(self, url: str, headers: Mapping[str, Any] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(SCHEME)
        if name == url or name not in self._resources:
            raise ValueError(f"not among this document's resources: {url[:200]}")
        resource = self._resources[name]
        return URLFetcherResponse(url, resource.content, {"Content-Type": resource.media_type})
