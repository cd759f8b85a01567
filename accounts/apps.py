from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    default = True
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from auditlog.registry import auditlog

        # The password hash must never reach the change history.
        auditlog.register(self.get_model("User"), exclude_fields=["password", "last_login"])


class ReferenceDataConfig(admin_apps.AdminConfig):
    """Django's admin site with Duxun's rule of who may enter."""

    default = False
    default_site = "accounts.admin_site.ReferenceDataSite"
