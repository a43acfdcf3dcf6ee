"""What lies behind a scene: sky, weather, rows of houses."""

from .canvas import HEIGHT, WALLS, WIDTH, Canvas


def weather_of(progress: int, chance) -> str:
    return chance.choice(["clear", "clear", "cloudy"])


def across(weather: str, chance, *, ground: str, horizon: int = 350) -> Canvas:
    """Sky above, ground below."""
    canvas = Canvas(ground)
    canvas.sky(weather, horizon)
    if weather == "clear":
        canvas.sun(chance.randint(600, 740), chance.randint(60, 110))
    for _cloud in range(2 if weather == "clear" else 5):
        canvas.cloud(chance.randint(40, 760), chance.randint(40, 150), chance.randint(28, 52))
    return canvas


def street(progress: int, chance) -> Canvas:
    """A street between two rows of houses, seen from its middle."""
    canvas = across(weather_of(progress, chance), chance, ground="#c8d1b8")
    for left, base, width, floors in ((-30, 430, 210, 6), (170, 385, 130, 6), (290, 362, 70, 5)):
        canvas.house(left, base, width, floors, WALLS[left % len(WALLS)], storey=base // 11)
    for left, base, width, floors in ((640, 430, 210, 6), (520, 385, 118, 6), (462, 362, 62, 5)):
        canvas.house(left, base, width, floors, WALLS[(left + 2) % len(WALLS)], storey=base // 11)
    for x, base, size in ((60, 500, 150), (760, 505, 150), (250, 420, 84), (580, 420, 84)):
        canvas.tree(x + chance.randint(-8, 8), min(base, HEIGHT), size)
    return canvas


__all__ = ["WIDTH", "across", "street", "weather_of"]
