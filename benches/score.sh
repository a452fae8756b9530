#!/usr/bin/env bash
# Surveys: `casecmp score nps FILE --by company` against `cat FILE > /dev/null`, DuckDB, polars and `xan parallel groupby`,
# which count the answers of each company, two threads each. Every count is compared before anything is timed.
# Prints the medians over ROUNDS (default 5) and the medians of the ratios within a round: all take turns, so that a busy
# moment of the machine hits them alike. Then the memory that casecmp holds, and what a second thread is worth when
# another process keeps a core busy. Files are in the page cache, read into it from beginning to end: where they came there in
# small pieces, as programs write them or several threads read them, `cat` takes up to twice as long, and all others longer.
#
# ROWS=200000 makes no file longer than that. BENCH_DATA=dir keeps the files (5 GB) and uses those that are there.
# CASECMP=program times another build. PYTHON has duckdb and polars, XAN is xan; else those of the PATH.
# Needs cargo, python3 with duckdb (2.0) and polars (2.1), xan (0.61) and GNU time.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
data=$(realpath -m "${BENCH_DATA:-$work}")
mkdir -p "$data"
cd "$(dirname "$0")/.."
if [ -z "${CASECMP:-}" ]; then
  cargo build --release --quiet
  CASECMP=${CARGO_TARGET_DIR:-$PWD/target}/$(rustc -vV | sed -n 's/^host: //p')/release/casecmp
fi

# Makes a survey of so many rows, and at most ROWS, unless it is there.
files=()
survey() {
  local shape=$1 rows=$2 variant=$3 file
  shift 3
  if [ "$rows" -gt "${ROWS:-$rows}" ]; then rows=$ROWS; fi
  file=$data/$shape-${rows/%000000/m}$variant.csv
  case " ${files[*]:-} " in *" $file "*) return ;; esac
  if [ ! -e "$file" ]; then
    python3 benches/survey.py --rows "$rows" "$@" > "$file.part"
    mv "$file.part" "$file"
  fi
  files+=("$file")
}
survey wide 1000000 -2 --groups 2
survey wide 1000000 -50 --groups 50
survey wide 1000000 -crlf --crlf
survey wide 1000000 -newlines --newlines 0.3
survey wide 20000000 -2 --groups 2
survey wide 20000000 -50 --groups 50
survey narrow 50000000 "" --narrow

# A process of its own for every measurement: counts the answers of each company and prints them with the seconds it took.
# The clock starts when Python is up, the library imported, its threads started, and a survey of one row counted, for
# nobody who uses these libraries pays that anew for every file. casecmp, cat and xan pay for their start.
cat > "$work/library.py" <<'PY'
import json, sys, time
library, file, warm = sys.argv[1:]
TYPES = {"id": "BIGINT", "company": "VARCHAR", "country": "VARCHAR", "date": "VARCHAR", "channel": "VARCHAR", "score": "TINYINT", "comment": "VARCHAR"}
def columns(file):
    return {name: TYPES[name] for name in open(file).readline().strip().split(",")}
if library == "duckdb":
    import duckdb
    connection = duckdb.connect(config={"threads": 2})
    def count(file):
        return connection.execute(
            "SELECT company, score, count(*) FROM read_csv($file, columns = $columns, delim = ',', quote = '\"', escape = '\"', header = true,"
            " auto_detect = false, parallel = true) GROUP BY ALL", {"file": file, "columns": columns(file)}).fetchall()
else:
    import polars
    POLARS = {"BIGINT": polars.Int64, "VARCHAR": polars.String, "TINYINT": polars.Int8}
    def count(file):
        survey = polars.scan_csv(file, schema={name: POLARS[kind] for name, kind in columns(file).items()})
        return survey.select("company", "score").group_by("company", "score").len().collect(engine="streaming").rows()
count(warm)
start = time.perf_counter()
counted = count(file)
print(json.dumps([time.perf_counter() - start, counted]))
PY

PYTHON=${PYTHON:-python3} XAN=${XAN:-xan} ROUNDS=${ROUNDS:-5} CASECMP=$CASECMP WORK=$work POLARS_MAX_THREADS=2 python3 - "${files[@]}" <<'PY'
import csv, json, os, subprocess, sys, time
from statistics import median

CASECMP, PYTHON, XAN, WORK = (os.environ[name] for name in ["CASECMP", "PYTHON", "XAN", "WORK"])
ROUNDS = int(os.environ["ROUNDS"])
COUNTS = ["answers", "missing", "promoters", "passives", "detractors"]  # the columns of casecmp

def run(command, **more):
    return subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, **more).stdout

def quiet(command):
    """Returns the seconds that a command takes, from its start."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start

def casecmp(file, *more):
    return [CASECMP, "score", "nps", file, "--by", "company", "-f", "csv", *more]

def xan(file):
    return [XAN, "parallel", "groupby", "-t", "2", "company,score", "count() as n", file]

def library(name, file):
    """Returns the seconds without the start of Python, and rows of company, score and count."""
    with open(file) as survey, open(f"{WORK}/warm.csv", "w") as warm:
        header = survey.readline().strip()
        warm.write(f"{header}\n7{',7' * header.count(',')}\n")
    return json.loads(run([PYTHON, f"{WORK}/library.py", name, file, f"{WORK}/warm.csv"]))

def warm(file):
    """Reads a file into the page cache anew."""
    with open(file, "rb", buffering=0) as survey:
        os.fsync(survey.fileno())
        os.posix_fadvise(survey.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        while survey.read(1 << 20):
            pass

def answered(rows):
    """Returns the counts of each company as casecmp gives them, from rows of company, score and count."""
    companies = {}
    for company, score, count in rows:
        counts = companies.setdefault(company, dict.fromkeys(COUNTS, 0))
        if score in (None, ""):
            counts["missing"] += int(count)
            continue
        kind = "promoters" if int(score) >= 9 else "passives" if int(score) >= 7 else "detractors"
        counts["answers"] += int(count)
        counts[kind] += int(count)
    return companies

def check(file):
    """Ends the run when casecmp does not count what DuckDB counts; says so when another peer does not."""
    _, wanted = library("duckdb", file)
    wanted = answered(wanted)
    ours = {row["company"]: {name: int(row[name]) for name in COUNTS} for row in csv.DictReader(run(casecmp(file)).splitlines())}
    if ours != wanted:
        wrong = sorted(company for company in ours.keys() | wanted.keys() if ours.get(company) != wanted.get(company))
        sys.exit(f"{file}: `{wrong[0]}`: casecmp counts {ours.get(wrong[0])}, duckdb {wanted.get(wrong[0])}")
    if answered(library("polars", file)[1]) != wanted:
        print("  polars counts otherwise")
    table = csv.DictReader(run(xan(file)).splitlines())
    if answered((row["company"], row["score"], row["n"]) for row in table) != wanted:
        print("  xan counts otherwise")
    return sum(counts["answers"] + counts["missing"] for counts in wanted.values())

def line(name, seconds, ratio=""):
    print(f"  {name:<22}{seconds * 1000:9.1f} ms{ratio}")

def compare(file):
    times = {
        "cat": lambda: quiet(["cat", file]),
        "casecmp": lambda: quiet(casecmp(file)),
        "duckdb": lambda: library("duckdb", file)[0],
        "polars": lambda: library("polars", file)[0],
        "xan": lambda: quiet(xan(file)),
    }
    rounds = [{name: seconds() for name, seconds in times.items()} for _ in range(ROUNDS)]
    for name in times:
        over, under = (name, "casecmp") if name not in ("cat", "casecmp") else ("casecmp", "cat")
        ratio = median(each[over] / each[under] for each in rounds)
        line(name, median(each[name] for each in rounds), "" if name == "cat" else f" = {ratio:.2f} x {under}")

def memory(file, stdin):
    """Returns the megabytes that casecmp holds at most. GNU time asks, for a child of Python is charged with what Python held."""
    asked = ["time", "-f", "%M", "-o", f"{WORK}/peak", *casecmp(file)]
    subprocess.run(asked, check=True, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return int(open(f"{WORK}/peak").read()) / 1024

def threads(file, machine):
    rounds = [[quiet(casecmp(file, "--threads", number)) for number in "12"] for _ in range(ROUNDS)]
    one, two = (median(times) for times in zip(*rounds))
    line(f"1 thread, {machine}", one)
    line(f"2 threads, {machine}", two, f" = {median(two / one for one, two in rounds):.2f} x 1 thread")

for file in sys.argv[1:]:
    print(f"{os.path.basename(file)}, {os.path.getsize(file) / 1e9:.3f} GB", flush=True)
    warm(file)
    rows = check(file)
    print(f"  {rows} rows, casecmp counts as duckdb does")
    compare(file)

largest = max(sys.argv[1:], key=os.path.getsize)
print(f"{os.path.basename(largest)}, casecmp alone")
with subprocess.Popen(["cat", largest], stdout=subprocess.PIPE) as cat:
    piped = memory("-", cat.stdout)
print(f"  {memory(largest, subprocess.DEVNULL):.1f} MB held, {piped:.1f} MB from a pipe")
threads(largest, "idle")
busy = subprocess.Popen(["sh", "-c", "while :; do :; done"])
try:
    threads(largest, "busy")
finally:
    busy.kill()
PY
