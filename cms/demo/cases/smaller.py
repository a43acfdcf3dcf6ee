"""Requests at the beginning of their way, so that every desk has something on it."""

from decimal import Decimal

from community.models import Channel
from workflows.models import MatterFinding, PublicityPeriod, Resolution

from ..story import Story
from ..timeline import Timeline


def tell_lamps(timeline: Timeline) -> None:
    """On public display with an open objection; the committee of 科苑 is being asked."""
    lamps = Story(timeline, "lamps", "keyuan", "keyuan-group")
    day = timeline.day
    lamps.propose(
        "-20 09:00", "grid", "科苑小区",
        {
            "title": "东门路加装路灯", "place": "1号楼东侧到小区东门", "category": "improving",
            "problem": "路修好了，晚上还是暗。三盏灯只亮一盏，老人不敢走。", "plan": "沿新路装 6 盏太阳能路灯，灯头朝下，不照窗户。",
            "measure": Decimal("6"), "measure_unit": "piece", "budget": Decimal("27000"),
        },
        [(("lamp", 0, "dark"), "before", "晚上的东门路"), (("lamp", 90, "lit"), "plan", "装灯以后")],
        heard="-21 20:00", channel=Channel.PHONE,
    )  # fmt: skip
    lamps.advance("-18 09:00", "accept", "secretary")
    lamps.evidence("-6 09:30", Resolution, {
        "meeting": "talk_night", "item": "practical", "held_on": day("-7"), "place": "1号楼前空地",
        "seats": 60, "attended": 34, "in_favour": 31, "against": 1, "abstained": 2, "text": "同意装 6 盏路灯，位置由住户当场定。",
    }, "60 / 34", "31 + 1 + 2", confirmed="-6 11:00")  # fmt: skip
    lamps.evidence("-5 09:00", MatterFinding, {
        "matter": "none", "ground": "公共道路照明，不动用维修资金，不改变共有部分。",
    }, confirmed="-5 10:00")  # fmt: skip
    lamps.evidence("-4 15:00", PublicityPeriod, {
        "starts_on": day("-3"), "ends_on": day("+4"), "place": "东门公告栏和各单元门口",
    }, "8 d", confirmed="-4 16:00")  # fmt: skip
    lamps.ask("-3 09:00", "同意在东门路装 6 盏路灯吗？")
    lamps.decide("-3 12:00", "branch-1")
    lamps.decide("-3 19:00", "branch-3")
    lamps.decide("-2 09:30", "committee-3")
    lamps.object("-2 18:00", "-2", "第 4 盏灯正对 2号楼的卧室，担心晚上太亮。")
    lamps.page(
        "-17 10:00", "-17 15:00", "新路修好了，再装 6 盏灯，晚上走路看得清。",
        [("paragraph", "<p>修路评议时就有人提出“晚上再亮一点”。灯用太阳能，不走小区电表。</p>")],
    )  # fmt: skip


def tell_pipe(timeline: Timeline) -> None:
    """In joint decision; a resolution waits for the second person, a page for the second editor."""
    pipe = Story(timeline, "pipe", "qinghe", "qinghe-grid")
    pipe.propose(
        "-13 18:40", "grid", "青和居北区",
        {
            "title": "更换9号楼污水立管", "place": "9号楼 1单元和 2单元", "category": "basic",
            "problem": "雨天污水从隔壁返上来，一年里堵了四次，物业半夜来通过。", "plan": "更换两根污水立管，检查井清掏。",
            "measure": Decimal("42"), "measure_unit": "m", "budget": Decimal("38000"),
        },
        [(("channel", 12, "well"), "before", "9号楼外的检查井")],
        heard="-13 18:00", channel=Channel.PHONE,
    )  # fmt: skip
    pipe.advance("-11 09:00", "accept", "secretary")
    pipe.evidence("-2 10:00", Resolution, {
        "meeting": "residents", "item": "urgent", "held_on": timeline.day("-3"), "place": "青和居北区活动室",
        "seats": 48, "attended": 37, "in_favour": 37, "against": 0, "abstained": 0, "text": "同意尽快更换，施工时错开做饭时间。",
    }, "48 / 37", "37 + 0 + 0")  # fmt: skip
    pipe.page(
        "-10 10:00",
        "",
        "雨天返水的老管子，换成新的。",
        [("paragraph", "<p>先开会，再公示，赶在下一场大雨前换好。</p>")],
    )


def tell_shed(timeline: Timeline) -> None:
    """Fresh from the door: to be looked at by the staff."""
    shed = Story(timeline, "shed", "keyuan", "keyuan-group")
    shed.propose(
        "-1 17:20", "grid", "科苑小区",
        {
            "title": "30号楼前搭自行车棚", "place": "30号楼南侧", "category": "improving",
            "problem": "电动车和自行车停在楼道口，雨天没处放，有人拉线充电，不安全。", "plan": "搭一个能停 40 辆车的棚子，带充电插座和灭火器。",
            "measure": Decimal("40"), "measure_unit": "piece", "budget": Decimal("52000"),
        },
        [(("shed", 0, "now"), "before", "30号楼前的车"), (("shed", 90, "plan"), "plan", "想搭成这样")],
        heard="-1 11:00",
    )  # fmt: skip


def tell_stairs(timeline: Timeline) -> None:
    """Returned for completion with a reason."""
    stairs = Story(timeline, "stairs", "linfeng", "linfeng-group")
    stairs.propose(
        "-9 09:30", "grid", "平安小区",
        {
            "title": "2号楼楼道扶手", "place": "2号楼楼道", "category": "basic",
            "problem": "楼道扶手松了，老人上下楼不敢扶。", "plan": "加固或更换扶手。", "budget": Decimal("6000"),
        },
        [(("office", 12, "rail"), "before", "松动的扶手")],
    )  # fmt: skip
    stairs.advance("-7 10:00", "return_for_completion", reason="请补充有几层扶手松动，再拍两张近照。")


SMALLER = (tell_lamps, tell_pipe, tell_shed, tell_stairs)
