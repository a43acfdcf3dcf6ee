"""The flood channel at 一建巷: found on patrol, three partners, three bodies; the third has not agreed yet."""

from decimal import Decimal

from community.models import Channel
from workflows.models import MatterFinding, PublicityPeriod, Resolution

from ..story import Story
from ..timeline import Timeline

PROBLEM = "巡查时发现一建巷的排洪渠被泥土和垃圾堵死，路面开裂下沉。雨季水排不出去，会淹到两个院子的一层。"
PLAN = "清掏 210 米排洪渠，修补塌陷的渠壁，回填路基，重铺开裂的路面。已经先放了警示锥和围挡，安排网格员每天看两次。"


def tell_channel(timeline: Timeline) -> None:
    """Grid and community have agreed; the street's committee has until a week after the first load."""
    channel = Story(timeline, "channel", "ershilipu", "ershilipu-group")
    day = timeline.day
    channel.propose(
        "-45 10:30", "grid", "一建巷",
        {
            "title": "疏通一建巷排洪渠", "place": "一建巷巷口到 2号院", "category": "basic", "problem": PROBLEM,
            "plan": "疏通排洪渠。", "budget": Decimal("80000"),
        },
        [(("channel", 5, "silt"), "before", "堵住的排洪渠"), (("channel", 8, "crack"), "before", "开裂下沉的路面")],
        heard="-45 08:20", channel=Channel.DOOR,
    )  # fmt: skip
    channel.change(
        "-43 16:00",
        {"plan": PLAN, "measure": Decimal("210"), "measure_unit": "m", "budget": Decimal("96000")},
        reason="内涝治理办公室到现场量过。",
    )
    channel.advance("-41 09:00", "accept", "secretary")
    channel.evidence("-33 09:00", Resolution, {
        "meeting": "plenary", "item": "urgent", "held_on": day("-34"), "place": "二十里铺社区会议室",
        "seats": 13, "attended": 12, "in_favour": 12, "against": 0, "abstained": 0,
        "text": "法院、内涝治理办公室和社区一起办：先放围挡，再清渠补路，赶在雨季前完工。",
    }, "13 / 12", "12 + 0 + 0", confirmed="-33 11:00")  # fmt: skip
    channel.evidence("-32 09:00", MatterFinding, {
        "matter": "none", "ground": "排洪渠是市政设施，不属于业主共有部分。",
    }, confirmed="-32 10:30")  # fmt: skip
    channel.evidence("-31 15:00", PublicityPeriod, {
        "starts_on": day("-30"), "ends_on": day("-24"), "place": "一建巷巷口、社区公告栏",
    }, "7 d", confirmed="-31 16:30")  # fmt: skip
    channel.ask("-12 09:00", "同意按这个方案疏通一建巷排洪渠吗？")
    channel.decide("-12 19:00", "branch-1")
    channel.decide("-11 08:40", "branch-2")
    for when, who in (("-11 12:10", "committee-1"), ("-10 09:00", "committee-2"), ("-9 19:30", "committee-3"),
                      ("-8 10:20", "police"), ("-7 09:40", "delegate")):  # fmt: skip
        channel.decide(when, who)
    channel.decide("-5 15:00", ":baota-committee-2")
    channel.page(
        "-40 10:00", "-40 16:10", "排洪渠堵了、路裂了，法院、内涝治理办公室和社区三家一起办。",
        [
            ("paragraph", "<p>这处隐患是<b>区人民法院</b>的下沉干部和网格员一起巡查时发现的。渠堵了，水往路基里渗，路就裂了。</p>"),
            ("list", {"numbered": False, "points": [
                "区人民法院：每天巡查，疏导过路的人", "市城市内涝治理办公室：派技术员和清淤设备", "社区和网格：围挡、通知住户、看工地",
            ]}),
            ("callout", {"title": "路面下沉，请绕行", "text": "巷口到 2号院一段已经围起来。走 1号院后门，多走 3 分钟。"}),
        ],
    )  # fmt: skip
