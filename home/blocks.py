"""What the body of a page is made of. No raw HTML, nothing from elsewhere."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

INLINE = ["bold", "link"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        label = _("Heading")
        template = "home/blocks/heading.html"
        preview_value = "要带什么"
        description = _("Begins a new part of the text.")


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **options):
        super().__init__(features=INLINE, **options)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        template = "home/blocks/paragraph.html"
        preview_value = "<p>更换 2 号楼总管，<b>请提前储水</b>。</p>"
        description = _("A few short sentences.")


class ListBlock(blocks.StructBlock):
    """Points of the same kind, numbered when their order matters."""

    numbered = blocks.BooleanBlock(label=_("In this order"), required=False)
    points = blocks.ListBlock(blocks.CharBlock(label=_("Point")), label=_("Points"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("List")
        template = "home/blocks/list.html"
        preview_value = {"numbered": True, "points": ["打电话或到服务大厅", "网格员上门看", "修好后您来评价"]}
        description = _("Points below each other, or steps in their order.")


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=120)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "home/blocks/picture.html"
        preview_template = "home/blocks/picture_preview.html"
        description = _("A picture with a line below it.")


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    about = blocks.CharBlock(
        label=_("What it says"),
        max_length=200,
        help_text=_("The main point as text: on many phones files cannot be opened."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "home/blocks/document.html"
        preview_template = "home/blocks/document_preview.html"
        description = _("A file to load, with its size and what it says.")


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.TextBlock(label=_("Text"), max_length=300)

    class Meta:
        icon = "warning"
        label = _("Box")
        template = "home/blocks/callout.html"
        preview_value = {"title": "家里有病人或婴儿", "text": "请提前告诉网格员，我们送水上门。"}
        description = _("The one thing that nobody should miss.")


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=100)
    answer = blocks.TextBlock(label=_("Answer"), max_length=500)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        template = "home/blocks/question.html"
        preview_value = {"question": "周末能办吗？", "answer": "能。周六上午有人值班。"}
        description = _("A question that people really ask.")


class TableBlock(TypedTableBlock):
    def __init__(self, **options):
        super().__init__([("text", blocks.CharBlock(label=_("Text"), required=False))], **options)

    class Meta:
        icon = "table"
        label = _("Table")
        template = "home/blocks/table.html"
        preview_template = "home/blocks/table_preview.html"
        description = _("Figures side by side. Keep it to four columns.")

    def get_context(self, value, parent_context=None):
        """Headings and cells as the component for tables wants them."""
        headings = [(column["heading"], False) for column in value.columns]
        return {
            **super().get_context(value, parent_context=parent_context),
            "headings": headings,
            "rows": [[str(cell.value) for cell in row] for row in value.rows],
        }

    def get_preview_context(self, value, parent_context=None):
        hours = [["周一至周五", "8:30–17:30"], ["周六", "9:00–12:00"]]
        return {"headings": [("星期", False), ("时间", False)], "rows": hours}


class BodyBlocks(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    list = ListBlock()
    picture = PictureBlock()
    document = DocumentBlock()
    table = TableBlock()
    callout = CalloutBlock()
    question = QuestionBlock()


class FactBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("What"), max_length=20)
    value = blocks.CharBlock(label=_("Figure"), max_length=30)
    as_of = blocks.DateBlock(label=_("As of"), required=False)

    class Meta:
        icon = "order"
        label = _("Figure")
        template = "home/blocks/fact.html"
        preview_value = {"label": "居民", "value": "1,800 多位", "as_of": None}
        description = _("A figure about the community.")


class FactBlocks(blocks.StreamBlock):
    fact = FactBlock()

    class Meta:
        max_num = 4
