from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Reports")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from reports import registry
        from reports.rendering import checks  # noqa: F401 - registers the checks

        # The snapshot is the report's content, told by its hash; its text would swamp the history.
        auditlog.register(self.get_model("Report"), exclude_fields=["snapshot"])
        registry.register()
