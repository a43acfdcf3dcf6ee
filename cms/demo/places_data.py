"""Where the cases happened, gathered in one sample district. Trees of four and of five levels."""

from community.models import Unit
from community.roles import Post

K = Unit.Kind
DISTRICT = {"kind": K.DISTRICT, "name": "示例区", "code": "district"}

# (code, kind, name, code of the unit above)
UNITS = [
    ("dongcheng", K.STREET, "东城街道", "district"),
    ("haimen", K.STREET, "海门街道", "district"),
    ("baota", K.STREET, "宝塔街道", "district"),
    ("xingguo", K.TOWN, "兴国镇", "district"),
    # Community, grid, building group.
    ("keyuan", K.COMMUNITY, "科苑社区", "dongcheng"),
    ("keyuan-grid", K.GRID, "科苑第一网格", "keyuan"),
    ("keyuan-grid-2", K.GRID, "科苑第二网格", "keyuan"),
    ("keyuan-group", K.BUILDING_GROUP, "科苑小区东片楼栋小组", "keyuan-grid"),
    ("qinghe", K.COMMUNITY, "青和居社区", "dongcheng"),
    *((f"qinghe-grid-{n}" if n > 1 else "qinghe-grid", K.GRID, f"青和居第{n}网格", "qinghe") for n in range(1, 16)),
    # Four levels: general committee, estate branch, building group, member household.
    ("yunjian", K.COMMUNITY, "云健社区", "haimen"),
    ("yunjian-grid", K.ESTATE, "云健小区党支部", "yunjian"),
    ("yunjian-group", K.BUILDING_GROUP, "云健小区3号楼党小组", "yunjian-grid"),
    ("yunjian-household", K.HOUSEHOLD, "3号楼党员中心户", "yunjian-group"),
    ("xinjing", K.COMMUNITY, "心景社区", "haimen"),
    ("xinjing-grid", K.ESTATE, "商务楼党支部", "xinjing"),
    ("xinjing-group", K.BUILDING_GROUP, "商务楼低层党小组", "xinjing-grid"),
    ("xinjing-household", K.HOUSEHOLD, "商务楼党员中心户", "xinjing-group"),
    ("xinjing-estate", K.ESTATE, "逸景明苑党支部", "xinjing"),
    ("ershilipu", K.COMMUNITY, "二十里铺社区", "baota"),
    ("ershilipu-grid", K.GRID, "一建巷网格党支部", "ershilipu"),
    ("ershilipu-group", K.COURTYARD, "一建巷院落党小组", "ershilipu-grid"),
    # Five levels: town committee, general committee, grid branch, courtyard group, member household.
    ("linfeng", K.COMMUNITY, "林峰社区", "xingguo"),
    ("linfeng-grid", K.GRID, "平安小区网格党支部", "linfeng"),
    ("linfeng-group", K.COURTYARD, "平安小区东院党小组", "linfeng-grid"),
    ("linfeng-household", K.HOUSEHOLD, "东院党员中心户", "linfeng-group"),
]

HOURS = "工作日 8:30–17:30，周六 9:00–12:00"
DETAILS = {
    "dongcheng": {"initials": "dcjd"},
    "haimen": {"initials": "hmjd"},
    "baota": {"initials": "btjd"},
    "xingguo": {"initials": "xgz"},
    "keyuan": {
        "initials": "kysq",
        "reference_prefix": "KY",
        "phone": "027-0000 0101",
        "address": "科苑小区东门内",
        "hours": HOURS,
    },
    "qinghe": {
        "initials": "qhjsq",
        "reference_prefix": "QH",
        "phone": "027-0000 0202",
        "address": "青和居北区15号楼一层",
        "hours": HOURS,
    },
    "yunjian": {
        "initials": "yjsq",
        "reference_prefix": "YJ",
        "phone": "0576-0000 0303",
        "address": "云健小区西门旁",
        "hours": HOURS,
    },
    "xinjing": {
        "initials": "xjsq",
        "reference_prefix": "XJ",
        "phone": "0576-0000 0404",
        "address": "逸景明苑1号楼一层",
        "hours": HOURS,
    },
    "ershilipu": {
        "initials": "eslpsq",
        "reference_prefix": "EP",
        "phone": "0911-000 0505",
        "address": "一建巷口",
        "hours": HOURS,
    },
    "linfeng": {
        "initials": "lfsq",
        "reference_prefix": "LF",
        "phone": "0714-000 0606",
        "address": "平安小区2号楼前",
        "hours": HOURS,
    },
}

# (community, name, code of the unit that looks after it, address)
ESTATES = [
    ("keyuan", "科苑小区", "keyuan-grid", "东城街道科苑路"),
    ("qinghe", "青和居北区", "qinghe-grid", "东城街道青和路"),
    ("yunjian", "云健小区", "yunjian-grid", "海门街道云健路"),
    ("xinjing", "商务楼", "xinjing-grid", "海门街道中心路"),
    ("xinjing", "逸景明苑", "xinjing-estate", "海门街道逸景路"),
    ("ershilipu", "一建巷", "ershilipu-grid", "宝塔街道一建巷"),
    ("linfeng", "平安小区", "linfeng-grid", "兴国镇平安路"),
]

# (community, estate, code of the grid or group, names)
BUILDINGS = [
    ("keyuan", "科苑小区", "keyuan-group", ("1号楼", "2号楼", "3号楼", "30号楼")),
    ("qinghe", "青和居北区", "qinghe-grid", ("9号楼", "12号楼", "13号楼", "19号楼")),
    ("yunjian", "云健小区", "yunjian-group", ("3号楼",)),
    ("xinjing", "商务楼", "xinjing-group", ("A座",)),
    ("ershilipu", "一建巷", "ershilipu-group", ("1号院", "2号院")),
    ("linfeng", "平安小区", "linfeng-group", ("1号楼", "2号楼", "3号楼")),
]

# The lift: who owns how much of its building. Two homes on each of seven floors, areas in 0.01 m².
HOMES = [
    ("yunjian", "云健小区", "3号楼", "1单元", f"{floor}0{door}", area)
    for floor in range(1, 8)
    for door, area in ((1, 8_950), (2, 10_420))
]

# (community, kind, name)
PARTNERS = [
    ("keyuan", "school", "示例研究所"),
    ("keyuan", "firm", "示例建设公司"),
    ("keyuan", "property", "科苑小区物业服务处"),
    ("qinghe", "property", "青和居物业服务处"),
    ("qinghe", "firm", "示例农商银行支行"),
    ("qinghe", "school", "区青少年宫"),
    ("yunjian", "agency", "区住房和城乡建设局"),
    ("yunjian", "firm", "示例电梯公司"),
    ("yunjian", "utility", "示例供电所"),
    ("yunjian", "property", "云健小区物业服务处"),
    ("xinjing", "agency", "区市场监督管理所"),
    ("xinjing", "agency", "区综合执法中队"),
    ("xinjing", "firm", "示例装饰公司"),
    ("xinjing", "property", "商务楼物业服务处"),
    ("xinjing", "school", "示例职业技术学院"),
    ("ershilipu", "agency", "区人民法院"),
    ("ershilipu", "agency", "市城市内涝治理办公室"),
    ("ershilipu", "firm", "示例市政公司"),
    ("linfeng", "agency", "县财政局"),
    ("linfeng", "utility", "示例供水公司"),
    ("linfeng", "utility", "示例燃气公司"),
    ("linfeng", "utility", "示例供电公司"),
    ("linfeng", "utility", "示例电信公司"),
    ("linfeng", "firm", "示例建设公司"),
    ("linfeng", "property", "平安小区物业服务处"),
]

COMMITTEE = [Post.COMMITTEE_MEMBER, Post.PART_TIME_MEMBER, Post.UNIT_DELEGATE]


def _step(kind: str, taking_part: int, approvals: int, days: int = 7) -> dict:
    return {
        "unit_kind": kind, "posts": COMMITTEE, "min_taking_part": taking_part, "min_approvals": approvals, "days": days,
    }  # fmt: skip


# (code of the unit, name, steps): who must agree, from near to far.
POLICIES = [
    ("keyuan", "网格、社区两级审批", [_step(K.GRID, 2, 2), _step(K.COMMUNITY, 5, 4)]),
    ("qinghe", "网格、社区两级审批", [_step(K.GRID, 2, 2), _step(K.COMMUNITY, 5, 4)]),
    ("yunjian", "小区、社区两级审批", [_step(K.ESTATE, 2, 2), _step(K.COMMUNITY, 5, 4)]),
    ("xinjing", "支部、社区两级审批", [_step(K.ESTATE, 2, 2), _step(K.COMMUNITY, 5, 4)]),
    ("ershilipu", "网格、社区、街道三级审批",
     [_step(K.GRID, 2, 2), _step(K.COMMUNITY, 5, 4), _step(K.STREET, 3, 3, days=14)]),
    ("linfeng", "院落、网格、社区三级审批",
     [_step(K.COURTYARD, 2, 2), _step(K.GRID, 2, 2), _step(K.COMMUNITY, 5, 4)]),
]  # fmt: skip
