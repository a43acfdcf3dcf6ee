"""What communities usually do for people: services to begin a menu with, each to be checked before it is published.

Times are what a community can promise by itself; where another office decides, the text says so and nothing is
promised. `{office}`, `{hours}` and `{phone}` become the community's own.
"""

from dataclasses import dataclass

from .rules.promises import Promise, TimeUnit
from .words import Audience, Category

OFFICE = "{office}，{hours}"
CALL = "打电话 {phone}，或到 {office}"
DAYS, HOURS = TimeUnit.WORKING_DAYS, TimeUnit.WORKING_HOURS


@dataclass(frozen=True)
class ServiceTemplate:
    """One service. `accept` and `done` are promised times; `is_usual`: nearly every community begins with it."""

    key: str
    title: str
    category: Category
    lead: str
    who: str
    bring: tuple[str, ...]
    duration: str
    cost: str
    where: str
    responsible: str
    audience: Audience = Audience.EVERYONE
    accept: Promise | None = None
    done: Promise | None = None
    steps: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    is_usual: bool = False

    def fields(self, *, office: str, hours: str, phone: str) -> dict:
        """The fields of a page with the community's own office in them."""
        own = {"office": office, "hours": hours, "phone": phone}
        promised = {
            f"{name}_{part}": value
            for name, promise in (("accept", self.accept), ("done", self.done))
            if promise is not None
            for part, value in (("within", promise.amount), ("unit", promise.unit.value))
        }
        return {
            "title": self.title,
            "slug": self.key,
            "category": self.category,
            "audience": self.audience,
            "lead": self.lead,
            "who": self.who,
            "bring": "\n".join(self.bring),
            "duration": self.duration,
            "cost": self.cost,
            "where": self.where.format(**own),
            "responsible": self.responsible,
            "steps": [("step", step) for step in self.steps],
            "asked": [("question", {"question": question, "answer": answer}) for question, answer in self.asked],
            **promised,
        }


MENU = (
    ServiceTemplate(
        "water-repair", "公共水管漏水报修", Category.REPAIR,
        lead="楼道、院子里的公共水管漏了，先打电话，有人来看。",
        who="住在本社区的人都可以报，租房的也可以",
        bring=("哪栋楼、哪个单元", "漏水的照片（没有也行）"),
        duration="当天派人看；修好的日子看完告诉您",
        cost="公共部分不收居民的钱；家里的管子按维修单位的价目",
        where=CALL, responsible="值班网格员",
        accept=Promise(4, HOURS), done=Promise(3, DAYS), is_usual=True,
        steps=("打电话说清楼栋和单元", "网格员来看是哪一段漏", "联系物业或供水单位来修", "修好后网格员问您修好没有"),
        asked=(("半夜漏水怎么办？", "先关上楼道里的总阀门，再打物业的值班电话；第二天上班社区接着跟。"),),
    ),
    ServiceTemplate(
        "light-repair", "楼道灯、路灯不亮", Category.REPAIR,
        lead="哪盏灯不亮，说一声，我们找人来换。",
        who="住在本社区的人都可以报，租房的也可以",
        bring=("灯在哪栋楼、第几层，或哪条路",),
        duration="楼道灯一般三天内；路灯由管路灯的单位排日子",
        cost="免费", where=CALL, responsible="值班网格员",
        accept=Promise(4, HOURS), done=Promise(3, DAYS), is_usual=True,
        steps=("告诉我们灯在哪里", "楼道灯请物业换，路灯转给管路灯的单位", "换好后网格员去看一眼"),
    ),
    ServiceTemplate(
        "sewage", "下水堵塞、污水返流", Category.REPAIR,
        lead="污水返上来，先打电话，公共管道有人来通。",
        who="住在本社区的人都可以报，租房的也可以",
        bring=("哪栋楼、哪个单元", "是自家堵，还是几家都堵"),
        duration="上班时间两小时内有人联系您",
        cost="公共管道不收居民的钱；家里的管道按维修单位的价目",
        where=CALL, responsible="值班网格员",
        accept=Promise(2, HOURS), done=Promise(2, DAYS),
        steps=("打电话", "物业或疏通单位来看", "通好后网格员问您通了没有"),
        asked=(("总是堵怎么办？", "告诉网格员，可以提一项改造申请，进度在“微改造”里看得到。"),),
    ),
    ServiceTemplate(
        "residence-proof", "开居住证明", Category.PAPERS,
        lead="办事要证明您住在这里的，材料带齐可以开。",
        who="实际住在本社区的人，租房也可以",
        bring=("身份证", "房产证或租房合同", "要证明的单位写明的用途"),
        duration="材料齐的当场开", cost="免费", where=OFFICE, responsible="服务大厅窗口", is_usual=True,
        asked=(
            ("哪些证明社区不开？", "法律规定由别的部门开的，社区开了也没用，我们会告诉您去哪里开。"),
            ("能请人代办吗？", "可以，代办人带上双方身份证和您写的委托。"),
        ),
    ),
    ServiceTemplate(
        "errand", "跑腿代办", Category.PAPERS, audience=Audience.ELDERLY,
        lead="腿脚不便的，网格员上门取材料，替您送到窗口。",
        who="出门不便的老人、残疾人，和带小孩走不开的人",
        bring=("要办的事和材料", "您写的委托（网格员带空白的来）"),
        duration="三个工作日内送到窗口；批下来的日子看窗口", cost="免费", where="打电话 {phone}，网格员上门取",
        responsible="本网格网格员", accept=Promise(8, HOURS), done=Promise(3, DAYS), is_usual=True,
        steps=("打电话说要办什么", "网格员上门，当面清点材料，双方签字", "送到窗口", "办好送回，您签收"),
        asked=(("证件会不会丢？", "每次交接都签字，证件在谁手里查得到。不用押证件的，我们只带复印件。"),),
    ),
    ServiceTemplate(
        "elder-subsidy", "高龄津贴申领", Category.ELDERLY, audience=Audience.ELDERLY,
        lead="到了岁数可以领，社区帮您把材料报上去。",
        who="户口在本地、到了当地规定年龄的老人",
        bring=("身份证", "户口本", "本人银行卡"),
        duration="材料齐的五个工作日内报上去；批下来的日子由民政部门定", cost="免费", where=OFFICE,
        responsible="民生窗口", accept=Promise(8, HOURS), done=Promise(5, DAYS), is_usual=True,
        steps=("带材料到窗口，走不动的请网格员上门", "社区核对后报街道", "批下来由民政部门发到卡上"),
        asked=(("几岁可以领、领多少？", "各地不一样，窗口有当地的规定，打电话也可以问。"),),
    ),
    ServiceTemplate(
        "elder-visit", "独居老人上门看望", Category.ELDERLY, audience=Audience.ELDERLY,
        lead="一个人住的老人，我们定期打电话、上门看看。",
        who="本社区独居的老人；要您自己愿意，随时可以不要",
        bring=("不用带东西",),
        duration="登记后一周内第一次上门", cost="免费", where=CALL, responsible="本网格网格员",
        accept=Promise(2, DAYS), done=Promise(5, DAYS),
        steps=("您或家人说一声", "网格员上门，商量多久来一次", "按商量好的日子打电话或上门"),
        asked=(("来的人我不认识怎么办？", "来之前我们打电话说是谁来。对不上的不要开门，打社区电话问。"),),
    ),
    ServiceTemplate(
        "after-school", "放学后托管", Category.CHILDREN, audience=Audience.FAMILIES,
        lead="家长没下班，孩子先在社区写作业。",
        who="家长住在本社区或在这里上班的小学生",
        bring=("孩子的户口本或学生证", "接送人的身份证"),
        duration="报名后五个工作日内答复有没有名额", cost="免费；吃饭另算", where=OFFICE, responsible="托管负责人",
        accept=Promise(8, HOURS), done=Promise(5, DAYS),
        steps=("家长来报名，写明谁来接", "有名额的通知您哪天开始", "接走时签字"),
    ),
    ServiceTemplate(
        "health-check", "老年人体检登记", Category.HEALTH, audience=Audience.ELDERLY,
        lead="每年一次的体检，社区帮您约日子，少排队。",
        who="到了当地规定年龄的老人",
        bring=("身份证", "医保卡", "抽血当天不要吃早饭"),
        duration="登记后五个工作日内告诉您哪天去", cost="规定项目免费；另加的项目按卫生服务站的价目",
        where="登记打电话 {phone}；体检在社区卫生服务站", responsible="社区卫生服务站",
        accept=Promise(8, HOURS), done=Promise(5, DAYS),
    ),
    ServiceTemplate(
        "rent-register", "租房登记", Category.HOUSING, audience=Audience.TENANTS,
        lead="租房登记一次，办居住证、孩子上学时用得上。",
        who="在本社区租房的人和房东",
        bring=("双方身份证", "租房合同", "房产证复印件"),
        duration="材料齐的当场登记", cost="免费", where=OFFICE, responsible="综合窗口",
        asked=(("房东来不了怎么办？", "请房东写一张委托，或者打电话问窗口还能怎么办。"),),
    ),
    ServiceTemplate(
        "jobs", "找工作、学技能登记", Category.WORK,
        lead="说说会什么、想做什么，有合适的我们打电话。",
        who="想找工作、想学手艺的居民",
        bring=("身份证", "简历（没有的来了帮您写）"),
        duration="登记后五个工作日内回话", cost="免费", where=OFFICE, responsible="就业专干",
        accept=Promise(8, HOURS), done=Promise(5, DAYS),
    ),
    ServiceTemplate(
        "mediation", "邻里矛盾调解", Category.LEGAL,
        lead="漏水、噪声、停车闹矛盾，坐下来说。",
        who="本社区居民之间有矛盾的任何一方",
        bring=("事情的经过", "有照片、字据的带上"),
        duration="三个工作日内约双方见面；对方不愿意来的，告诉您还有什么办法", cost="免费", where=CALL,
        responsible="人民调解员", accept=Promise(8, HOURS), done=Promise(3, DAYS), is_usual=True,
        steps=("一方来说明", "调解员分别听两边", "约时间当面谈，谈成了写协议"),
        asked=(("说的话会不会传出去？", "调解不公开，谈的内容不上网。"),),
    ),
    ServiceTemplate(
        "talk-night", "居民恳谈", Category.LEISURE,
        lead="把想说的事拿到桌上说，能办的当场定谁来办。",
        who="所有居民",
        bring=("不用带，人来就行",),
        duration="每次一个半小时左右；日子看公告", cost="免费", where="{office}；不想当面说的打电话 {phone}",
        responsible="社区书记", is_usual=True,
        steps=("想说的事先登记，或者来了再说", "能办的当场定谁办、哪天办好", "要大家出钱出力的，转成改造申请"),
    ),
    ServiceTemplate(
        "venue", "借用活动室", Category.LEISURE,
        lead="读书、排练、开会，提前约一间屋子。",
        who="居民和居民的兴趣小组",
        bring=("身份证", "几个人、用多久"),
        duration="一个工作日内答复", cost="免费，用完打扫干净", where=CALL, responsible="活动室管理员",
        accept=Promise(4, HOURS), done=Promise(1, DAYS),
    ),
)  # fmt: skip
BY_KEY = {service.key: service for service in MENU}
