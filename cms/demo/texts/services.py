"""What the communities offer. Each entry answers the five questions; `office` and `phone` are the community's own."""

OFFICE = "{office}，{hours}"

# slug: fields of the page. `bring` has one thing on each line; `steps` and `asked` become blocks.
SERVICES = {
    "water-repair": {
        "title": "公共水管漏水报修", "category": "repair", "lead": "楼道、院子里的公共水管漏了，当天派人看。",
        "who": "住在本社区的人都可以报", "bring": "哪栋楼、哪个单元\n漏水的照片（没有也行）",
        "duration": "当天上门看，一般 2 天内修好", "cost": "公共部分免费，家里的管子按物业收费单",
        "where": "打电话 {phone}，或到" + OFFICE, "accept_within": 2, "done_within": 2, "responsible": "值班网格员",
        "steps": ["打电话说清楼栋和单元", "网格员当天上门看", "物业或供水公司来修", "修好后网格员回访，您说满意才算完"],
        "asked": [("夜里漏水怎么办？", "打社区电话会转到物业值班室，24 小时有人接。")],
    },
    "light-repair": {
        "title": "楼道灯、路灯不亮", "category": "repair", "lead": "哪盏灯不亮，说一声就来换。",
        "who": "住在本社区的人都可以报", "bring": "灯在哪栋楼、第几层", "duration": "楼道灯 1 天，路灯 3 天", "cost": "免费",
        "where": "打电话 {phone}", "accept_within": 4, "done_within": 3, "responsible": "值班网格员",
        "steps": ["报灯的位置", "物业换灯泡；线路问题请供电所", "换好后给您回话"], "asked": [],
    },
    "sewage": {
        "title": "下水堵塞、污水返流", "category": "repair", "lead": "污水返上来，不管几点，先打电话。",
        "who": "住在本社区的人都可以报", "bring": "楼栋和单元\n是自家堵还是几家都堵", "duration": "1 小时内到场", "cost": "公共管道免费",
        "where": "打电话 {phone}，夜间转物业值班室", "accept_within": 1, "accept_unit": "hours", "done_within": 24,
        "done_unit": "hours", "responsible": "物业值班工程人员",
        "steps": ["打电话", "物业带疏通机上门", "堵的是公共管道，当晚疏通；要换管子的，列入微改造"],
        "asked": [("反复堵怎么办？", "三个月内堵两次，网格员会帮您提一项改造申请，在“微改造”里能看到进度。")],
    },
    "electrician": {
        "title": "社区电工上门", "category": "repair", "audience": "elderly", "lead": "老人家里换灯泡、查插座，电工上门。",
        "who": "60 岁以上老人、独居和行动不便的居民", "bring": "灯泡或插座（没有可以请电工代买）", "duration": "2 天内上门",
        "cost": "人工免费，材料照实付", "where": "打电话 {phone}，由社区联系电工", "accept_within": 4, "done_within": 2, "responsible": "社区电工",
        "steps": ["打电话约时间", "电工戴工牌上门", "修好当面试用"], "asked": [("怎么知道来的是真电工？", "来之前社区会告诉您工牌号，没有工牌不要开门。")],
    },
    "residence-proof": {
        "title": "开居住证明", "category": "papers", "lead": "上学、办车、入户要的居住证明，当场开。",
        "who": "实际住在本社区的人，租房也可以", "bring": "身份证\n房产证或租房合同", "duration": "当场，约 10 分钟", "cost": "免费",
        "where": OFFICE, "responsible": "服务大厅窗口",
        "steps": [], "asked": [("能请人代办吗？", "可以，代办人带上双方身份证和您写的委托。")],
    },
    "errand": {
        "title": "跑腿代办", "category": "papers", "audience": "elderly", "lead": "腿脚不便的，网格员替您把材料送到窗口。",
        "who": "老人、残疾人、带小孩走不开的人", "bring": "要办的事和材料\n写好的委托（网格员带空白的来）",
        "duration": "3 个工作日内送到，办结日子看窗口", "cost": "免费", "where": "打电话 {phone}，网格员上门取", "accept_within": 4, "done_within": 3,
        "responsible": "本网格网格员",
        "steps": ["打电话说要办什么", "网格员上门，当面清点材料，双方签字", "送到窗口，拿回执", "办好送回，您签收"],
        "asked": [("证件会丢吗？", "每交接一次都签字，证件在谁手里一查就知道。")],
    },
    "elder-subsidy": {
        "title": "高龄津贴申领", "category": "elderly", "audience": "elderly", "lead": "满 80 岁可以领，社区帮您报。",
        "who": "户口在本地、年满 80 岁的老人", "bring": "身份证\n户口本\n本人银行卡", "duration": "材料齐了 15 个工作日内批下来", "cost": "免费",
        "where": OFFICE, "accept_within": 8, "done_within": 15, "responsible": "民生窗口",
        "steps": ["带材料到窗口，或请网格员上门拍", "社区核对后报街道", "批下来的下个月开始发到卡上"],
        "asked": [("每年都要来办吗？", "不用。每年核一次人，网格员上门看一眼就行。")],
    },
    "canteen": {
        "title": "社区食堂助餐、送餐", "category": "elderly", "audience": "elderly", "lead": "一荤两素一汤，走不动的送到家。",
        "who": "60 岁以上老人；行动不便的可以送餐", "bring": "身份证（第一次来登记）", "duration": "当天 9:30 前订，11:30 开饭",
        "cost": "按食堂价目，80 岁以上有补贴", "where": "社区食堂，每天 10:45–12:30；订餐打 {phone}",
        "responsible": "食堂负责人", "steps": ["第一次来登记", "每天 9:30 前打电话订", "到食堂吃，或等志愿者送上门"],
        "asked": [("有忌口怎么办？", "登记时说一声，厨房会单独做。")],
    },
    "children-room": {
        "title": "放学后托管", "category": "children", "audience": "families", "lead": "家长没下班，孩子先在社区写作业。",
        "who": "6–12 岁、家长在本社区居住或工作的孩子", "bring": "孩子的户口本复印件\n接送人的身份证", "duration": "报名当周就能来",
        "cost": "免费，午餐另算", "where": "社区活动室，上学日 16:00–18:30；报名到{office}", "accept_within": 8, "done_within": 5, "responsible": "托管老师",
        "steps": ["家长来报名，写明谁接", "孩子放学由志愿者领到活动室", "接走时签字"], "asked": [("放假开吗？", "寒暑假上午开，名额先到先得。")],
    },
    "health-check": {
        "title": "老人免费体检预约", "category": "health", "audience": "elderly", "lead": "每年一次，社区帮您约好时间，不用排队。",
        "who": "65 岁以上居民", "bring": "身份证\n医保卡\n当天不要吃早饭", "duration": "约好后一周内，体检半天", "cost": "免费",
        "where": "社区卫生服务站；预约打 {phone}", "accept_within": 8, "done_within": 7, "responsible": "卫生服务站", "steps": ["打电话约", "前一天社区提醒", "体检，一周后取结果"],
        "asked": [("走不动怎么办？", "量血压、测血糖可以上门，约的时候说明。")],
    },
    "rent-register": {
        "title": "租房登记", "category": "housing", "audience": "tenants", "lead": "租房登记一次，办居住证、孩子上学都用得上。",
        "who": "在本社区租房的人和房东", "bring": "双方身份证\n租房合同\n房产证复印件", "duration": "当场", "cost": "免费",
        "where": OFFICE, "responsible": "综合窗口", "steps": [],
        "asked": [("房东不来行吗？", "可以，请房东写委托，或者和社区通个视频。")],
    },
    "jobs": {
        "title": "找工作、技能培训", "category": "work", "lead": "每月一场招聘，想学手艺的免费学。",
        "who": "想找工作的居民", "bring": "身份证\n简历（没有的来了帮您写）", "duration": "登记后 5 个工作日内给回话", "cost": "免费",
        "where": OFFICE, "accept_within": 8, "done_within": 5, "responsible": "就业专干", "steps": ["登记想做什么、会什么", "有合适的打电话给您", "培训班凑满 20 人开班"],
        "asked": [("40、50 岁还能学吗？", "能。家政、电工、面点班多数学员是这个年纪。")],
    },
    "mediation": {
        "title": "邻里矛盾调解", "category": "legal", "lead": "漏水、噪声、停车闹矛盾，坐下来说。",
        "who": "本社区居民之间有矛盾的任何一方", "bring": "事情的经过\n有照片、字据的带上", "duration": "3 天内约双方见面", "cost": "免费",
        "where": "{office}调解室", "accept_within": 8, "done_within": 3, "responsible": "人民调解员",
        "steps": ["一方来说明", "调解员分别听两边", "约时间当面谈，谈成写协议"], "asked": [("说的话会传出去吗？", "不会。调解内容不公开，也不上网。")],
    },
    "talk-night": {
        "title": "恳谈夜", "category": "leisure", "lead": "每周五晚上，把想说的事拿到桌上说。",
        "who": "所有居民，下班后来正好", "bring": "不用带，人来就行", "duration": "19:30 到 21:00", "cost": "免费",
        "where": "党建会客厅，每周五 19:30", "responsible": "书记和当天值班委员",
        "steps": ["谁先到谁先说", "能办的当场定谁办、哪天办好", "要大家出钱出力的，转成改造申请"], "asked": [("不想当面说怎么办？", "会客厅有意见箱，也可以打 {phone}。")],
    },
    "venue": {
        "title": "借用会客厅、活动室", "category": "leisure", "lead": "读书、排练、过生日，提前约一间屋子。",
        "who": "居民和居民的兴趣小组", "bring": "身份证\n几个人、用多久", "duration": "当天答复", "cost": "免费，用完打扫干净",
        "where": "打电话 {phone} 约", "accept_within": 4, "done_within": 1, "responsible": "会客厅管理员", "steps": [], "asked": [("能做饭吗？", "有茶水间，可以烧水热饭，不能开火炒菜。")],
    },
    "flood-help": {
        "title": "防汛求助", "category": "other", "lead": "下大雨进水了，打一个电话，沙袋和水泵送到。",
        "who": "住在低处的居民", "bring": "院子和门牌", "duration": "30 分钟内到", "cost": "免费",
        "where": "打电话 {phone}，汛期 24 小时有人", "accept_within": 10, "accept_unit": "minutes", "done_within": 24, "done_unit": "hours",
        "responsible": "防汛值班组", "steps": ["打电话", "值班组带沙袋、水泵来", "雨停后查找进水原因"],
        "asked": [("老人先转移吗？", "是。一楼的老人、病人由网格员先接到社区活动室。")],
    },
}  # fmt: skip

COMMON = ("water-repair", "light-repair", "residence-proof", "errand", "elder-subsidy", "mediation", "health-check")

# What each community offers, at least eight each.
MENUS = {
    "keyuan": ("sewage", *COMMON, "children-room", "jobs"),
    "qinghe": ("sewage", *COMMON, "canteen"),
    "yunjian": (*COMMON, "talk-night", "venue", "rent-register"),
    "xinjing": (*COMMON, "venue", "jobs"),
    "ershilipu": ("flood-help", *COMMON, "jobs"),
    "linfeng": ("electrician", *COMMON, "talk-night", "children-room"),
}
MENU_INTRO = "先看要带什么、要多久，省得跑第二趟。"
