from __future__ import annotations

from django.urls import register_converter


class RoundName:
    """`YEAR-SEQUENCE`, as `2016-2`; the view finds out whether there is such a round."""

    regex = "[0-9]{4}-[1-9][0-9]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RoundName, "round_name")
