"""The sentence for each fault of a sheet, for people who have never seen a program from inside."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..rules.sheets import Problem

LONGEST = 40
SENTENCES = {
    "empty": gettext_lazy("The sheet is empty. Fill in the template and choose it once more."),
    "no_rows": gettext_lazy("Below the names of the columns stands no row to import."),
    "unknown_column": gettext_lazy("“%(text)s” is no column of this sheet. Use the template, or delete this column."),
    "column_twice": gettext_lazy("The column “%(text)s” is there twice. Delete one of them."),
    "missing_columns": gettext_lazy(
        "These columns are missing: %(columns)s. The first row must hold their names; use the template."
    ),
    "twice": gettext_lazy("This is what row %(first)s says already. Keep one of the two rows."),
    "formula": gettext_lazy("This is a formula. Copy the column and paste it as values."),
    "missing": gettext_lazy("This is empty, but it is needed."),
    "error_value": gettext_lazy("“%(text)s” is a fault of the spreadsheet. Write what is meant."),
    "too_long": gettext_lazy("“%(text)s” is longer than %(longest)s characters. Write it shorter."),
    "not_a_number": gettext_lazy("“%(text)s” is not a number. Write it like this: %(example)s."),
    "grouped": gettext_lazy("“%(text)s” has a sign between its digits. Write it like this: %(better)s."),
    "places": gettext_lazy("“%(text)s” has more than two decimal places. Write at most two, for example 80.25."),
    "not_above_zero": gettext_lazy("“%(text)s”: the floor area must be above 0."),
    "area_too_large": gettext_lazy("“%(text)s”: a home is smaller than 100000 m². Check the decimal point."),
    "not_whole": gettext_lazy("“%(text)s” is no whole number. Write it like this: 3."),
    "out_of_range": gettext_lazy("“%(text)s” is not between 0 and %(most)s."),
    "serial": gettext_lazy(
        "“%(text)s” is the number by which a spreadsheet counts days. If it means %(better)s, write it like that."
    ),
    "not_a_day": gettext_lazy("“%(text)s” is not a date. Write it like this: 2026-01-05."),
    "not_a_code": gettext_lazy("“%(text)s” is not a code: letters, digits and hyphens only."),
    "not_a_phone": gettext_lazy("This is not a phone number. Write 11 digits, or a landline with its area code."),
    "not_a_choice": gettext_lazy("“%(text)s” is not among these: %(choices)s."),
    "personal_number": gettext_lazy("A phone or identity number stands here. Delete it."),
    "not_allowed": gettext_lazy("Not allowed: %(reason)s"),
    "ambiguous": gettext_lazy("“%(text)s”: two of this name are registered, so nobody can say which is meant."),
    "no_unit": gettext_lazy("“%(text)s” is the code of no unit here. Only units of your own place can be named."),
    "kind_stays": gettext_lazy("The kind of a unit does not change. Here it is another one than “%(text)s”."),
    "parent_stays": gettext_lazy("This unit hangs elsewhere. A sheet moves no unit: use “Move” on its page."),
    "code_taken": gettext_lazy("The code “%(text)s” is taken."),
    "no_parent": gettext_lazy("“%(text)s” is the code of no unit here, nor of one in this sheet."),
    "in_a_community": gettext_lazy("A community cannot lie within another."),
    "no_prefix": gettext_lazy("A community needs letters for its references, for example KY."),
    "not_initials": gettext_lazy("“%(text)s”: write the first letters in pinyin, at most 20, for example kysq."),
    "not_a_prefix": gettext_lazy("“%(text)s”: write two to four capital letters, for example KY."),
    "unit_stays": gettext_lazy("The person with this number is registered elsewhere. A sheet does not change that."),
    "no_partner": gettext_lazy("The partner “%(text)s” is not registered in this community."),
    "no_member": gettext_lazy("No member here has the number “%(text)s”. Import the members first."),
    "ends_before": gettext_lazy("“%(text)s” lies before the first day."),
    "ended_already": gettext_lazy("This ends on %(day)s already. Appoint anew, with another first day."),
    "overlap": gettext_lazy("This person already holds this post here in that time."),
    "no_estate": gettext_lazy("The estate “%(text)s” is not registered here. Import the estates first."),
    "no_building": gettext_lazy(
        "The building “%(text)s” is not registered in this estate. Import the buildings first."
    ),
    "two_owners": gettext_lazy("A home that is not sold belongs to the developer: leave the code “%(text)s” out."),
    "no_home": gettext_lazy("The home “%(text)s” is not registered in this building. Import the homes first."),
}


def sentence(problem: Problem) -> str:
    """What is wrong, without the place."""
    text = problem.text if len(problem.text) <= LONGEST else problem.text[:LONGEST] + "…"
    return str(SENTENCES[problem.code]) % {"text": text, **problem.about}


def in_words(problem: Problem) -> str:
    """What is wrong and where: row 12, floor area: …"""
    about = {"row": problem.row, "column": problem.header, "problem": sentence(problem)}
    if not problem.row:
        return about["problem"]
    if not problem.header:
        return _("Row %(row)s: %(problem)s") % about
    return _("Row %(row)s, %(column)s: %(problem)s") % about
