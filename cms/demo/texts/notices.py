"""The notices of the communities. Days are from the first load; `{+2}` and `{friday}` (the next one)
become days in words."""

# (community, slug, days from the first load, valid for days, pinned, fields, paragraphs); target: the code of a unit
NOTICES = [
    ("linfeng", "water-outage", -1, 3, True, {
        "target": "linfeng-group",
        "title": "平安小区停水通知", "category": "outage", "lead": "更换 2号楼总管，请提前储水。", "when": "{+2} 9:00–15:00",
        "where": "平安小区 1、2、3号楼", "whom": "三栋楼所有住户", "what_to_do": "提前一晚接两桶水，关好水龙头。",
    }, ["家里有病人、婴儿或行动不便的老人，请告诉网格员，我们送水上门。", "来水后先放一会儿，水清了再用。"]),
    ("linfeng", "square-progress", -2, 20, False, {
        "target": "linfeng-group",
        "title": "活动广场开始铺砖", "category": "renovation", "lead": "土地平整完成，下周铺透水砖，出入请走南侧。", "when": "{+1} 起，约两周",
        "where": "平安小区东头", "whom": "从东门进出的住户", "what_to_do": "改走南门，看好孩子。",
    }, ["院落小组每天看工地，记录在“微改造”里能看到。"]),
    ("linfeng", "talk-night", -3, 5, False, {
        "title": "夜话：说说停车和线路", "category": "meeting", "lead": "本周在 1号楼前，谁都可以来说。", "when": "{+3} 19:30",
        "where": "1号楼前空地", "whom": "平安小区居民", "what_to_do": "带个小凳子，想说的先写两句。",
    }, ["下雨就改到会议室。电信公司的技术员会来答线路的问题。"]),
    ("keyuan", "lamps-display", -3, 7, True, {
        "target": "keyuan-group",
        "title": "东门路加装路灯公示", "category": "publicity", "lead": "6 盏太阳能路灯的位置和预算公示，可以提意见。", "when": "公示到 {+4}",
        "where": "东门公告栏、各单元门口", "whom": "科苑小区居民", "what_to_do": "有意见打社区电话，每条都会答复。",
    }, ["方案、预算和每盏灯的位置在“微改造”里可以看到。"]),
    ("keyuan", "old-appliances", -6, 12, False, {
        "title": "旧家电回收日", "category": "activity", "lead": "搬不动的大件，志愿者上门抬。", "when": "{+5} 9:00–11:30",
        "where": "1号楼前", "whom": "所有居民", "what_to_do": "前一天打电话登记大件。",
    }, ["冰箱、洗衣机先拔电、倒干净水。", "小家电直接拿来就行。"]),
    ("keyuan", "road-open", -400, 14, False, {
        "title": "雨季巡查：148 米路段雨水口清掏", "category": "renovation", "lead": "物业按半年一次的约定清掏雨水口。", "when": "上午 9 点起半天",
        "where": "1号楼东侧到东门", "whom": "在路边停车的住户", "what_to_do": "前一晚把车挪开。",
    }, ["这条路完工后每半年检查一次，这是约定好的养护。"]),
    ("qinghe", "recruiting", -1, 6, False, {
        "title": "招募送餐志愿者", "category": "activity", "lead": "食堂中午送餐缺人手，60 岁以上可以做轻活。", "when": "{+1} 起，每天 11:00–12:30",
        "where": "社区食堂", "whom": "愿意帮忙的居民", "what_to_do": "到食堂登记，或打社区电话。",
    }, ["每次一个半小时，两人一组，记服务积分。"]),
    ("qinghe", "sewage-notice", -8, 30, False, {
        "target": "qinghe-grid",
        "title": "雨天返水，先打这个电话", "category": "service", "lead": "污水返上来不管几点，物业 1 小时内到。", "when": "24 小时",
        "where": "青和居北区", "whom": "低楼层住户", "what_to_do": "先关总阀，再打社区电话。",
    }, ["同一处堵过两次以上的，我们会提一项改造申请。9号楼的已经在讨论了。"]),
    ("yunjian", "lift-vote-result", -25, 60, False, {
        "title": "3号楼加装电梯投票结果", "category": "publicity", "lead": "14 户中 13 户投票，11 户同意，达到法定比例。", "when": "投票已结束",
        "where": "3号楼门厅", "whom": "3号楼 1单元业主", "what_to_do": "要看计票表，到社区窗口。",
    }, ["参与的面积和户数都超过三分之二，同意的面积和户数都超过参与者的四分之三。"]),
    ("yunjian", "friday-talk", -2, 9, False, {
        "title": "本周恳谈夜：电梯管线怎么移", "category": "meeting", "lead": "供电所、自来水公司的人到场讲。", "when": "{friday} 19:30",
        "where": "党建会客厅", "whom": "3号楼住户，其他居民也欢迎", "what_to_do": "有问题先写在门厅的纸上。",
    }, ["会客厅有茶水，孩子可以在书屋看书。"]),
    ("xinjing", "repair-day", -4, 8, False, {
        "title": "家电义务维修日", "category": "activity", "lead": "示例职业技术学院的学生来修小家电，免费。", "when": "{+4} 8:30–16:00",
        "where": "逸景明苑中心花园", "whom": "心景社区居民", "what_to_do": "打电话报要修什么，好带零件。",
    }, ["上一次 11 名学生一天修好 43 件。", "液化气灶具、锂电池不修，请找厂家。"]),
    ("xinjing", "office-lane", -12, 40, False, {
        "title": "商务楼消防通道不停车", "category": "safety", "lead": "一楼划线以内经营，通道一直空着。", "when": "每天",
        "where": "商务楼 A座一楼", "whom": "租户和送货的司机", "what_to_do": "卸货走西侧，15 分钟以内。",
    }, ["物业每天上午、下午各看一次。"]),
    ("ershilipu", "channel-detour", -20, 60, True, {
        "title": "一建巷巷口路面下沉，请绕行", "category": "safety", "lead": "巷口到 2号院一段围起来了，走 1号院后门。", "when": "修好之前",
        "where": "一建巷巷口到 2号院", "whom": "一建巷住户和来往的人", "what_to_do": "绕行 1号院后门，多走 3 分钟。",
    }, ["网格员每天看两次，围挡坏了请马上打电话。", "疏通方案正在街道审批，进度在“微改造”里。"]),
    ("ershilipu", "anti-fraud", -5, 30, False, {
        "title": "陌生电话要验证码，一律不给", "category": "safety", "lead": "社区和银行都不会打电话要验证码。", "when": "",
        "where": "", "whom": "所有居民，特别是独居老人", "what_to_do": "挂掉，打社区电话问一句。",
    }, ["本周网格员逐户上门讲，来的人都戴工牌。"]),
]  # fmt: skip
