"""The screens of staff: scoped viewsets on Wagtail's admin."""
