#!/usr/bin/env bash
# A casebook of 1,000 companies, 100 metrics and 20 years, 2 million KPI values: `casecmp compare` of two companies on all metrics
# against DuckDB that reads the values of the two from the same file with types given, and `casecmp check` against `frictionless
# validate`. Prints the medians over ROUNDS (default 5) and the medians of the ratios within a round: all take turns. Then the
# memory that casecmp holds. frictionless takes minutes: it validates PART (default 50) companies, once, and so does casecmp then.
#
# BENCH_DATA=dir keeps the files and uses those that are there. CASECMP=program times another build. PYTHON has duckdb,
# FRICTIONLESS is frictionless; else those of the PATH. Needs cargo, python3 with duckdb, frictionless and GNU time.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
data=$(realpath -m "${BENCH_DATA:-$work}")
cd "$(dirname "$0")/.."
if [ -z "${CASECMP:-}" ]; then
  cargo build --release --quiet
  CASECMP=${CARGO_TARGET_DIR:-$PWD/target}/$(rustc -vV | sed -n 's/^host: //p')/release/casecmp
fi
[ -e "$data/big/datapackage.json" ] || python3 benches/casebook.py "$data/big"
[ -e "$data/part/datapackage.json" ] || python3 benches/casebook.py "$data/part" --companies "${PART:-50}"

PYTHON=${PYTHON:-python3} FRICTIONLESS=${FRICTIONLESS:-frictionless} ROUNDS=${ROUNDS:-5} CASECMP=$CASECMP WORK=$work \
  python3 - "$data/big" "$data/part" <<'PY'
import json, os, subprocess, sys, time
from statistics import median

CASECMP, PYTHON, FRICTIONLESS, WORK = (os.environ[name] for name in ["CASECMP", "PYTHON", "FRICTIONLESS", "WORK"])
ROUNDS = int(os.environ["ROUNDS"])
BIG, PART = sys.argv[1:]
TWO = ["c0007", "c0500"]

# The clock starts when Python is up and the library has read a small file, for nobody pays that anew for every question.
DUCKDB = """
import duckdb, json, sys, time
file, two, small = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
connection = duckdb.connect(config={"threads": 2})
def values(file):
    names = open(file).readline().strip().split(",")
    types = {name: "DOUBLE" if name in ("value", "interval_low", "interval_high") else "VARCHAR" for name in names}
    return connection.execute(
        "SELECT company, metric, period, value FROM read_csv($file, columns = $types, delim = ',', quote = '\\"', escape = '\\"',"
        " header = true, auto_detect = false, parallel = true) WHERE list_contains($two, company)",
        {"file": file, "types": types, "two": two}).fetchall()
values(small)
start = time.perf_counter()
found = len(values(file))
print(json.dumps([time.perf_counter() - start, found]))
"""

def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start

def duckdb():
    command = [PYTHON, "-c", DUCKDB, f"{BIG}/kpis.csv", json.dumps(TWO), f"{PART}/kpis.csv"]
    took, found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    assert found == 4000, found
    return took

def memory(*command):
    peak = f"{WORK}/peak"
    quiet = subprocess.DEVNULL
    subprocess.run(["time", "-f", "%M", "-o", peak, *command], check=True, stdin=quiet, stdout=quiet, stderr=quiet)
    return int(open(peak).read()) / 1024

compare = [CASECMP, "compare", *TWO, "--on", "metrics", "--data", BIG, "-f", "csv"]
rounds = [(seconds(compare), duckdb()) for _ in range(ROUNDS)]
ours, theirs = (median(times) for times in zip(*rounds))
print(f"compare two companies on all metrics: {ours * 1000:.0f} ms, {memory(*compare):.1f} MB held")
print(f"  duckdb {theirs * 1000:.0f} ms = {median(their / our for our, their in rounds):.2f} x casecmp")

check = [CASECMP, "check", BIG]
took = median(seconds(check) for _ in range(min(ROUNDS, 3)))
print(f"check the whole: {took:.2f} s, {memory(*check):.0f} MB held")
theirs = seconds([FRICTIONLESS, "validate", f"{PART}/datapackage.json"])
ours = median(seconds([CASECMP, "check", PART]) for _ in range(ROUNDS))
print(f"check a part of it: {ours:.2f} s; frictionless {theirs:.1f} s = {theirs / ours:.1f} x casecmp")
PY
