from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("Decisions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from community.role_words import register_rights
        from community.ticks import register_tick
        from home import neighbours

        from . import policies, role_words, verbs
        from .actions import handing_over, telling
        from .actions.approvals import close_late_steps
        from .actions.balloting import close_ballots
        from .admin import waiting as admin_rows
        from .desk import inbox, pending
        from .pages import ProjectIndexPage
        from .presentation.lists import follow_door, running_projects

        policies.register_policies()
        verbs.register()
        telling.register()
        handing_over.register()
        register_rights(role_words.rights, order=30)
        neighbours.register_door(follow_door, place=1)
        neighbours.register_section(ProjectIndexPage.opened, order=20)
        neighbours.register(neighbours.Component("workflows/parts/running_projects.html", running_projects, order=10))
        register_tick("end of votes", close_ballots, every=60)
        register_tick("approval deadlines", close_late_steps, every=60)
        register_tick("duty tomorrow", telling.tell_of_duty, every=600)
        register_tick("photos of unfinished forms", pending.forget_old_photos, every=3600)
        inbox.register()
        admin_rows.register()
