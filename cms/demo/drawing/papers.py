"""Papers as they are handed in: lines, ticks, figures in Latin letters that every machine can draw, and a stamp."""

import random

from PIL import Image, ImageDraw, ImageFont

from .canvas import INK, LINE, MUTED

WIDTH, HEIGHT = 620, 877
RED = "#b3261e"


def paper(kind: str, name: str, figures) -> Image.Image:
    """A sheet on a desk. `figures`: the lines that can be read on it."""
    chance = random.Random(name)  # noqa: S311
    desk = Image.new("RGB", (WIDTH + 80, HEIGHT + 60), "#b9a88f")
    sheet = Image.new("RGB", (WIDTH, HEIGHT), "#fdfcf8")
    pen = ImageDraw.Draw(sheet)
    pen.text((60, 56), "SAMPLE", font=ImageFont.load_default(34), fill=INK)
    pen.text((60, 104), f"{kind} / {name}", font=ImageFont.load_default(22), fill=MUTED)
    pen.line((60, 146, WIDTH - 60, 146), fill=INK, width=3)
    y = _figures(pen, figures, 176)
    _writing(pen, chance, y + 20)
    _signed(pen, chance)
    desk.paste(sheet, (40, 30))
    return desk.rotate(chance.uniform(-1.2, 1.2), resample=Image.Resampling.BICUBIC, fillcolor="#b9a88f")


def _figures(pen, figures, y: int) -> int:
    for line in figures:
        pen.rectangle((60, y + 4, 82, y + 26), outline=INK, width=2)
        pen.line((64, y + 15, 70, y + 22, 84, y), fill=RED, width=4)
        pen.text((100, y), str(line), font=ImageFont.load_default(24), fill=INK)
        y += 44
    return y


def _writing(pen, chance, y: int) -> None:
    """Lines of handwriting, as strokes."""
    while y < HEIGHT - 260:
        pen.line((60, y + 22, WIDTH - 60, y + 22), fill=LINE, width=1)
        x = 64
        while x < WIDTH - chance.randint(70, 240):
            pen.line((x, y + chance.randint(2, 14), x + 9, y + chance.randint(2, 16)), fill="#33475b", width=2)
            pen.line((x + 4, y, x + 4 + chance.randint(-3, 3), y + 16), fill="#33475b", width=2)
            x += 19
        y += 38


def _signed(pen, chance) -> None:
    base = HEIGHT - 130
    for x in (80, 320):
        pen.line((x, base + 40, x + 200, base + 40), fill=MUTED, width=2)
        points = [(x + step * 16, base + chance.randint(4, 34)) for step in range(10)]
        pen.line(points, fill="#22415e", width=3, joint="curve")
    centre_x, centre_y = WIDTH - 150, base - 10
    pen.ellipse((centre_x - 74, centre_y - 74, centre_x + 74, centre_y + 74), outline=RED, width=6)
    star = [(0, -26), (6, -8), (25, -8), (10, 3), (16, 21), (0, 10), (-16, 21), (-10, 3), (-25, -8), (-6, -8)]
    pen.polygon([(centre_x + x, centre_y + y) for x, y in star], fill=RED)
