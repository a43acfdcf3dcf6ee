#!/usr/bin/env python3
"""Count an owners' vote again from its published list (Civil Code of the PRC, art. 278).

    python3 recount_vote.py LIST.txt

Needs Python 3.6 or newer and nothing else. Areas are whole hundredths of a square metre; no fraction is rounded.
Exit status 0: counted (passed or not); 1: the list contradicts itself.
"""

import hashlib
import sys

THREE_QUARTERS = {"raising_fund", "rebuilding", "change_of_use"}
CHOICES = {"agree", "against", "abstain"}


def fail(sentence):
    print("CONTRADICTION: " + sentence)
    sys.exit(1)


def read(text):
    """The heads as a dictionary, and the votes as (code, choice, area)."""
    lines = text.split("\n")
    if lines[0] != "linli vote list 1" or lines[-1] != "":
        fail("this is no complete list of a vote")
    lines = lines[1:-1]
    try:
        start = lines.index("code,channel,choice,area")
    except ValueError:
        fail("the row of headings is missing")
    heads = dict(line.split(": ", 1) for line in lines[:start])
    votes, codes = [], set()
    for line in lines[start + 1 :]:
        code, _channel, choice, area = line.split(",")
        if code in codes:
            fail("the code " + code + " stands there twice")
        if choice not in CHOICES or not area.isdigit():
            fail("this line cannot be read: " + line)
        codes.add(code)
        votes.append((code, choice, int(area)))
    return heads, votes


def count(heads, votes):
    """Every figure and every comparison: (label, part, whole, numerator, denominator, included, reached)."""
    owners, area = int(heads["owners"]), int(heads["area"])
    part_owners, part_area = len(votes), sum(vote[2] for vote in votes)
    yes = [vote for vote in votes if vote[1] == "agree"]
    if part_owners > owners or part_area > area:
        fail("more voted than may vote")
    needed = (3, 4, True) if heads["matter"] in THREE_QUARTERS else (1, 2, False)
    rows = [
        ("owners taking part", part_owners, owners) + (2, 3, True),
        ("area taking part", part_area, area) + (2, 3, True),
        ("owners agreeing", len(yes), part_owners) + needed,
        ("area agreeing", sum(vote[2] for vote in yes), part_area) + needed,
    ]
    return [row + (reached(*row[1:]),) for row in rows]


def reached(part, whole, numerator, denominator, included):
    if whole <= 0:
        return False
    left, right = part * denominator, whole * numerator
    return left >= right if included else left > right


def main(arguments):
    if len(arguments) != 1:
        print(__doc__)
        return 2
    with open(arguments[0], "rb") as file:
        data = file.read()
    heads, votes = read(data.decode("utf-8"))
    print("SHA-256 of the list: " + hashlib.sha256(data).hexdigest())
    print("matter: " + heads["matter"])
    rows = count(heads, votes)
    for label, part, whole, numerator, denominator, included, yes in rows:
        words = "at least" if included else "more than"
        print(
            "%s: %d of %d, %s %d/%d: %s" % (label, part, whole, words, numerator, denominator, "yes" if yes else "no")
        )
    print("RESULT: " + ("passed" if all(row[-1] for row in rows) else "not passed"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
