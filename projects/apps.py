from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProjectsConfig(AppConfig):
    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Registry")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        for model in self.get_models():
            auditlog.register(model)
