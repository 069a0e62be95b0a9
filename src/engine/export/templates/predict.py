# python predict.py TABLE.csv PREDICTIONS.csv
# Needs: pip install numpy onnxruntime
# Beside it lie model.onnx and predict.json, which says how each column of the model's input is made:
# a number in a cell, whether a cell is a value, or a constant.
import csv
import gzip
import io
import json
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
import onnxruntime as ort

HERE = Path(__file__).parent
PLAN = json.loads((HERE / "predict.json").read_text(encoding="utf-8"))
INPUTS, LABELS, WORDS, MISSING = PLAN["inputs"], PLAN["labels"], PLAN["words"], set(PLAN["missing"])
COMMA = PLAN["decimal"] == ","

BLOCK = 10_000
PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
CURRENCY = re.compile(r"^([+-]?)\s?(?:US\$|[$€£¥₹₩\uffe5])\s?|\s?[$€£¥₹₩\uffe5元%]$")
GROUPED = re.compile(
    r"[+-]?[0-9]{1,3}([.'’ \u00a0\u202f\u2009])[0-9]{3}(?:\1[0-9]{3})*(?:,[0-9]*)?"
    if COMMA
    else r"[+-]?[0-9]{1,3}([,'’ \u00a0\u202f\u2009])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]*)?"
)
NOT_OF_A_NUMBER = re.compile(r"[^0-9,+-]" if COMMA else r"[^0-9.+-]")


def key(text):
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFKC", text).strip().lower())


def is_missing(text):
    return text == "" or text.lower() in MISSING


def number(text):
    if is_missing(text):
        return float("nan")
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    bracketed = re.fullmatch(r"\((.*[0-9].*)\)", text)
    if bracketed:
        return -number(bracketed.group(1))
    plain = CURRENCY.sub(lambda found: found.group(1) or "", text.replace("−", "-", 1))
    if GROUPED.fullmatch(plain):
        plain = NOT_OF_A_NUMBER.sub("", plain)
    pointed = plain.replace(",", ".", 1) if COMMA else plain
    # float() alone would read "infinity" and "1_000".
    return float(pointed) if PLAIN.fullmatch(pointed) else float("nan")


def cell(row, at, entry):
    if "fill" in entry:
        return entry["fill"]
    j = at[entry["column"]]
    text = row[j].strip() if j < len(row) else ""
    if "is" not in entry:
        return number(text)
    return float("nan") if is_missing(text) else float(key(text) == entry["is"])


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
    with open(predictions, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([f"predicted_{PLAN['target']}", *(f"probability_{label}" for label in LABELS)])
        for start in range(0, len(rows), BLOCK):
            block = [[cell(row, at, entry) for entry in INPUTS] for row in rows[start : start + BLOCK]]
            out.writerows(predict(session, np.array(block, dtype=np.float32)))


if __name__ == "__main__":
    main(*sys.argv[1:3])
