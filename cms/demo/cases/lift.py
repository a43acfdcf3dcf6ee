"""The lift of 云健小区: raised at a talk night, voted by the owners of one building, decided, partly paid."""

from decimal import Decimal

from community.models import Channel
from workflows.models import MatterFinding, OwnersVote, PartnerCommitment, PublicityPeriod, Resolution

from ..places_data import HOMES
from ..story import Story
from ..timeline import Timeline

PROBLEM = "3号楼一共 7 层，没有电梯。住在高层的老人买菜、看病都要爬楼，有两户已经半年没有下过楼。"
PLAN = (
    "在 1单元北侧外墙加装一部 7 层 7 站的电梯，井道用玻璃，不挡低层采光。高层多出、低层少出，"
    "一层不出钱。管线由供电所和自来水公司移位。"
)
AREA = sum(home[-1] for home in HOMES)
ABSENT, AGAINST = 8_950, 10_420 + 8_950


def tell_lift(timeline: Timeline) -> None:
    """Decided after an owners' vote on rebuilding (Civil Code art. 278 (7)); the subsidy is pledged."""
    lift = Story(timeline, "lift", "yunjian", "yunjian-group")
    lift.propose(
        "-92 09:10", "grid", "云健小区",
        {
            "title": "3号楼 1单元加装电梯", "place": "3号楼 1单元北侧", "category": "improving", "problem": PROBLEM,
            "plan": "加装电梯。", "measure": Decimal("1"), "measure_unit": "piece", "budget": Decimal("450000"),
        },
        [(("lift", 10, "now"), "before", "3号楼北侧，虚线是井道的位置"), (("lift", 90, "plan"), "plan", "建成后的样子")],
        heard="-93 20:10", channel=Channel.DOOR,
    )  # fmt: skip
    lift.advance("-90 09:00", "accept", "secretary")
    lift.change("-78 16:00", {"plan": PLAN, "budget": Decimal("480000")}, reason="选定玻璃井道的方案，重新估价。")
    lift.evidence("-70 10:00", Resolution, {
        "meeting": "residents", "item": "important", "held_on": timeline.day("-71"), "place": "云健小区党建会客厅",
        "seats": 14, "attended": 13, "in_favour": 11, "against": 2, "abstained": 0,
        "text": "同意由业主投票决定是否加装电梯，井道用玻璃，费用按楼层分摊。",
    }, "14 / 13", "11 + 2 + 0", confirmed="-70 14:00")  # fmt: skip
    lift.evidence("-69 09:30", MatterFinding, {
        "matter": "rebuilding", "ground": "加装电梯改变建筑物外墙和共有部分，属于《民法典》第 278 条第 1 款第 7 项，由本单元业主共同决定。",
    }, confirmed="-69 11:00")  # fmt: skip
    _vote(lift)
    _publicity(lift)
    lift.ask("-33 09:00", "同意 3号楼 1单元按投票结果加装电梯吗？")
    lift.decide("-33 19:10", "branch-1")
    lift.decide("-32 08:30", "branch-3")
    for when, who in (("-31 09:20", "committee-1"), ("-31 20:00", "committee-2"), ("-30 12:15", "committee-5")):
        lift.decide(when, who)
    lift.decide("-29 10:00", "police", "recuse", "亲属住在这栋楼，回避。")
    lift.decide("-29 16:40", "committee-4")
    lift.decide("-28 09:00", "delegate")
    lift.advance("-22 09:00", "open_co_construction")
    lift.pledge("-15 10:00", "-15 15:00", "subsidy", "区住房和城乡建设局补助", "200000", "区住房和城乡建设局")
    lift.pledge("-10 10:00", "-10 16:00", "residents", "3号楼 1单元二层以上住户", "180000")
    lift.evidence("-9 10:00", PartnerCommitment, {"partner": "示例供电所", "brings": "移走北侧电缆，接电梯专用电表"}, "380 V",
                  confirmed="-9 15:00")  # fmt: skip
    lift.evidence("-2 10:00", PartnerCommitment, {"partner": "示例电梯公司", "brings": "设计、安装，质保五年"}, "7 / 7")
    lift.page(
        "-89 10:00", "-89 15:30", "7 层楼没有电梯，业主投票决定装一部，政府给补助。",
        [
            ("paragraph", "<p>这件事是恳谈夜上高层住户提出来的。1单元一共 14 户，<b>一户一票，面积也算</b>，每一步的数字都写在这里。</p>"),
            ("question", {"question": "一层住户要出钱吗？", "answer": "不用。二层起按楼层分摊，楼层越高出得越多。"}),
            ("question", {"question": "会挡一层的光吗？", "answer": "井道用玻璃，离窗 2 米以上，方案公示时已经请低层住户到现场看过。"}),
        ],
    )  # fmt: skip


def _vote(lift: Story) -> None:
    day = lift.timeline.day
    lift.evidence("-35 09:30", OwnersVote, {
        "matter": "rebuilding", "scope": "entrance", "scope_name": "3号楼 1单元",
        "opened_on": day("-50"), "closed_on": day("-36"), "owners_total": len(HOMES), "area_total_centi": AREA,
        "owners_taking_part": 13, "area_taking_part_centi": AREA - ABSENT,
        "owners_agreeing": 11, "area_agreeing_centi": AREA - ABSENT - AGAINST,
    }, "14 / 13 / 11", f"{AREA / 100:.2f} m2", f"{(AREA - ABSENT) / 100:.2f} m2", f"{(AREA - ABSENT - AGAINST) / 100:.2f} m2",
        confirmed="-35 14:30")  # fmt: skip


def _publicity(lift: Story) -> None:
    day = lift.timeline.day
    lift.evidence("-35 15:00", PublicityPeriod, {
        "starts_on": day("-34"), "ends_on": day("-25"), "place": "3号楼门厅和小区公告栏",
    }, "10 d", confirmed="-35 16:00")  # fmt: skip
    lift.object("-32 19:00", "-32", "一层住户担心井道挡光、电梯有噪声。", channel=Channel.DOOR)
    lift.answer("-30 10:00", "井道用玻璃，离一层窗户 2.3 米；电梯公司承诺夜间噪声低于 30 分贝，装好后请您一起测。")
