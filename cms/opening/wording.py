"""The sentence for each fault: what is wrong, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from .rules import FEWEST_PEOPLE, LONGEST_NAME, MOST_LEVELS, MOST_PEOPLE, Fault

SENTENCES = {
    "no_name": _("Enter the name of the community, for example 林峰社区."),
    "long_name": _("A name has 1 to %(longest)d characters."),
    "bad_code": _("2 to 24 small letters, digits and hyphens, a letter first: for example linfeng."),
    "code_taken": _("The address “%(about)s” is taken. Choose another one."),
    "bad_prefix": _("Two to four capital letters, for example LF."),
    "prefix_taken": _("Another community has the letters %(about)s. Choose others."),
    "no_parent": _("This unit is not there any more, or you do not administer it. Choose another one."),
    "not_below_this": _("A community belongs below a street or a town."),
    "name_there": _("“%(about)s” is there already. Choose another unit, or another name."),
    "many_levels": _("At most %(levels)d units here. Import the others by spreadsheet afterwards."),
    "no_such_level": _("Choose one of the levels that are offered."),
    "level_twice": _("“%(about)s” stands here twice."),
    "no_level_above": _("“%(about)s” does not stand among the units above. Write the name exactly as it stands there."),
    "wrong_order": _("“%(about)s” is of the same level, so nothing of this level can hang on it."),
    "no_person_name": _("Enter the name of this person, at most 40 characters."),
    "person_twice": _("“%(about)s” stands here twice. Two people of one name? Then enter the mobile number of each."),
    "phone_twice": _("This mobile number stands here twice."),
    "person_registered": _(
        "Somebody with this number is registered already. Leave this line out and appoint that person afterwards."
    ),
    "post_not_here": _("Choose one of the posts of a community."),
    "number_of_people": _("Enter %(fewest)d to %(most)d people. More can be registered afterwards."),
    "no_editor": _("Nobody here is an editor. Somebody has to write the pages: give one person the post of editor."),
    "no_staff": _("Nobody here is on the staff. Give one person the post of secretary, deputy or officer."),
    "no_second_publisher": _(
        "Only one person could publish. Nobody publishes their own text, so a second editor, secretary, deputy or"
        " officer is needed."
    ),
    "no_such_service": _("One of the services is not offered any more. Choose again."),
}


def sentence(fault: Fault) -> str:
    """What to tell the person beside the question."""
    return str(SENTENCES[fault.key]) % {
        "about": fault.about,
        "longest": LONGEST_NAME,
        "levels": MOST_LEVELS,
        "fewest": FEWEST_PEOPLE,
        "most": MOST_PEOPLE,
    }


TITLES = {
    "name": _("What is the community called?"),
    "office": _("How do people reach its office?"),
    "place": _("Where does it belong?"),
    "levels": _("Which levels are there below it?"),
    "units": _("What are they called?"),
    "people": _("Who works there first?"),
    "services": _("Which services does the menu begin with?"),
}
WHY = {
    "office": _("It stands at the foot of every page. What you do not know yet you can enter later."),
    "place": _("Only streets and towns that you administer are offered."),
    "levels": _("Requests, buildings and posts hang on these units. More can be added at any time."),
    "units": _("A code for each is made by itself."),
}
