"""Conventions that hold before the server starts."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string
from wagtail.admin.viewsets import viewsets as registry
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

# Wagtail's own viewsets for images and documents: scoped by the policies registered for those models.
BY_POLICY = ("wagtail.images", "wagtail.documents")


def is_ours(viewset) -> bool:
    """Whether a viewset shows rows of a package of this project, or is written in one."""
    module = type(viewset).__module__
    if module.startswith(BY_POLICY):
        return False
    model = viewset.model
    if isinstance(model, str):
        model = apps.get_model(model)
    if not module.startswith("wagtail."):
        return True
    config = apps.get_app_config(model._meta.app_label)
    return Path(config.path).parent == Path(settings.BASE_DIR) and model is not apps.get_model(settings.AUTH_USER_MODEL)


def unscoped_views(viewset) -> list[str]:
    """Names of the views that a viewset routes to without going through `ScopedView` or `ScopedChoice`."""
    scoped = import_string("community.admin.scoped.ScopedView"), import_string("community.admin.choosers.ScopedChoice")
    return [
        pattern.name
        for pattern in viewset.get_urlpatterns()
        if not issubclass(getattr(pattern.callback, "view_class", object), scoped)
    ]


def check_viewsets(found) -> list[checks.CheckMessage]:
    """An Error for each view of ours that lists or opens rows without scope, and for each model without a policy."""
    from wagtail.permissions import policy_registry

    from .policies import ScopedPolicy

    errors = []
    for viewset in found:
        if not isinstance(viewset, ModelViewSet | ChooserViewSet) or not is_ours(viewset):
            continue
        for name in unscoped_views(viewset):
            errors.append(
                checks.Error(
                    f'The view "{name}" shows rows of every community.',
                    hint="Extend ScopedModelViewSet or ScopedChooserViewSet; further views extend ScopedView.",
                    obj=type(viewset),
                    id="community.E002",
                )
            )
        model = apps.get_model(viewset.model) if isinstance(viewset.model, str) else viewset.model
        if not isinstance(policy_registry.get_by_type(model, fallback=False), ScopedPolicy):
            errors.append(
                checks.Error(
                    f"{model._meta.label} has no ScopedPolicy.",
                    hint="register_permission_policy(model, ScopedPolicy(…)) in the app's ready().",
                    obj=type(viewset),
                    id="community.E003",
                )
            )
    return errors


@checks.register
def check_registered_viewsets(app_configs, **kwargs):
    import_string("wagtail.admin.urls.urlpatterns")  # registers the viewsets
    return check_viewsets(registry.viewsets)
