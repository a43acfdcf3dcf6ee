"""The 148 m road of 科苑小区: broken for years, put right within little more than a month, closed."""

from decimal import Decimal

from workflows.models import (
    Acceptance,
    Evaluation,
    MatterFinding,
    PartnerCommitment,
    PublicityPeriod,
    Resolution,
    SharedResult,
    WorksPlan,
)  # fmt: skip

from ..story import Story
from ..timeline import Timeline
from .road_log import LOGS, RAIN

PROBLEM = (
    "1号楼东侧到小区东门这段路有 148 米，水泥路面断裂下沉多年，一下雨就积水。住了 19 年的一位 71 岁居民在这里"
    "摔过跤，骨折了。没有人行道，老人、孩子和车挤在一条道上。"
)
FIRST_PLAN = "挖掉旧路面，换新雨水管，重铺路面，东侧修一条 1.5 米宽的人行道。"
PLAN = (
    "挖掉旧路面，换新雨水管，重铺 148 米路面，东侧修一条 1.5 米宽的人行到，西侧画 12 个停车位，不再占用人行的地方停车。"
)


def tell_road(timeline: Timeline) -> None:
    """All six stages, in 2020; a change of substance is decided anew, a slip of the pen is corrected by two."""
    road = Story(timeline, "road", "keyuan", "keyuan-group")
    _proposal(road)
    _first_decision(road)
    _second_decision(road)
    _works(road)
    _result(road)
    road.page(
        "2020-08-02 10:20", "2020-08-02 15:10",
        "148 米的烂路修成平整的柏油路，有人行道、新雨水管和停车位。",
        [
            ("paragraph", "<p>这段路从 1号楼东侧通到小区东门，住在东片的人天天要走。居民把它叫作“堵心路”：路面断裂，"
                          "雨天积水，晚上看不清坑。</p>"),
            ("list", {"numbered": False, "points": ["新雨水管 148 米", "人行道 1.5 米宽", "停车位 12 个"]}),
            ("paragraph", "<p>钱由联系科苑小区的<b>示例研究所</b>出，小组成员每天到工地看一遍，记录都在下面。</p>"),
        ],
    )  # fmt: skip


def _proposal(road: Story) -> None:
    road.propose(
        "2020-07-30 09:20", "grid", "科苑小区",
        {
            "title": "修好 1号楼东侧的路", "place": "1号楼东侧到小区东门", "category": "basic", "problem": PROBLEM,
            "plan": "把路修平，下雨不积水。", "budget": Decimal("150000"),
        },
        [(("road", 5, "before"), "before", "1号楼东侧的路面，雨后"), (("road", 8, "gate"), "before", "靠近东门的一段")],
        heard="2020-07-29 19:10",
    )  # fmt: skip
    road.change(
        "2020-07-31 15:40",
        {"plan": FIRST_PLAN, "measure": Decimal("148"), "measure_unit": "m", "budget": Decimal("186000")},
        reason="到现场量了长度，请施工单位估了价。",
    )
    road.advance("2020-08-01 09:15", "accept", "secretary")


def _first_decision(road: Story) -> None:
    road.evidence("2020-08-04 09:30", Resolution, {
        "meeting": "talk_night", "item": "practical", "held_on": road.timeline.day("2020-08-03"), "place": "1号楼前空地",
        "seats": 86, "attended": 43, "in_favour": 41, "against": 0, "abstained": 2,
        "text": "同意先修这段路，施工时留出一边走人。",
    }, "2020-08-03", "86 / 43", "41 + 0 + 2", confirmed="2020-08-04 11:00")  # fmt: skip
    _no_vote(road, "2020-08-04 11:20", "2020-08-04 14:00")
    _publicity(road, "2020-08-04 16:00", "2020-08-04 17:00", "2020-08-05", "2020-08-11")
    road.ask("2020-08-05 09:00", "同意按这个方案修 148 米路吗？")
    road.decide("2020-08-05 19:30", "branch-1")
    road.decide("2020-08-06 08:40", "branch-2")
    for when, who in (("07 10:10", "committee-1"), ("07 12:30", "committee-3"), ("08 20:15", "police")):
        road.decide(f"2020-08-{when}", who)
    road.object("2020-08-08 21:00", "2020-08-08", "施工时车没有地方停，路修好了也还是乱停。")
    road.decide("2020-08-09 09:40", "committee-2")
    road.decide("2020-08-09 18:20", "delegate")
    road.answer("2020-08-10 10:30", "施工期间借用示例研究所的内部车位 20 个。是否画停车位，请设计人员到现场看后再定。")
    road.advance("2020-08-12 09:00", "open_co_construction")
    road.pledge("2020-08-12 11:00", "2020-08-12 15:00", "unit", "示例研究所", "186000", "示例研究所")


def _second_decision(road: Story) -> None:
    """Parking bays are added: what was approved has changed, so everybody is asked again."""
    road.change("2020-08-13 17:30", {"plan": PLAN, "budget": Decimal("214000")}, reason="按居民意见增加 12 个停车位。")
    road.evidence("2020-08-14 09:30", Resolution, {
        "meeting": "plenary", "item": "practical", "held_on": road.timeline.day("2020-08-13"), "place": "社区会议室",
        "seats": 9, "attended": 8, "in_favour": 7, "against": 0, "abstained": 1, "text": "同意增加停车位，预算改为 21.4 万元。",
    }, "2020-08-13", "9 / 8", "7 + 0 + 1", confirmed="2020-08-14 10:10")  # fmt: skip
    _no_vote(road, "2020-08-14 10:30", "2020-08-14 11:00")
    _publicity(road, "2020-08-14 15:00", "2020-08-14 16:00", "2020-08-15", "2020-08-21")
    road.ask("2020-08-15 09:00", "增加 12 个停车位后，同意新方案吗？")
    road.decide("2020-08-15 19:00", "branch-2")
    road.decide("2020-08-15 20:40", "branch-3")
    road.decide("2020-08-16 09:00", "committee-1")
    road.decide("2020-08-16 12:10", "committee-4", "change", "停车位离 2号楼的窗户太近，希望留出 3 米。")
    road.decide("2020-08-17 08:50", "committee-5")
    road.decide("2020-08-17 19:20", "police")
    road.decide("2020-08-18 10:00", "delegate")
    road.advance("2020-08-22 09:00", "open_co_construction")
    road.pledge("2020-08-22 10:00", "2020-08-22 10:40", "unit", "示例研究所", "28000", "示例研究所")


def _no_vote(road: Story, when: str, confirmed: str) -> None:
    road.evidence(
        when, MatterFinding,
        {"matter": "none", "ground": "小区外部连接道路，产权属公共用地，不动用维修资金，不需要业主共同表决。"},
        confirmed=confirmed,
    )  # fmt: skip


def _publicity(road: Story, when: str, confirmed: str, first: str, last: str) -> None:
    days = {"starts_on": road.timeline.day(first), "ends_on": road.timeline.day(last)}
    road.evidence(
        when, PublicityPeriod, {**days, "place": "东门公告栏和各单元门口"}, f"{first} - {last}", confirmed=confirmed
    )


def _works(road: Story) -> None:
    road.evidence("2020-08-22 11:00", PartnerCommitment, {"partner": "示例研究所", "brings": "资金和一名懂工程的技术员"},
                  "CNY 214,000.00", confirmed="2020-08-22 11:20")  # fmt: skip
    road.evidence("2020-08-22 11:30", PartnerCommitment, {"partner": "科苑小区物业服务处", "brings": "施工用水用电、临时停车引导"},
                  "220 V / 24 h", confirmed="2020-08-22 11:50")  # fmt: skip
    days = {"starts_on": road.timeline.day("2020-08-24"), "ends_on": road.timeline.day("2020-09-26")}
    road.evidence("2020-08-22 15:00", WorksPlan, {"contractor": "示例建设公司", **days},
                  "2020-08-24 - 2020-09-26", confirmed="2020-08-22 15:30")  # fmt: skip
    road.advance("2020-08-23 09:00", "start_works")
    on_duty = {f"2020-{row[0]}": (row[2] if len(row) > 3 else row[1], "member-1") for row in (*LOGS, *RAIN)}
    road.rota({day: tuple(dict.fromkeys(people)) for day, people in on_duty.items()})
    for day, weather, who, text, progress, caption in LOGS:
        road.log(
            f"2020-{day} 17:10", who, weather, text, [(("road", progress, day), caption)],
            fault=("major", "2020-09-11") if day == "09-07" else None,
        )  # fmt: skip
    for day, who, explanation in RAIN:
        road.explain(f"2020-{day} 18:00", who, "weather", explanation)
    road.rectify(
        "2020-09-10 16:00", "member-1", "把雨水口重新放低 3 厘米，周边补平，用水试过，能流进去。", ("road", 63, "inlet")
    )
    road.check("2020-09-10 18:20", "grid")
    road.correct_wording("2020-09-12 09:00", "2020-09-12 10:30", "人行到", "人行道")


def _result(road: Story) -> None:
    road.evidence("2020-09-26 10:00", Acceptance, {
        "accepted_on": road.timeline.day("2020-09-26"), "result": "accepted", "present": "书记、网格员、组长、研究所技术员、施工方",
        "text": "长度 148 米，路面平整，放水试验 20 分钟不积水，人行道和 12 个车位与方案相符。",
    }, "148.00 m", "2020-09-26", confirmed="2020-09-26 11:30")  # fmt: skip
    road.advance("2020-09-26 14:00", "accept_works")
    road.evidence("2020-10-15 16:00", Evaluation, {
        "held_on": road.timeline.day("2020-10-14"), "asked": 120, "satisfied": 102, "fair": 9, "unsatisfied": 3,
        "committee_score": 94, "text": "下雨天不用绕路了；有人希望晚上路灯再亮一点。",
    }, "120 / 114", "102 + 9 + 3", confirmed="2020-10-15 17:00")  # fmt: skip
    road.advance("2020-10-16 09:00", "publish_result")
    road.evidence(
        "2020-10-20 10:00", SharedResult,
        {
            "final_cost": Decimal("209600"), "upkeep": "科苑小区物业服务处",
            "warranty_until": road.timeline.day("2022-09-26"), "inspection_months": 6,
            "summary": "148 米路面修好，雨水管换新，人行道通到东门，12 个停车位按先到先停使用。一个多月完工，比预算少花 4,400 元。",
            "thanks": "感谢示例研究所出资，感谢小组成员 29 天到场看工地，感谢施工期间让出车位的住户。",
        },
        "CNY 209,600.00", confirmed="2020-10-21 09:30",
        photos=(("before_photo", ("road", 5, "before")), ("after_photo", ("road", 98, "after"))),
    )  # fmt: skip
    road.advance("2020-10-22 09:00", "close", "secretary")
