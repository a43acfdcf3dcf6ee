"""QR codes, drawn as inline SVG: no file, no request, no other host."""

import segno
from django.utils.html import format_html

QUIET_ZONE = 4


def svg(text: str, title: str) -> str:
    """The code of a text as an `<svg role="img">` that scales with its box; error correction M, quiet zone of 4.

    `title` says what the code opens. Raises segno.DataOverflowError above 2,331 bytes.
    """
    code = segno.make(text, error="m", micro=False)
    side = code.symbol_size(border=QUIET_ZONE)[0]
    return format_html(
        '<svg class="qr" role="img" viewBox="0 0 {side} {side}" xmlns="http://www.w3.org/2000/svg"><title>{title}</title>'
        '<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" stroke="#000"/></svg>',
        side=side,
        title=title,
        path="".join(_runs(code.matrix)),
    )


def _runs(matrix):
    """Each run of dark modules in a row as one stroke, half a module below the upper edge."""
    for y, row in enumerate(matrix):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                yield f"M{start + QUIET_ZONE} {y + QUIET_ZONE}.5h{x - start}"
                start = None
