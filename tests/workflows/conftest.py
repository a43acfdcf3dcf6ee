"""The world in which most tests of the renovation stand."""

from tests.factories import renovation
from tests.worlds import world


@world
def here():
    return renovation.neighbourhood()
