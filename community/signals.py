"""The signals that are allowed, by name: infrastructure only, never a business effect.

- `pre_create_historical_record`, `post_create_historical_record`: tie each history row to the act under way
- `post_migrate`: reinstall the append-only triggers (Django rebuilds SQLite tables and drops them)
"""

from django.db.models.signals import post_migrate
from simple_history.signals import post_create_historical_record, pre_create_historical_record

from .records import current_act
from .triggers import install_triggers


def tie_to_event(sender, history_instance, **kwargs):
    """Actor, reason, moment and event of a history row come from the act, not from a request."""
    act = current_act()
    history_instance.event_id = act.id
    history_instance.history_date = act.recorded_at
    history_instance.history_user_id = act.context.account.pk if act.context.account else None
    history_instance.history_change_reason = str(act.context.reason) or None


def note_row(sender, history_instance, **kwargs):
    current_act().take_down(history_instance)


def protect_tables(sender, using, **kwargs):
    install_triggers(using=using)


def connect(app_config):
    pre_create_historical_record.connect(tie_to_event, dispatch_uid="community.tie_to_event")
    post_create_historical_record.connect(note_row, dispatch_uid="community.note_row")
    post_migrate.connect(protect_tables, sender=app_config, dispatch_uid="community.protect_tables")
