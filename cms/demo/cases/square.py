"""The activity square of 平安小区: paid by the county, watched by the group in shifts; the works are going on."""

from decimal import Decimal

from community.models import Channel
from workflows.models import MatterFinding, PartnerCommitment, PublicityPeriod, Resolution, WorksPlan

from ..story import Story
from ..timeline import Timeline

PROBLEM = "小区东头的空地长满杂草，堆着旧家具，下雨是泥塘。1,800 多位居民没有一块能坐下来说话、跳舞、下棋的平地。"
PLAN = "把空地平整成 1,200 平方米的活动广场，铺透水砖，装 6 条长椅、4 盏灯，留一条轮椅能过的坡道。"
DRAIN = "沿北边做一条 60 米的排水沟，接到小区雨水管。"

# Day of the works: (day, weather, who, what, progress of the picture, caption). Days without works stand in RAIN.
LOGS = [
    ("-17", "clear", "leader", "围挡立好，告示牌挂在东门。旧家具先搬到指定的地方。", 11, "围挡和告示牌"),
    ("-16", "clear", "member-1", "杂草清完，运走三车垃圾。", 14, "清完杂草"),
    ("-15", "cloudy", "leader", "挖掘机进场，东侧开始平整。提醒施工方中午不要开工，大家要午休。", 22, "挖掘机进场"),
    ("-14", "clear", "member-2", "东侧平整了一半，挖出来的砖头堆在一边，没有乱扔。", 24, "东侧平整"),
    ("-13", "clear", "leader", "围挡缺了一块，孩子能钻进去，要马上补。", 26, "缺口的位置"),
    ("-12", "clear", "member-3", "围挡补好了。平整到中间的老树，绕开树根。", 28, "老树留下来"),
    ("-10", "cloudy", "leader", "昨天的雨水排走了，土还软，机器在西边干。", 30, "雨后的场地"),
    ("-9", "clear", "member-1", "西侧平整完，用线拉过，高低差不到 5 厘米。", 33, "拉线量高低"),
    ("-8", "clear", "member-2", "开始挖北边的排水沟，挖了 20 米。", 46, "排水沟开挖"),
    ("-7", "clear", "leader", "排水沟挖到 45 米，电信公司的人来看了线，没有碰到。", 48, "排水沟和线路"),
    ("-6", "cloudy", "member-3", "60 米沟挖完，开始放管。", 50, "放排水管"),
    ("-5", "clear", "leader", "管子放完，供水公司接了一个洒水口。", 52, "洒水口"),
    ("-4", "clear", "member-1", "沟回填，场地压实第一遍。", 54, "压实"),
    ("-2", "cloudy", "leader", "北边的排水口被土堵住，水流不出去。", 56, "堵住的排水口"),
    ("-1", "clear", "member-2", "东侧平整完成，土方已清运。透水砖运到 400 块。", 58, "运到的透水砖"),
]
RAIN = [("-11", "leader", "大雨，停工一天。"), ("-3", "member-1", "中雨，停工，沟里的水已经抽过。")]
NEXT = {"+0": ("leader", "member-3"), "+1": ("member-1", "member-2"), "+2": ("leader", "member-1"),
        "+3": ("member-2", "member-3")}  # fmt: skip


def tell_square(timeline: Timeline) -> None:
    """Approved by three bodies, twice: the budget rose from 240,000 to 286,000 when the drain was added."""
    square = Story(timeline, "square", "linfeng", "linfeng-group")
    square.propose(
        "-123 09:00", "grid", "平安小区",
        {
            "title": "平安小区群众活动广场", "place": "平安小区东头空地", "category": "upgrading", "problem": PROBLEM,
            "plan": PLAN, "measure": Decimal("1200"), "measure_unit": "m2", "budget": Decimal("240000"),
        },
        [(("square", 4, "before"), "before", "东头的空地"), (("square", 95, "plan"), "plan", "建成后的样子")],
        heard="-124 19:40", channel=Channel.DOOR,
    )  # fmt: skip
    square.advance("-121 09:30", "accept", "secretary")
    _decision(square, -100, "同意建活动广场，预算 24 万元。", "同意在东头空地建活动广场吗？")
    square.change(
        "-86 16:20",
        {"plan": PLAN + DRAIN, "budget": Decimal("286000")},
        reason="勘察发现要加排水沟，预算增加 4.6 万元。",
    )
    _decision(square, -84, "同意增加排水沟，预算改为 28.6 万元。", "增加排水沟后，同意预算 28.6 万元吗？")
    square.advance("-60 09:00", "open_co_construction")
    _building(square)
    _works(square)
    square.page(
        "-120 10:00", "-120 16:00", "把小区尽头的空地平整成能跳舞、下棋、晒太阳的地方。",
        [
            ("paragraph", "<p>白天大家在外面干活，网格员晚上上门，听到最多的就是“没有地方坐”。<b>县财政局</b>出大头，水、电、气、通信四家一起进场。</p>"),
            ("paragraph", "<p>院落小组轮班看工地，每天都有人。组长今年 80 岁，拿着本子一天一记。</p>"),
            ("callout", {"title": "工地上有机器", "text": "请看好孩子，不要从围挡钻进去。发现围挡坏了，给社区打电话。"}),
        ],
    )  # fmt: skip


def _decision(square: Story, start: int, resolved: str, question: str) -> None:
    """A plenary, the matter, a week on display, and the three bodies one after the other."""
    day, at = square.timeline.day, lambda offset, clock: f"{start + offset} {clock}"
    square.evidence(at(0, "09:30"), Resolution, {
        "meeting": "plenary", "item": "major", "held_on": day(f"{start - 1}"), "place": "林峰社区会议室",
        "seats": 11, "attended": 9, "in_favour": 9, "against": 0, "abstained": 0, "text": resolved,
    }, "11 / 9", "9 + 0 + 0", confirmed=at(0, "11:00"))  # fmt: skip
    square.evidence(at(0, "11:30"), MatterFinding, {
        "matter": "none", "ground": "空地是镇里的公用地，不是业主共有部分，也不动用维修资金。",
    }, confirmed=at(0, "14:00"))  # fmt: skip
    square.evidence(at(0, "15:00"), PublicityPeriod, {
        "starts_on": day(f"{start + 1}"), "ends_on": day(f"{start + 7}"), "place": "东门公告栏、三栋楼门口",
    }, "7 d", confirmed=at(0, "16:00"))  # fmt: skip
    square.ask(at(1, "09:00"), question)
    square.decide(at(1, "19:20"), "courtyard-1")
    square.decide(at(2, "08:10"), "courtyard-2")
    square.object(at(2, "20:00"), f"{start + 2}", "晚上跳舞声音大，会吵到 1号楼。", channel=Channel.DOOR)
    square.decide(at(3, "09:00"), "branch-1")
    square.decide(at(3, "12:40"), "branch-2")
    square.answer(at(4, "10:00"), "音响晚上 8 点半关，组长负责提醒；靠 1号楼的一边种一排树。")
    for offset, clock, who in ((4, "19:00", "committee-1"), (5, "09:10", "committee-2"), (5, "12:20", "committee-4"),
                               (6, "08:30", "police"), (7, "10:00", "delegate")):  # fmt: skip
        square.decide(at(offset, clock), who)


def _building(square: Story) -> None:
    square.pledge("-30 09:30", "-30 15:00", "subsidy", "县财政局", "200200", "县财政局")
    square.pledge("-28 09:30", "-28 15:00", "unit", "林峰社区", "68640")
    square.pledge("-26 09:30", "-26 15:00", "in_kind", "居民捐物折价", "17160")
    brought = (
        ("县财政局", "资金，按进度拨付"), ("示例供水公司", "洒水口和饮水台"), ("示例供电公司", "4 盏灯的电源"),
        ("示例燃气公司", "移走一段旧管"), ("示例电信公司", "整理空中的线"),
    )  # fmt: skip
    for number, (partner, brings) in enumerate(brought):
        square.evidence(f"-24 {9 + number:02}:10", PartnerCommitment, {"partner": partner, "brings": brings}, "OK",
                        confirmed=f"-24 {9 + number:02}:40")  # fmt: skip
    days = {"starts_on": square.timeline.day("-17"), "ends_on": square.timeline.day("+30")}
    square.evidence("-20 10:00", WorksPlan, {"contractor": "示例建设公司", **days}, "47 d", confirmed="-20 15:00")
    square.advance("-19 09:00", "start_works")


def _works(square: Story) -> None:
    on_duty = {row[0]: (row[2], "leader") for row in LOGS} | {row[0]: (row[1], "leader") for row in RAIN}
    square.rota({day: tuple(dict.fromkeys(people)) for day, people in (on_duty | NEXT).items()})
    faults = {"-13": ("stop", "-12"), "-2": ("major", "+2")}
    for day, weather, who, text, progress, caption in LOGS:
        square.log(f"{day} 17:30", who, weather, text, [(("square", progress, day), caption)], fault=faults.get(day))
    for day, who, explanation in RAIN:
        square.explain(f"{day} 18:10", who, "weather", explanation)
    square.rectify("-12 10:00", "steward", "缺口补上新围挡，下面用砖压住，推不动了。", ("square", 27, "fence"))
    square.check("-12 11:30", "grid")
