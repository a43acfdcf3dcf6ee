"""A panel that stands in the editor only as long as it has something to say."""

from wagtail.admin.panels import FieldPanel


class ToCheckPanel(FieldPanel):
    """The tick of a service that came from the template. Once it is away the panel is, too."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            return super().is_shown() and bool(self.instance.to_check)
