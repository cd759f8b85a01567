"""Forms of the report pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DraftForm(forms.Form):
    """What a new version changes; needed only after a published one, which the action knows."""

    what_changed = forms.CharField(
        label=_("What the new version changes"),
        help_text=_("Printed in the new version, for example: 更正第二部分经费数额。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
