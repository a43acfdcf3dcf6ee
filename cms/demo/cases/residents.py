"""What residents proposed themselves, without an account: each at another point of its way."""

from dataclasses import dataclass

from community.models import Building, Estate
from community.records import Context
from community.sealed import Contact
from workflows.actions.following import take_back
from workflows.actions.proposing import Said, Spot, hand_in
from workflows.actions.releasing import release_photo
from workflows.actions.requests import change_request
from workflows.actions.signing import Neighbour, sign
from workflows.querysets.receipts import opened_by
from workflows.rules.codes import for_neighbours

from .. import finding
from ..drawing import photo
from ..receipts import code_of
from ..story import Story
from ..timeline import Timeline


@dataclass
class Proposal(Story):
    """A story that a resident begins. `estate` and `building` as in the register."""

    estate: str = ""
    building: str = ""

    def hand_in(self, when: str, part: str, said: Said, scene: tuple, contact: Contact | None = None, *, signed=False):
        def do(now):
            hand_in(
                Context(now=now), community=finding.unit(self.community), submission_key=finding.key(self.name),
                code=code_of(self.name), spot=Spot(part, self._estate(), self._building()), said=said, contact=contact,
                photos=[photo(*scene)], neighbours=signed,
            )  # fmt: skip

        self.add(when, do)

    def _estate(self) -> Estate:
        return Estate.objects.select_related("unit").get(community=finding.unit(self.community), name=self.estate)

    def _building(self) -> Building | None:
        found = Building.objects.filter(community=finding.unit(self.community), name=self.building)
        return found.select_related("estate", "unit").get() if self.building else None

    def sign(self, when: str, name: str, door: str):
        """A neighbour of the same building signs."""

        def do(now):
            receipt = opened_by(for_neighbours(code_of(self.name)), "signing")
            sign(
                Context(now=now), receipt=receipt, submission_key=finding.key(f"{self.name} {name}"),
                code=code_of(f"{self.name} {name}"), neighbour=Neighbour(name, self._building(), door=door),
            )  # fmt: skip

        self.add(when, do)

    def take_back(self, when: str):
        self.add(when, lambda now: take_back(Context(now=now), receipt=opened_by(code_of(self.name))))

    def word(self, when: str, values: dict, *, by: str = "officer"):
        """The staff put it into public words."""

        def do(now):
            context = self.by(by, now, reason="按居民提案整理成公开文字")
            change_request(context, request=self.request(), read_version=1, values=values)

        self.add(when, do)

    def release(self, when: str, caption: str, *, by: str = "officer"):
        def do(now):
            handed_in = self.request().resident_photos.select_related("request__unit", "community", "file").get()
            release_photo(self.by(by, now), photo=handed_in, caption=caption, moment="before")

        self.add(when, do)


SOMEBODY = Contact(name="居民甲", phone="13800000000")


def tell_light(timeline: Timeline) -> None:
    """Handed in yesterday, signed by two neighbours: waits for the staff."""
    light = Proposal(timeline, "hall-light", "keyuan", "keyuan-group", estate="科苑小区", building="3号楼")
    said = Said("三楼到五楼的楼道灯不亮，晚上要打手电。", "2单元", "换成声控灯。", "1500")
    light.hand_in("-1 19:10", "stairs", said, ("lamp", 0, "hall"), SOMEBODY, signed=True)
    light.sign("-1 20:05", "邻居乙", "301")
    light.sign("-1 21:30", "邻居丙", "402")


def tell_downpipe(timeline: Timeline) -> None:
    """Came back with a question."""
    pipe = Proposal(timeline, "downpipe", "qinghe", "qinghe-grid", estate="青和居北区", building="12号楼")
    said = Said("外墙的雨水管断了一截，下雨时水顺着墙流。", "北面", "", "")
    pipe.hand_in("-6 08:40", "pipes", said, ("channel", 8, "downpipe"), SOMEBODY)
    pipe.advance("-4 09:20", "return_for_completion", reason="断口在几层？请再拍一张全景照片。")


def tell_flower_bed(timeline: Timeline) -> None:
    """Taken back by whoever proposed it."""
    bed = Proposal(timeline, "flower-bed", "linfeng", "linfeng-group", estate="平安小区")
    bed.hand_in("-8 10:00", "green", Said("花坛空着，想种点菜。"), ("square", 5, "bed"))
    bed.take_back("-7 21:15")


def tell_roof(timeline: Timeline) -> None:
    """Declined, with the reason."""
    roof = Proposal(timeline, "roof-garden", "keyuan", "keyuan-group", estate="科苑小区", building="2号楼")
    said = Said("楼顶空着，夏天晒得热。", "", "在楼顶搭棚种花。", "20000")
    roof.hand_in("-12 15:30", "roof", said, ("office", 8, "roof"), SOMEBODY)
    roof.advance("-9 10:40", "decline", reason="屋面不能承重，搭棚会损坏防水层。隔热可以走屋面维修。")


def tell_seat(timeline: Timeline) -> None:
    """Put into public words, its photo released, accepted by another one of the staff."""
    seat = Proposal(timeline, "entrance-seat", "linfeng", "linfeng-group", estate="平安小区", building="1号楼")
    said = Said("等车、等孙子放学都没处坐。", "单元门口", "放两张长椅。", "2400")
    seat.hand_in("-16 18:20", "square", said, ("square", 10, "seat"), SOMEBODY, signed=True)
    seat.sign("-15 07:50", "邻居丁", "201")
    seat.word("-14 09:10", {
        "title": "1号楼门口放长椅", "place": "1号楼单元门口", "category": "improving", "budget": 2400,
        "problem": "单元门口没有坐的地方，老人等车、等孩子时只能站着。", "plan": "靠墙放两张带扶手的长椅，不占消防通道。",
    })  # fmt: skip
    seat.release("-14 09:30", "1号楼单元门口")
    seat.advance("-13 10:00", "accept", "secretary")


RESIDENTS = (tell_light, tell_downpipe, tell_flower_bed, tell_roof, tell_seat)
