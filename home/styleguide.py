"""Every component of the look on one page, with samples, for those who build pages and those who check them."""

import datetime
from decimal import Decimal
from types import SimpleNamespace as Sample

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.templatetags.static import static

from home.formats import money
from home.status import STAGES, STATUSES

DAY = datetime.date(2022, 4, 6)
ANSWERS = [("agree", "同意"), ("change", "请修改后再来"), ("disagree", "不同意"), ("recuse", "与我有关，我回避")]


class SampleForm(forms.Form):
    """One field of each kind that pages use."""

    what = forms.CharField(label="想改什么", help_text="一两句话就可以，例如：东侧的路积水。", max_length=60)
    why = forms.CharField(label="理由", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    building = forms.ChoiceField(label="在哪一栋", choices=[("", "请选择"), ("1", "1 号楼"), ("2", "2 号楼")])
    day = forms.DateField(label="哪一天看到的", widget=forms.DateInput(attrs={"type": "date"}))
    phone = forms.CharField(
        label="手机号", widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "tel"})
    )
    photo = forms.FileField(
        label="照片", required=False, help_text="不超过 10 MB。", widget=forms.FileInput(attrs={"accept": "image/*"})
    )
    answer = forms.ChoiceField(label="您的决定", choices=ANSWERS, widget=forms.RadioSelect)
    reasons = forms.MultipleChoiceField(
        label="哪些地方还要改",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("drain", "排水"), ("light", "路灯")],
    )
    seen = forms.BooleanField(label="我看过了变化")


def timeline():
    """Six stages with the fourth of them running."""
    notes = ["夜访时住户提出", "院落、网格、社区三级同意", "县财政局等 5 家", "进行中，计划 9 月 20 日验收", "", ""]
    days = [DAY, datetime.date(2022, 6, 18), datetime.date(2022, 7, 20), None, None, None]
    kinds = ["done", "done", "done", "now", "next", "next"]
    return [
        Sample(
            title=stage.word, kind=kind, date=date, note=note, url="#" if note and kind == "done" else "", link="看材料"
        )
        for stage, kind, date, note in zip(STAGES.values(), kinds, days, notes, strict=True)
    ]


def difference():
    """A figure that changed and a text with one sentence in the place of another."""
    runs = [("same", "平整土地，铺透水砖。"), ("deleted", "东侧不动。"), ("inserted", "东侧加一条 40 米排水沟。")]
    sentences = [Sample(runs=[Sample(mark=mark, text=text)]) for mark, text in runs]
    return {
        "changed": [
            Sample(label="预算", before=money(240000), after=money(286000)),
            Sample(label="施工内容", before="", after="", sentences=sentences),
        ],
        "unchanged": [Sample(label="地点", value="平安小区东侧空地"), Sample(label="类别", value="完善类")],
    }


def samples():
    """The context of the page."""
    return {
        "day": DAY,
        "amount": Decimal("286000"),
        "floor_area": 9650,
        "states": list(STATUSES),
        "doors": [
            Sample(label="报修、办事", text="32 项服务，先看要带什么", url="#", icon="repair", act=False),
            Sample(label="查进度", text="凭回执码，不用登录", url="#", icon="follow", act=False),
            Sample(label="正在表决 1 项", text="3 号楼加装电梯，还剩 3 天", url="#", icon="vote", act=True),
            Sample(label="提一个改造", text="路不平、灯不亮，都可以说", url="#", icon="propose", act=False),
        ],
        "steps": timeline(),
        **difference(),
        "seats": ["agree", "agree", "agree", "change", "disagree", "recuse", "waiting", "waiting", "waiting"],
        "parts": [
            Sample(label="县财政局", amount=money(200200), permille=700),
            Sample(label="社区", amount=money(57200), permille=200),
            Sample(label="居民捐物折价", amount=money(17160), permille=60),
        ],
        "rows": [
            Sample(
                title="周三 9:00–15:00 平安小区停水",
                text="更换 2 号楼总管，请提前储水",
                url="#",
                date=datetime.date(2022, 8, 8),
            ),
            Sample(
                title="活动广场施工方案公示",
                text="公示到 8 月 12 日，可提异议",
                url="#",
                date=datetime.date(2022, 8, 5),
                state="publicity",
            ),
            Sample(title="同意 · 网格支部代表", text="排水沟该修，雨天老人不好走。"),
        ],
        "summary": [
            Sample(label="预算", value=money(286000)),
            Sample(label="牵头", value="社区大党委", url="#"),
            Sample(label="施工", value=""),
        ],
        "evidence": [
            Sample(label="会议决议", met=True, note="6 月 11 日，到会 31 人"),
            Sample(label="公示期结束", met=False, note="还有 2 天"),
        ],
        "photos": [
            Sample(
                src=static("img/sample-before.svg"),
                width=800,
                height=480,
                alt="施工前的空地",
                caption="7 月 21 日，同一位置",
            ),
            Sample(src=static("img/sample-after.svg"), width=800, height=480, alt="平整后的空地", caption="8 月 2 日"),
        ],
        "headings": [("出资方", False), ("认定", True), ("到账", True)],
        "table_rows": [["县财政局", money(200200), money(200200)], ["社区", money(57200), money(30000)]],
        "chips": [("全部", "#", True), ("施工中", "#", False), ("已完成", "#", False)],
        "form": SampleForm(),
        "failed": SampleForm({"what": "路", "answer": ""}, prefix="failed"),
        "language_links": [("en", "EN", "#")],
        "breadcrumbs": [("林峰社区", "#"), ("微改造", "#")],
        "masthead": {
            "name": "林峰社区",
            "subtitle": "阳新县兴国镇",
            "nav": [("办事", "#", False), ("微改造", "#", True), ("公告", "#", False), ("查进度", "#", False)],
        },
        "footer": {
            "hours": "工作日 8:30–17:30",
            "organisation": "林峰社区居民委员会",
            "links": [("无障碍说明", "#"), ("隐私", "#")],
        },
    }


@permission_required("wagtailadmin.access_admin", raise_exception=True)
def styleguide(request):
    """Drawn for signed-in staff only."""
    pages = Paginator(range(50), 10)
    return render(request, "home/styleguide.html", {"page_obj": pages.get_page(2), **samples()})
