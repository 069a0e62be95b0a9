# python predict.py TABLE.csv PREDICTIONS.csv
# Needs: pip install numpy onnxruntime
# Beside it lie model.onnx and predict.json, which says how each column of the model's input is made:
# a number in a cell, a part of a date, whether a cell is a value, or a constant.
import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import onnxruntime as ort

HERE = Path(__file__).parent
PLAN = json.loads((HERE / "predict.json").read_text(encoding="utf-8"))
INPUTS, LABELS, WORDS, CELLS = PLAN["inputs"], PLAN["labels"], PLAN["words"], PLAN["cells"]
MISSING, USUAL, FORMS = set(PLAN["missing"]), set(PLAN["usual"]), PLAN["numbers"]

BLOCK = 10_000


def compiled(source, flags=0):
    """A pattern with the digits 0 to 9 alone."""
    parts = re.split(r"(\\.|\[\^?|\])", source)
    in_class = False
    for i, part in enumerate(parts):
        if part.startswith("[") and not in_class:
            in_class = True
        elif part == "]":
            in_class = False
        elif part == r"\d":
            parts[i] = "0-9" if in_class else "[0-9]"
    return re.compile("".join(parts), flags)


PLAIN = compiled(FORMS["plain"], re.IGNORECASE)
ARTICLE = compiled(FORMS["article"], re.IGNORECASE)
PERCENT = compiled(FORMS["percent"])
BRACKETS = compiled(FORMS["brackets"])
TRAILING_MINUS = compiled(FORMS["trailingMinus"])
BOUND = compiled(FORMS["bound"])
SIGN_BEFORE, SIGN_AFTER = map(compiled, FORMS["signs"])
NAME_BEFORE, NAME_AFTER = map(compiled, FORMS["names"])
CREDIT = compiled(FORMS["credit"])
TIMES_AFTER = compiled(FORMS["timesAfter"], re.IGNORECASE)
GROUPED = {mark: compiled(source) for mark, source in FORMS["grouped"].items()}
OTHER_MARK = {mark: compiled(source) for mark, source in FORMS["otherMark"].items()}


def key(text):
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", text).strip().lower())


def is_missing(text, style):
    return text == "" or text in MISSING or (text != style.get("valueMark") and text in USUAL)


def number(text, style):
    """The number in a cell, as its column writes numbers."""
    if is_missing(text, style):
        return float("nan")
    if style.get("isTruth") and text.lower() in WORDS:
        return WORDS[text.lower()]
    value = parsed(text, style["decimal"], style.get("unit", ""), style.get("hasCurrency", False))
    return value if abs(value) < float("inf") else float("nan")


def parsed(text, decimal, unit="", has_currency=False):
    if len(text) > FORMS["longest"]:
        return float("nan")
    bracketed = BRACKETS.search(text)
    if bracketed:
        value = parsed(bracketed[1], decimal, unit, has_currency)
        return -value if value >= 0 else float("nan")
    text = "".join(FORMS["written"].get(letter, letter) for letter in text)
    plain = PERCENT.sub("", BOUND.sub("", re.sub("^[−–]", "-", text)))
    if unit and plain.endswith(unit):
        plain = plain.removesuffix(unit).rstrip()
    if has_currency:
        rest, times = named(plain)
    else:
        rest, times = SIGN_AFTER.sub("", SIGN_BEFORE.sub(r"\1", plain)), 1
    if rest != text and BRACKETS.search(rest):
        return parsed(rest, decimal)
    return signed(rest, decimal) * times


def named(amount):
    """An amount without its currency, and what it is to be multiplied by."""
    text = NAME_BEFORE.sub(r"\1", amount)
    had_sign = text != amount
    text = NAME_AFTER.sub("", text)
    found = TIMES_AFTER.search(text) if had_sign else None
    if found:
        text = TIMES_AFTER.sub("", text)
    credit = CREDIT.search(text)
    sign = -1 if credit and credit[0].endswith("CR") else 1
    return CREDIT.sub("", text), sign * (FORMS["times"][found[1].lower()] if found else 1)


def signed(text, decimal):
    behind = TRAILING_MINUS.search(text)
    if behind:
        return -signed(behind[1], decimal)
    if GROUPED[decimal].search(text):
        kept = re.sub("[^0-9,+-]" if decimal == "," else "[^0-9.+-]", "", text)
        return float(kept.replace(",", "."))
    if OTHER_MARK[decimal].search(text):
        return float(text.replace(",", "."))
    pointed = text if decimal == "." else re.sub("^([^.,]*),", r"\1.", text)
    # float() alone would read "infinity" and "1_000".
    is_number = PLAIN.search(pointed) and not ARTICLE.search(pointed)
    return float(pointed) if is_number else float("nan")


DATES = PLAN.get("dates", {"plain": [], "ordered": "$^", "months": []})


def pattern(source):
    return re.compile(source.replace(r"\p{L}", r"[^\W\d_]"), re.IGNORECASE)


PLAIN_DATES = [(parts, pattern(source)) for parts, source in DATES["plain"]]
ORDERED_DATE = pattern(DATES["ordered"])
MONTHS = [re.compile(source) for source in DATES["months"]]


def month_of(name):
    return next((i + 1 for i, month in enumerate(MONTHS) if month.match(name.lower())), 0)


def date(text, style, is_month_first):
    """The moment that a cell names, or None."""
    if is_missing(text, style):
        return None
    for parts, form in PLAIN_DATES:
        found = form.search(text)
        if not found:
            continue
        part = dict(zip(parts, found.groups()))
        month = month_of(part["n"]) if "n" in part else int(part["m"])
        rest = found.groups()[3:] + (None,) * 6
        zone = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", rest[5] or "")
        ahead = int(zone[1] + "1") * (int(zone[2]) * 60 + int(zone[3])) if zone else 0
        return moment(year_of(part["y"]), month, int(part.get("d", 1)), rest, ahead)
    found = ORDERED_DATE.search(text)
    if not found:
        return None
    first, _, second, year, *rest = found.groups()
    month, day = (first, second) if is_month_first else (second, first)
    return moment(year_of(year), int(month), int(day), rest, 0)


def year_of(written):
    """Of two digits those from 70 on are of the last century."""
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 70 else 1900)


def moment(year, month, day, clock, minutes_ahead):
    hour, minute, second, fraction, half = clock[:5]
    hours, minutes, seconds = int(hour or 0), int(minute or 0), int(second or 0)
    if hours > (12 if half else 24) or minutes > 59 or seconds > 60:
        return None
    if half:
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    seconds += float(f"0.{fraction or 0}")
    try:
        past = timedelta(hours=hours, minutes=minutes - minutes_ahead, seconds=seconds)
        return datetime(year, month, day) + past
    except (ValueError, OverflowError):
        return None


def part_of(when, part):
    if when is None:
        return float("nan")
    if part == "month":
        return when.month
    if part == "weekday":
        return (when.weekday() + 1) % 7  # Sunday is 0.
    if part == "hour":
        return when.hour + when.minute / 60
    return when.year + (when.month - 1) / 12 + (when.day - 1) / 372


def month_comes_first(texts, style):
    """Whether months come before days: where more second parts are too large for one, or as before."""
    if "order" in DATES:
        return DATES["order"] == "month"
    found = [match for match in map(ORDERED_DATE.search, texts) if match]
    more = sum((int(one[3]) > 12) - (int(one[1]) > 12) for one in found)
    return style.get("dateOrder") == "month" if more == 0 else more > 0


def cell(row, at, entry, month_first):
    if "fill" in entry:
        return entry["fill"]
    j = at[entry["column"]]
    text = row[j].strip() if j < len(row) else ""
    style = CELLS[entry["column"]]
    if "part" in entry:
        return part_of(date(text, style, month_first[entry["column"]]), entry["part"])
    if key(text) in entry.get("numbers", {}):
        meant = entry["numbers"][key(text)]
        return float("nan") if meant is None else meant
    wanted = [entry["is"]] if "is" in entry else entry.get("among")
    if wanted is None:
        return number(text, style)
    return float("nan") if is_missing(text, style) else float(key(text) in wanted)


def read(path):
    """The rows of a table, and where each of its columns is."""
    data = Path(path).read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode(PLAN["encoding"])
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=PLAN["delimiter"])
    rows = [row for row in lines if row]
    header = rows.pop(0) if PLAN["hasHeader"] else ["" for _ in rows[0]]
    at = {}
    for j, name in enumerate(header):
        wanted = re.sub(r"\s+", " ", name.strip()) or f"column {j + 1}"
        unused, n = wanted, 2
        while unused in at:
            unused, n = f"{wanted} ({n})", n + 1
        at[unused] = j
    for entry in INPUTS:
        if "column" in entry and entry["column"] not in at:
            sys.exit(f'{path} has no column "{entry["column"]}"')
    return rows, at


def predict(session, block):
    """One line for each row: a value, or a label and the share of every label."""
    if not LABELS:
        return [[float(value[0])] for value in session.run(["values"], {"X": block})[0]]
    best, shares = session.run(["label", "probabilities"], {"X": block})
    return [[LABELS[int(code)], *map(float, row)] for code, row in zip(best, shares)]


def main(table, predictions):
    rows, at = read(table)
    session = ort.InferenceSession(str(HERE / "model.onnx"))
    dated = {entry["column"] for entry in INPUTS if "part" in entry}
    month_first = {
        name: month_comes_first(
            (row[at[name]].strip() for row in rows if at[name] < len(row)), CELLS[name]
        )
        for name in dated
    }
    with open(predictions, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([f"predicted_{PLAN['target']}", *(f"probability_{label}" for label in LABELS)])
        for start in range(0, len(rows), BLOCK):
            block = [
                [cell(row, at, entry, month_first) for entry in INPUTS]
                for row in rows[start : start + BLOCK]
            ]
            out.writerows(predict(session, np.array(block, dtype=np.float32)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
