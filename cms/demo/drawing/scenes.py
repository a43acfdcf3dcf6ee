"""The scenes of the five cases at any stage of their works, and of the smaller ones."""

from .backdrops import across, street, weather_of
from .canvas import (
    ASPHALT,
    CLAY,
    CLAY_LIGHT,
    EARTH,
    HEIGHT,
    INK,
    KERB,
    LINE,
    MIST,
    MUD,
    MUTED,
    PAPER,
    PINE,
    PINE_DEEP,
    PINE_LIGHT,
    SAND,
    STONE,
    WALLS,
    WATER,
    WIDTH,
    YELLOW,
    Canvas,
)

LEFT, RIGHT, NEAR_LEFT, NEAR_RIGHT, HORIZON = 350, 470, 90, 730, 350


def _on_road(share: float, depth: float) -> tuple[float, float]:
    """A point of the carriageway: `share` from left to right, `depth` from the horizon (0) to the reader (1)."""
    left, right = LEFT + (NEAR_LEFT - LEFT) * depth, RIGHT + (NEAR_RIGHT - RIGHT) * depth
    return left + (right - left) * share, HORIZON + (HEIGHT - HORIZON) * depth


def _strip(canvas, first, last, near, far, colour) -> None:
    canvas.area([_on_road(first, far), _on_road(last, far), _on_road(last, near), _on_road(first, near)], colour)


def road(progress: int, chance):
    """From broken concrete over trench, pipes and gravel to asphalt with footway and parking bays."""
    canvas = street(progress, chance)
    surface = STONE if progress < 15 else EARTH if progress < 60 else "#a8a196" if progress < 75 else ASPHALT
    _strip(canvas, 0, 1, 1, 0, surface)
    _strip(canvas, -0.16, 0, 1, 0, "#d8d2c4" if progress > 80 else "#cdbfa6")
    _strip(canvas, 1, 1.16, 1, 0, "#d8d2c4" if progress > 80 else "#cdbfa6")
    if progress < 15:
        _broken(canvas, chance)
    elif progress < 75:
        _trench(canvas, progress, chance)
    else:
        _finished_road(canvas, progress)
    if 15 <= progress < 95:
        canvas.fence(60, 250, 560)
        canvas.worker(*_on_road(0.2 + chance.random() * 0.2, 0.5 + chance.random() * 0.2), 92)
        canvas.worker(*_on_road(0.75, 0.35 + chance.random() * 0.15), 70)
        for depth in (0.35, 0.55, 0.8):
            canvas.cone(*_on_road(1.04, depth), 16 + 22 * depth)
    else:
        canvas.person(*_on_road(-0.08, 0.42), 76, PINE)
        if progress > 15:
            canvas.person(*_on_road(-0.09, 0.55), 88, CLAY)
    return canvas.finished()


def _broken(canvas, chance) -> None:
    for _hole in range(7):
        x, y = _on_road(0.1 + chance.random() * 0.8, 0.2 + chance.random() * 0.75)
        size = 14 + (y - HORIZON) * 0.16
        canvas.dot(x, y, size, "#8f8a7e", down=size * 0.36)
        canvas.dot(x + 3, y + 2, size * 0.72, WATER, down=size * 0.22)
    for _crack in range(9):
        x, y = _on_road(chance.random(), 0.1 + chance.random() * 0.85)
        points = [(x, y)]
        for _bend in range(5):
            x, y = x + chance.randint(-26, 26), y + chance.randint(4, 16)
            points.append((x, y))
        canvas.line(points, "#77736a", 2.2)


def _trench(canvas, progress, chance) -> None:
    """The trench opens towards the reader; from a third of the works on the pipes lie in it."""
    reach = min(1, 0.25 + progress / 70)
    _strip(canvas, 0.56, 0.8, reach, 0.02, MUD)
    _strip(canvas, 0.6, 0.76, reach, 0.03, "#6f5838")
    if progress >= 32:
        _strip(canvas, 0.64, 0.72, reach * 0.96, 0.04, "#d9dcd6")
        for depth in (0.15, 0.3, 0.5, 0.72):
            if depth < reach:
                canvas.line([_on_road(0.63, depth), _on_road(0.73, depth)], MUTED, 2 + 3 * depth)
    if progress >= 60:
        _strip(canvas, 0.54, 0.82, 1, 0.02, "#b9b1a3")
        for _stone in range(220):
            x, y = _on_road(chance.random(), 0.05 + chance.random() * 0.93)
            canvas.dot(x, y, 1 + (y - HORIZON) / 110, chance.choice(["#8f897d", "#c6bfb1", "#7d786d"]))
    else:
        for depth in (0.3, 0.55, 0.85):
            x, y = _on_road(0.9, depth)
            canvas.area([(x - 46 * depth, y), (x, y - 40 * depth), (x + 48 * depth, y)], "#9c7c56")


def _finished_road(canvas, progress) -> None:
    for edge in (0, 1):
        canvas.line([_on_road(edge, 0), _on_road(edge, 1)], KERB, 6)
    for depth in (0.06, 0.14, 0.25, 0.4, 0.6, 0.85):
        for edge in (-0.16, 1.0):
            canvas.line([_on_road(edge, depth), _on_road(edge + 0.16, depth)], "#c3bba8", 1.6)
    if progress >= 88:
        for near, far in ((0.12, 0.05), (0.3, 0.2), (0.55, 0.4), (0.92, 0.7)):
            canvas.line([_on_road(0.42, far), _on_road(0.42, near)], "#f4f1e6", 1.5 + 5 * near)
    if progress >= 94:
        for depth in (0.12, 0.26, 0.45, 0.72):
            canvas.line([_on_road(0.72, depth), _on_road(0.99, depth)], "#f4f1e6", 1.5 + 4 * depth)
        canvas.line([_on_road(0.72, 0.12), _on_road(0.72, 0.95)], "#f4f1e6", 3)


def lift(progress: int, chance):
    """Seven storeys; below 50 the shaft stands as a dashed line only, then it grows."""
    canvas = across(weather_of(progress, chance), chance, ground="#d8d2c4")
    canvas.house(160, 540, 300, 7, WALLS[0], storey=62, columns=3, roof=PINE_DEEP)
    canvas.box(280, 470, 340, 540, PINE_DEEP, radius=4)
    left, right, top, base = 474, 566, 92, 540
    if progress < 50:
        for y in range(top, base, 26):
            for x in (left, right):
                canvas.line([(x, y), (x, y + 14)], CLAY, 4)
        for x in range(left, right, 22):
            canvas.line([(x, top), (x + 12, top)], CLAY, 4)
    else:
        top = base - round((base - top) * min(1, (progress - 40) / 50))
        canvas.box(left, top, right, base, "#c7dbdc", outline=PINE, width=5)
        for y in range(base - 62, top, -62):
            canvas.line([(left, y), (right, y)], PINE_LIGHT, 3)
    for floor in range(7):
        y = 540 - floor * 62
        canvas.line([(460, y - 6), (left, y - 6)], CLAY_LIGHT if progress < 50 else PINE, 4)
    canvas.person(640, 560, 110, CLAY)
    canvas.line([(664, 490), (676, 560)], "#7b5a3c", 4)
    canvas.tree(724, 540, 150)
    canvas.tree(70, 545, 130, PINE)
    return canvas.finished()


def square(progress: int, chance):
    """Rough ground, levelled, drained, paved, in use."""
    canvas = across(weather_of(progress, chance), chance, ground=EARTH if progress < 60 else "#cfc8ba")
    for left, floors in ((30, 5), (230, 6), (600, 5)):
        canvas.house(left, 352, 150, floors, chance.choice(WALLS), storey=38)
    if progress < 60:
        _earth(canvas, progress, chance)
    else:
        _paving(canvas, progress)
    if 10 < progress < 90:
        canvas.fence(40, 290, 576)
        canvas.worker(500 + chance.randint(-60, 60), 500, 100)
        canvas.person(330, 566, 118, PINE)
    if 20 < progress < 60:
        _digger(canvas, 560 + chance.randint(-30, 60), 470)
    if progress >= 90:
        canvas.dot(400, 480, 170, "#e2dccd", down=52)
        canvas.dot(400, 480, 130, CLAY_LIGHT, down=38)
        for x, coat in ((330, PINE), (380, CLAY), (440, PINE_LIGHT), (490, "#6d7fa0")):
            canvas.person(x, 500, 92, coat)
    return canvas.finished()


def _earth(canvas, progress, chance) -> None:
    for _heap in range(max(0, 8 - progress // 8)):
        x, y, size = chance.randint(80, 720), chance.randint(410, 560), chance.randint(34, 70)
        heap = [(x - size, y), (x - size * 0.2, y - size * 0.55), (x + size * 0.3, y - size * 0.48), (x + size, y)]
        canvas.area(heap, chance.choice([MUD, "#a5835c", "#9a7a55"]))
    for _puddle in range(max(0, 5 - progress // 10)):
        canvas.dot(chance.randint(80, 720), chance.randint(420, 580), 40, WATER, down=9)
    if progress >= 30:
        for y in range(400, 600, 28):
            canvas.line([(0, y + 8), (800, y)], "#a5866a", 1.6)
    if progress >= 45:
        canvas.area([(120, 430), (700, 400), (716, 418), (128, 452)], "#6f5838")
        canvas.line([(124, 442), (708, 410)], "#d9dcd6", 9)


def _paving(canvas, progress) -> None:
    shown = 600 if progress >= 80 else 500
    for row, y in enumerate(range(364, shown, 30)):
        for x in range(-40 + (row % 2) * 34, 840, 68):
            canvas.box(x, y, x + 64, y + 26, ("#ded7c8", "#d3cab8", "#e4decf")[(x // 34 + row) % 3], radius=2)
    for x in (120, 690):
        canvas.tree(x, 420, 120)
    canvas.box(540, 430, 660, 444, CLAY, radius=3)
    for x in (552, 640):
        canvas.box(x, 444, x + 8, 470, MUTED)


def _digger(canvas, x, base) -> None:
    canvas.box(x - 60, base - 26, x + 60, base, INK, radius=12)
    canvas.box(x - 48, base - 72, x + 40, base - 26, YELLOW, radius=6)
    canvas.box(x - 40, base - 112, x + 4, base - 66, "#8aa7ae", outline=YELLOW, width=5, radius=5)
    canvas.line([(x + 30, base - 66), (x + 86, base - 130), (x + 132, base - 60)], YELLOW, 12)
    canvas.area([(x + 116, base - 62), (x + 150, base - 58), (x + 140, base - 26), (x + 112, base - 34)], MUTED)


def channel(progress: int, chance):
    """A lane with its flood channel: silted and cracked, or cleared and covered."""
    canvas = street(progress, chance)
    _strip(canvas, -0.1, 1.1, 1, 0, "#b7b1a5")
    _strip(canvas, 0.58, 0.92, 1, 0, "#8c8a82")
    _strip(canvas, 0.63, 0.87, 1, 0, "#55544d" if progress >= 50 else MUD)
    if progress >= 50:
        _strip(canvas, 0.68, 0.82, 1, 0.02, WATER)
        for depth in (0.1, 0.2, 0.34, 0.52, 0.76):
            canvas.line([_on_road(0.6, depth), _on_road(0.9, depth)], KERB, 3 + 6 * depth)
        return canvas.finished()
    for _lump in range(26):
        x, y = _on_road(0.66 + chance.random() * 0.18, 0.1 + chance.random() * 0.85)
        size = 5 + (y - HORIZON) * 0.09
        canvas.dot(x, y, size, chance.choice(["#7c6443", "#6d5839", "#93784f", PINE_LIGHT]), down=size * 0.5)
    x, y = _on_road(0.3, 0.12)
    points = [(x, y)]
    while y < 590:
        x, y = x + chance.randint(-34, 24), y + chance.randint(14, 28)
        points.append((x, y))
    canvas.line(points, "#4b4a45", 5)
    canvas.dot(*_on_road(0.36, 0.66), 92, "#9d978b", down=22)
    canvas.dot(*_on_road(0.36, 0.67), 70, "#8b867b", down=14)
    for depth in (0.5, 0.72, 0.9):
        canvas.cone(*_on_road(0.12, depth), 20 + 22 * depth)
    canvas.person(*_on_road(0.98, 0.5), 100, PINE)
    canvas.person(*_on_road(1.05, 0.62), 112, "#6d7fa0")
    return canvas.finished()


def office(progress: int, chance):
    """The stairwell of an office block: cluttered, being painted, tidy and lit."""
    canvas = Canvas("#e9e3d6" if progress >= 60 else "#cfc8b8")
    canvas.area([(0, 520), (800, 520), (800, 600), (0, 600)], "#b8b2a6" if progress < 60 else "#d6d0c4")
    if progress >= 40:
        canvas.box(0, 0, 800, 150, PAPER)
        canvas.box(0, 300, 800, 312, PINE_LIGHT)
    for step in range(8):
        left, top = 360 + step * 52, 500 - step * 44
        canvas.box(
            left, top, 800, top + 46, ("#a9a397", "#bbb5a8")[step % 2] if progress < 60 else (LINE, SAND)[step % 2]
        )
    canvas.line([(350, 420), (760, 74)], PINE if progress >= 60 else "#6f6b62", 9)
    for step in range(0, 8, 2):
        canvas.line([(370 + step * 52, 404 - step * 44), (370 + step * 52, 500 - step * 44)], MUTED, 4)
    canvas.box(60, 180, 220, 520, PINE_DEEP if progress >= 60 else "#7a6a55", radius=4)
    canvas.dot(204, 356, 7, YELLOW)
    canvas.box(300, 60, 470, 84, "#fff4cf" if progress >= 50 else "#8d877b", radius=8)
    if progress < 45:
        for _thing in range(9):
            x, y, size = chance.randint(230, 520), chance.randint(500, 560), chance.randint(36, 80)
            canvas.box(x, y - size, x + size, y, chance.choice([EARTH, CLAY_LIGHT, "#9a8f7c", MUD]), outline=MUTED)
        for _scrap in range(14):
            x, y = chance.randint(230, 790), chance.randint(90, 420)
            canvas.box(x, y, x + 26, y + 34, chance.choice([PAPER, "#e9c9a8", MIST]))
    elif progress < 60:
        canvas.worker(290, 560, 170)
    else:
        canvas.box(254, 190, 340, 300, PAPER, outline=PINE, width=4)
        for y in (216, 236, 256, 276):
            canvas.line([(268, y), (326, y)], PINE_LIGHT, 4)
        canvas.tree(300, 560, 120)
        canvas.person(640, 590, 150, PINE)
    return canvas.finished()


def lamp(progress: int, chance):
    """A path in the evening; the lamps are dark or lit."""
    canvas = Canvas("#22323c")
    canvas.area([(0, 340), (800, 340), (800, 600), (0, 600)], "#2b3a36")
    _strip(canvas, 0, 1, 1, 0, "#59605f")
    for left, floors in ((20, 6), (560, 5)):
        canvas.house(left, 350, 200, floors, "#3a474c", storey=44, roof="#1c2a2c")
    for share, depth in ((-0.08, 0.9), (1.05, 0.55), (-0.05, 0.3)):
        x, y = _on_road(share, depth)
        height = 130 + 190 * depth
        if progress >= 50:
            canvas.dot(x, y, 40 + 60 * depth, "#6d6a4c", down=10 + 14 * depth)
        canvas.line([(x, y), (x, y - height)], "#8d969c", 4 + 4 * depth)
        canvas.dot(x, y - height, 12 + 10 * depth, "#ffe9a6" if progress >= 50 else "#48545a")
    canvas.person(*_on_road(0.5, 0.45), 80, CLAY_LIGHT)
    for _star in range(24):
        canvas.dot(chance.randint(0, WIDTH), chance.randint(0, 130), 1.4, "#cfd8d6")
    return canvas.finished()


def shed(progress: int, chance):
    """Bicycles and scooters in front of a house, in the open or below a roof."""
    canvas = across("cloudy", chance, ground="#cfc8ba")
    canvas.house(60, 400, 640, 6, WALLS[chance.randrange(len(WALLS))], storey=46, columns=8)
    if progress >= 50:
        canvas.area([(120, 380), (700, 350), (720, 372), (110, 404)], PINE)
        for x in (140, 690):
            canvas.line([(x, 390), (x, 540)], PINE_DEEP, 7)
    for number in range(9):
        x = 130 + number * 66 + chance.randint(-12, 12)
        y = 540 + (0 if progress >= 50 else chance.randint(-26, 24))
        for wheel in (x - 22, x + 22):
            canvas.dot(wheel, y, 17, "#cfc8ba", outline=INK, width=3)
        canvas.line(
            [(x - 22, y), (x - 4, y - 28), (x + 22, y), (x + 12, y - 36)], chance.choice([CLAY, PINE, MUTED]), 5
        )
    return canvas.finished()


def place(progress: int, chance):
    """A neighbourhood from afar: blocks, trees, a path. `progress` only tells one from another."""
    canvas = across("clear", chance, ground="#d5dcc9")
    x = -20
    while x < 780:
        width, floors = chance.randint(96, 150), chance.randint(4, 8)
        canvas.house(
            x, 420, width, floors, chance.choice(WALLS), storey=38, roof=chance.choice([PINE, PINE_DEEP, CLAY])
        )
        x += width + chance.randint(12, 40)
    canvas.area([(0, 600), (330, 420), (470, 420), (800, 600)], "#e6dfd0")
    for number in range(7):
        canvas.tree(40 + number * 124 + chance.randint(-20, 20), 440 + (number % 2) * 70, chance.randint(80, 130))
    for coat in (PINE, CLAY, "#6d7fa0"):
        canvas.person(chance.randint(300, 500), chance.randint(500, 580), 84, coat)
    return canvas.finished()


SCENES = {
    "road": road, "lift": lift, "square": square, "channel": channel, "office": office, "lamp": lamp, "shed": shed,
    "place": place,
}  # fmt: skip
