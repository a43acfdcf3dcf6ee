"""The office block in 海门街道: stairwells and trade put in order by two agencies, evaluated; a fifth more tenants."""

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
)

from ..story import Story
from ..timeline import Timeline

PROBLEM = "商务楼 A座的楼道堆满纸箱，广告贴得到处都是，摊位占着消防通道。租户留不住，楼里空了不少。"
PLAN = "清空楼道，粉刷 12 层楼梯间，换感应灯；一楼划出经营区，统一招牌，不再占用消防通道。"

LOGS = [
    ("-64", "clear", "leader", "12 层到 9 层的纸箱清完，运走四车。", 15, "清出来的楼道"),
    ("-63", "clear", "member-1", "8 层到 5 层清完。有一家舍不得扔货架，商量后搬到仓库。", 25, "货架搬走"),
    ("-62", "cloudy", "member-2", "楼道全部清空，量了宽度，都够 1.2 米。", 35, "量楼道宽度"),
    ("-61", "clear", "leader", "铲旧墙皮，灰大，窗户都开着。", 42, "铲墙皮"),
    ("-60", "clear", "member-3", "12 层到 7 层刷了第一遍。", 46, "刷第一遍"),
    ("-59", "cloudy", "member-1", "6 层到 1 层刷了第一遍，扶手也擦了。", 50, "擦扶手"),
    ("-58", "clear", "leader", "刷第二遍。一楼划线，摊位退到线内。", 54, "一楼划线"),
    ("-57", "clear", "member-2", "第二遍刷完，感应灯装了 20 盏。", 58, "装感应灯"),
    ("-56", "clear", "member-3", "36 盏感应灯全部装好，晚上走了一遍，都会亮。", 75, "感应灯"),
    ("-55", "clear", "leader", "统一招牌挂好，消防通道空出来了。", 92, "空出来的通道"),
]


def tell_office(timeline: Timeline) -> None:
    """Evaluated and shared; the result waits for the second person."""
    office = Story(timeline, "office", "xinjing", "xinjing-group")
    _decision(office)
    _works(office)
    _result(office)
    office.page(
        "-148 10:00", "-148 15:20", "楼道清爽了，经营有序了，入驻率提高了 20%。",
        [
            ("paragraph", "<p>商务楼联盟的两家成员单位牵头：<b>区市场监督管理所</b>管经营，<b>区综合执法中队</b>管楼道和通道，物业和租户一起动手。</p>"),
            ("list", {"numbered": True, "points": ["清空楼道", "粉刷、换灯", "一楼划线经营", "租户和业主一起评"]}),
        ],
    )  # fmt: skip


def _decision(office: Story) -> None:
    day = office.timeline.day
    office.propose(
        "-152 09:30", "grid", "商务楼",
        {
            "title": "商务楼楼道和经营秩序整治", "place": "商务楼 A座", "category": "improving", "problem": PROBLEM,
            "plan": PLAN, "measure": Decimal("12"), "measure_unit": "piece", "budget": Decimal("68000"),
        },
        [(("office", 10, "before"), "before", "A座 5 层楼道"), (("office", 14, "hall"), "before", "一楼的通道")],
        heard="-153 15:00",
    )  # fmt: skip
    office.advance("-150 09:00", "accept", "secretary")
    office.evidence("-130 09:30", Resolution, {
        "meeting": "plenary", "item": "practical", "held_on": day("-131"), "place": "商务楼党建会客厅",
        "seats": 15, "attended": 12, "in_favour": 11, "against": 0, "abstained": 1, "text": "两家单位牵头，两周内整治完。",
    }, "15 / 12", "11 + 0 + 1", confirmed="-130 11:00")  # fmt: skip
    office.evidence("-130 14:00", MatterFinding, {
        "matter": "none", "ground": "清理和粉刷属于日常管理，不改变共有部分的用途，不动用维修资金。",
    }, confirmed="-130 15:00")  # fmt: skip
    office.evidence("-130 16:00", PublicityPeriod, {
        "starts_on": day("-129"), "ends_on": day("-123"), "place": "A座大厅",
    }, "7 d", confirmed="-130 17:00")  # fmt: skip
    office.ask("-129 09:00", "同意整治商务楼楼道和经营秩序吗？")
    for when, who in (("-129 18:00", "branch-1"), ("-128 09:10", "branch-2"), ("-128 12:00", "committee-1"),
                      ("-127 09:00", "committee-2"), ("-127 20:10", "committee-3"), ("-126 10:00", "committee-5")):  # fmt: skip
        office.decide(when, who)
    office.decide("-126 15:00", "delegate", "disagree", "希望先和租户谈好摊位的去处再动工。")
    office.object("-125 11:00", "-125", "摊位退到线内，生意会受影响。")
    office.answer("-124 10:00", "一楼东侧免费留出 8 个固定摊位，半年内不收钱，名单由租户自己商量。")
    office.advance("-121 09:00", "open_co_construction")


def _works(office: Story) -> None:
    day = office.timeline.day
    office.pledge("-90 10:00", "-90 15:00", "unit", "商务楼物业服务处", "48000", "商务楼物业服务处")
    office.pledge("-88 10:00", "-88 15:00", "unit", "区综合执法中队", "20000", "区综合执法中队")
    office.evidence("-80 10:00", PartnerCommitment, {"partner": "区市场监督管理所", "brings": "划线经营、统一招牌的指导"}, "8",
                    confirmed="-80 11:00")  # fmt: skip
    office.evidence("-80 14:00", PartnerCommitment, {"partner": "区综合执法中队", "brings": "清运车辆 4 台，人员 12 名"}, "4 / 12",
                    confirmed="-80 15:00")  # fmt: skip
    office.evidence("-70 10:00", WorksPlan, {
        "contractor": "示例装饰公司", "starts_on": day("-64"), "ends_on": day("-54"),
    }, "10 d", confirmed="-70 15:00")  # fmt: skip
    office.advance("-66 09:00", "start_works")
    office.rota({row[0]: tuple(dict.fromkeys((row[2], "steward"))) for row in LOGS})
    for when, weather, who, text, progress, caption in LOGS:
        office.log(f"{when} 17:00", who, weather, text, [(("office", progress, when), caption)])
    office.evidence("-54 10:00", Acceptance, {
        "accepted_on": day("-54"), "result": "accepted", "present": "书记、网格员、两家单位、物业、租户代表",
        "text": "楼道畅通，36 盏灯都亮，一楼摊位都在线内。",
    }, "36", confirmed="-54 11:30")  # fmt: skip
    office.advance("-54 14:00", "accept_works")


def _result(office: Story) -> None:
    day = office.timeline.day
    office.evidence("-24 10:00", Evaluation, {
        "held_on": day("-25"), "asked": 64, "satisfied": 47, "fair": 8, "unsatisfied": 2, "committee_score": 91,
        "text": "整治三个月里入驻率比之前提高 20%（物业租赁台账，整治前后各取月末数）。有租户希望再添一处吸烟点。",
    }, "64 / 57", "47 + 8 + 2", "+20 %", confirmed="-24 15:00")  # fmt: skip
    office.advance("-21 09:00", "publish_result")
    office.evidence(
        "-3 10:00", SharedResult,
        {
            "final_cost": Decimal("66300"), "upkeep": "商务楼物业服务处", "warranty_until": day("+676"),
            "summary": "12 层楼道清空粉刷，感应灯 36 盏，一楼 8 个固定摊位。入驻率提高 20%。",
            "thanks": "感谢区市场监督管理所、区综合执法中队，感谢让出通道的租户。",
        },
        "CNY 66,300.00",
        photos=(("before_photo", ("office", 10, "before")), ("after_photo", ("office", 95, "after"))),
    )  # fmt: skip
