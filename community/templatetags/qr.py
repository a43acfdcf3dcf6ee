"""{% qr address title %}: a QR code in the page."""

from django import template

from ..qr import svg

register = template.Library()


@register.simple_tag
def qr(address: str, title: str):
    return svg(address, title)
