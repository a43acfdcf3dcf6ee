from .pages import ServiceMenuPage, ServicePage

__all__ = ["ServiceMenuPage", "ServicePage"]
