#!/usr/bin/env python3
"""Writes a survey file, the same bytes for the same arguments: who was asked about which company, what they answered, and why.

    survey.py --rows 1000000 > wide.csv               # id,company,country,date,channel,score,comment: about 105 bytes a row
    survey.py --rows 1000000 --groups 50 --crlf       # 50 companies, lines that end as Windows ends them
    survey.py --rows 1000000 --narrow                 # company,score

4 in 10 comments are quoted: these hold commas, some of them doubled quotes, and 1 in 100 of all comments a newline (`--newlines`).
1 in 100 scores is blank. Companies differ in how many answer and in what they answer.
"""
import argparse
import random
import sys

BLOCK = 1 << 16  # rows written at once
FRONTS = 1 << 16  # what is drawn from: so many beginnings of a row,
COMMENTS = 1 << 14  # and so many ends
BLANK = 0.01
QUOTED = 0.4

COUNTRIES = ["US", "DE", "FR", "GB", "JP", "BR", "IN", "MX"]
CHANNELS = ["email", "web", "app", "phone", "store"]
WORDS = (
    "the a and but it was is my order film series delivery parcel price month account password refund support answer agent app search "
    "great slow late fine easy hard again never always quickly broken cheap dear cancelled renewed watched returned waited works "
    "café naïve Größe 配送 nobody everything better worse than before"
).split()


def companies(groups):
    """Returns the names of so many companies."""
    if groups <= 2:
        return ["amazon", "netflix"][:groups]
    width = max(2, len(str(groups)))
    return [f"company-{number:0{width}}" for number in range(1, groups + 1)]


def fronts(draw, groups, is_narrow):
    """Returns beginnings of rows, from the company to the score."""
    names = companies(groups)
    sizes = [1 + (7 * group) % 5 for group in range(groups)]
    # The steeper, the more of the answers are high ones.
    steepness = [0.4 + 2.6 * ((11 * group) % groups) / groups for group in range(groups)]
    answers = [[(1 + answer) ** steep for answer in range(11)] for steep in steepness]
    made = []
    for group in draw.choices(range(groups), sizes, k=FRONTS):
        score = "" if draw.random() < BLANK else draw.choices(range(11), answers[group])[0]
        date = f"20{draw.randint(20, 26)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        asked = "" if is_narrow else f"{draw.choice(COUNTRIES)},{date},{draw.choice(CHANNELS)},"
        made.append(f"{names[group]},{asked}{score}")
    return made


def comments(draw, newlines):
    """Returns comments as they are written in the file, the given share of them with a newline inside."""
    made = []
    for _ in range(COMMENTS):
        words = draw.choices(WORDS, k=draw.randint(3, 19))
        place = draw.randrange(1, len(words))
        kind = draw.random()
        if kind < max(QUOTED, newlines):
            words[place - 1] += ","
            if kind < newlines:
                words[place] = "\n" * draw.randint(1, 2) + words[place]
            if draw.random() < 0.25:
                words[place] = f'""{words[place]}""'
            made.append('"' + " ".join(words) + '"')
        else:
            made.append(" ".join(words))
    return made


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--groups", type=int, default=2, help="how many companies")
    arguments.add_argument("--narrow", action="store_true", help="company and score only")
    arguments.add_argument("--crlf", action="store_true", help="end lines with carriage return and newline")
    arguments.add_argument("--newlines", type=float, default=0.01, metavar="SHARE", help="share of comments with a newline inside")
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()

    draw = random.Random(given.seed)
    end = "\r\n" if given.crlf else "\n"
    beginnings = fronts(draw, given.groups, given.narrow)
    if given.narrow:
        header = "company,score"
        beginnings = [beginning + end for beginning in beginnings]
    else:
        header = "id,company,country,date,channel,score,comment"
        ends = [f",{comment}{end}" for comment in comments(draw, given.newlines)]
    sys.stdout.buffer.write((header + end).encode())
    for start in range(0, given.rows, BLOCK):
        size = min(BLOCK, given.rows - start)
        rows = draw.choices(beginnings, k=size)
        if not given.narrow:
            numbers = range(start + 1, start + size + 1)
            rows = [f"{number},{row}{rest}" for number, row, rest in zip(numbers, rows, draw.choices(ends, k=size))]
        sys.stdout.buffer.write("".join(rows).encode())


if __name__ == "__main__":
    main()
