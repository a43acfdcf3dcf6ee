"""A canvas in the colours of the site, drawn at twice its size and shrunk, so that edges are smooth."""

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 800, 600
TWICE = 2

PINE, PINE_DEEP, PINE_LIGHT, MIST = "#0b5a4f", "#07413a", "#4f8f80", "#d7e8e2"
CLAY, CLAY_LIGHT, CLAY_SOFT = "#8a3b12", "#c98a5e", "#f8ebe2"
PAPER, SAND, LINE, INK, MUTED = "#fbfaf7", "#eeece5", "#d9d6cd", "#1b1f24", "#4a525a"
STONE, ASPHALT, KERB, EARTH, MUD, WATER, YELLOW = (
    "#c9c6bd", "#5f666b", "#b4b1a8", "#b39270", "#8d7250", "#8fb4bd", "#f0bd3c",
)  # fmt: skip
WALLS = ("#e7dcc8", "#dccbb0", "#d9d2c4", "#e9e1d2", "#d3c3ab", "#cfd6d2")
SKY = {"clear": ("#c9e1ea", "#f4f3ea"), "cloudy": ("#d3dadd", "#eef0ee"), "rain": ("#aebbc2", "#d6dcdc")}


class Canvas:
    """Coordinates as of an 800 × 600 picture."""

    def __init__(self, ground: str = PAPER):
        self.image = Image.new("RGB", (WIDTH * TWICE, HEIGHT * TWICE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.reduce(TWICE)

    @staticmethod
    def _scaled(points) -> list[float]:
        flat = [part for point in points for part in point] if isinstance(points[0], tuple) else points
        return [value * TWICE for value in flat]

    def area(self, points, fill: str) -> None:
        self.pen.polygon(self._scaled(points), fill=fill)

    def box(self, left, top, right, bottom, fill: str, *, radius=0, outline=None, width=1) -> None:
        corners = self._scaled([left, top, right, bottom])
        self.pen.rounded_rectangle(
            corners, radius=radius * TWICE, fill=fill, outline=outline, width=max(1, round(width * TWICE))
        )

    def dot(self, x, y, across, fill: str, *, down=None, outline=None, width=1) -> None:
        down = across if down is None else down
        corners = self._scaled([x - across, y - down, x + across, y + down])
        self.pen.ellipse(corners, fill=fill, outline=outline, width=max(1, round(width * TWICE)))

    def line(self, points, fill: str, width=2) -> None:
        self.pen.line(self._scaled(points), fill=fill, width=max(1, round(width * TWICE)), joint="curve")

    def sky(self, weather: str = "clear", horizon: int = 360) -> None:
        """A soft gradient down to the horizon."""
        top, bottom = (Image.new("RGB", (1, 1), colour).getpixel((0, 0)) for colour in SKY[weather])
        ramp = Image.new("RGB", (1, 64))
        for y in range(64):
            ramp.putpixel((0, y), tuple(a + (b - a) * y // 63 for a, b in zip(top, bottom, strict=True)))
        self.image.paste(ramp.resize((WIDTH * TWICE, horizon * TWICE)), (0, 0))

    # What stands in many pictures

    def cloud(self, x, y, size) -> None:
        for dx, dy, part in ((-1.1, 0.2, 0.6), (0, 0, 0.9), (1.1, 0.25, 0.65), (0.4, 0.35, 0.8)):
            self.dot(x + dx * size, y + dy * size, size * part, "#ffffff", down=size * part * 0.55)

    def sun(self, x=690, y=90) -> None:
        self.dot(x, y, 46, "#f8e3a8")
        self.dot(x, y, 34, "#f3cf6f")

    def rain(self, chance, number=70) -> None:
        for _drop in range(number):
            x, y = chance.randrange(0, WIDTH), chance.randrange(0, HEIGHT - 40)
            self.line([(x, y), (x - 7, y + 20)], "#dfe8ea", 1.4)

    def house(self, left, base, width, floors, wall, *, storey=40, columns=3, roof=PINE) -> None:
        """A block of flats with lit and dark windows, balconies and a flat roof."""
        top = base - floors * storey
        self.box(left, top, left + width, base, wall)
        self.box(left - 5, top - 10, left + width + 5, top, roof, radius=2)
        step = width / columns
        for floor in range(floors):
            for column in range(columns):
                x, y = left + column * step + step * 0.24, top + floor * storey + storey * 0.22
                self.box(x, y, x + step * 0.52, y + storey * 0.46, "#8aa7ae", radius=2)
                self.line([(x + step * 0.26, y), (x + step * 0.26, y + storey * 0.46)], wall, 1.6)
                if (floor + column) % 2:
                    self.box(x - 4, y + storey * 0.46, x + step * 0.52 + 4, y + storey * 0.62, PINE_LIGHT, radius=1)

    def tree(self, x, base, size, colour=PINE_LIGHT) -> None:
        self.box(x - size * 0.07, base - size * 0.5, x + size * 0.07, base, "#7b5a3c")
        self.dot(x, base - size * 0.85, size * 0.42, colour, down=size * 0.48)
        self.dot(x - size * 0.22, base - size * 0.65, size * 0.3, colour)
        self.dot(x + size * 0.24, base - size * 0.62, size * 0.28, PINE)

    def person(self, x, base, size, coat) -> None:
        """A figure without a face."""
        self.box(x - size * 0.13, base - size * 0.42, x - size * 0.02, base, "#3e4a52", radius=3)
        self.box(x + size * 0.02, base - size * 0.42, x + size * 0.13, base, "#3e4a52", radius=3)
        self.box(x - size * 0.19, base - size * 0.78, x + size * 0.19, base - size * 0.36, coat, radius=8)
        self.dot(x, base - size * 0.9, size * 0.12, "#d9b08c")

    def worker(self, x, base, size) -> None:
        self.person(x, base, size, CLAY_LIGHT)
        self.area(
            [(x - size * 0.15, base - size * 0.93), (x, base - size * 1.07), (x + size * 0.15, base - size * 0.93)],
            YELLOW,
        )

    def cone(self, x, base, size=26) -> None:
        self.area([(x - size * 0.4, base), (x, base - size), (x + size * 0.4, base)], "#d9652b")
        self.box(x - size * 0.24, base - size * 0.52, x + size * 0.24, base - size * 0.36, "#ffffff")
        self.box(x - size * 0.55, base - 4, x + size * 0.55, base, CLAY)

    def fence(self, left, right, base, height=44) -> None:
        """The barrier of a site, striped."""
        self.box(left, base - height, right, base - height + 16, "#ffffff", outline=CLAY, width=1)
        x = left
        while x < right - 12:
            self.area(
                [
                    (x, base - height + 16),
                    (x + 10, base - height),
                    (x + 22, base - height),
                    (x + 12, base - height + 16),
                ],
                "#d9652b",
            )
            x += 30
        for post in (left + 14, right - 14):
            self.line([(post, base - height + 16), (post, base)], MUTED, 3)
