"""The only way from a document to anything outside it: names registered for it.

Imports WeasyPrint, so it is loaded by the engine and not with the application.
"""

from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from reports.rendering.document import Resource

SCHEME = "app:"


class ConfinedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `app:NAME` for the names it was given and refuses every other address.

    Files, the network, data: addresses and names that were not registered all fail, and
    the failure stops the rendering: a layout that asks for something unknown is wrong,
    and text that smuggled an address in must not come out as a report without a picture.
    """

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        super().__init__(allowed_protocols=("app",), allow_redirects=False, fail_on_errors=True)
        self._resources = resources

    def fetch(self, url: str, headers: Mapping[str, Any] | None = None) -> URLFetcherResponse:
        name = url.removeprefix(SCHEME)
        if name == url or name not in self._resources:
            raise ValueError(f"not among this document's resources: {url[:200]}")
        resource = self._resources[name]
        return URLFetcherResponse(url, resource.content, {"Content-Type": resource.media_type})
