from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.paginator import Page

register = template.Library()


@register.filter
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """The page numbers to link to: both ends, this page's neighbours, "…" for what lies between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
