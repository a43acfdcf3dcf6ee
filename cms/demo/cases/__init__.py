"""The cases, each told as the steps of one request."""

from .channel import tell_channel
from .lift import tell_lift
from .office import tell_office
from .residents import RESIDENTS
from .road import tell_road
from .smaller import SMALLER
from .square import tell_square

CASES = (tell_road, tell_office, tell_lift, tell_square, tell_channel, *SMALLER, *RESIDENTS)
