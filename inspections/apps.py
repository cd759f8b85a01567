from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "inspections"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Inspections")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        from accounts.permissions import Role
        from inspections import registry
        from inspections.access import projects_of_inspector
        from projects.access import project_scopes

        project_scopes.register(Role.INSPECTOR, projects_of_inspector)
        registry.register()
        # Answers are written many at a time: `actions.sheets` logs each save as one entry of the
        # sheet. Part scores stand in the result's explanation.
        logged_elsewhere = {"Answer", "TrackScore", "SectionScore"}
        for model in self.get_models():
            if model.__name__ not in logged_elsewhere:
                # Which tracks a member scores stands in no column: such fields are named.
                several = {field.name for field in model._meta.many_to_many}
                auditlog.register(model, m2m_fields=several)
