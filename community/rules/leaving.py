"""When the posts of a person who leaves are over. Pure."""

from datetime import date, timedelta


def over_from(last_day: date, starts_on: date, today: date) -> date:
    """The first day without the post. `last_day`: the last day in office, today or earlier.

    The rights end now, so never later than today; a post that has not begun never begins.
    """
    return max(starts_on, min(last_day + timedelta(days=1), today))


def began_later(last_day: date, starts_on: date, today: date) -> bool:
    """Whether the post had begun only after the last day: then one of the two days is wrong."""
    return last_day < starts_on <= today
