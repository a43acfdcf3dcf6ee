"""What a service page is made of besides its fields."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from home.blocks import QuestionBlock


class StepBlock(blocks.CharBlock):
    class Meta:
        icon = "list-ol"
        label = _("Step")
        template = "services/blocks/step.html"
        preview_value = "网格员当天上门看"
        description = _("One thing that happens, begun with who does it.")


class StepBlocks(blocks.StreamBlock):
    step = StepBlock(max_length=100)

    class Meta:
        max_num = 10


class AskedBlocks(blocks.StreamBlock):
    question = QuestionBlock()

    class Meta:
        max_num = 12
