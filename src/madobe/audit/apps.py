from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "madobe.audit"
    label = "audit"
