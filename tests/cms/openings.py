"""An opening as the tests need it: a street with an administrator, and a form filled in without a fault."""

import uuid
from dataclasses import replace

from cms.opening.action import open_community
from cms.opening.rules import Level, Person, Typed
from home.actions.site import set_up_site
from tests.factories import community as make

TYPED = Typed(
    name="林峰社区",
    code="linfeng",
    prefix="LF",
    parent="",
    phone="0714-555 0101",
    address="林峰路 8 号",
    hours="周一至周五 8:30–17:30",
    levels=(
        Level("grid", "第一网格"),
        Level("grid", "第二网格"),
        Level("courtyard", "东院党小组", "第一网格"),
    ),
    people=(
        Person("王书记", "secretary", "13800000001"),
        Person("李编辑", "editor"),
        Person("陈网格", "grid_worker", "13800000003"),
    ),
    services=("water-repair", "residence-proof"),
)


class Town:
    """A town and who administers it; a neighbour town beside it."""

    def __init__(self):
        set_up_site()
        self.county = make.unit("district", name="示例县")
        self.town = make.unit("town", parent=self.county, name="兴国镇")
        self.other = make.unit("street", parent=self.county, name="别处街道")
        self.administrator = make.holder(make.Post.ADMINISTRATOR, self.town, name="张管理")

    def typed(self, **changes) -> Typed:
        return replace(TYPED, **{"parent": self.town.code, **changes})

    def open(self, *, key=None, person=None, **changes):
        context = make.context(person or self.administrator)
        return open_community(context, typed=self.typed(**changes), key=key or uuid.uuid4())
