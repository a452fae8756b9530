#!/usr/bin/env bash
# Start-up: `casecmp timeline netflix` against a static hello-world and against sqlite3 printing the same table.
# Prints the median over ROUNDS (default 10) of the medians of 100 runs each, and of their ratios: the three take turns,
# so that a busy moment of the machine hits them alike. Needs cargo, rustc, hyperfine, sqlite3 and python3.
set -euo pipefail
cd "$(dirname "$0")/.."
machine=$(rustc -vV | sed -n 's/^host: //p')
casecmp=${CARGO_TARGET_DIR:-$PWD/target}/$machine/release/casecmp
cargo build --release --quiet

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo 'fn main() { println!("hello, world"); }' > hello.rs
rustc -C opt-level=3 -C panic=abort -C strip=symbols -C target-feature=+crt-static hello.rs -o hello
"$casecmp" timeline netflix -f csv -o timeline.csv 2> /dev/null
cat > print.sql <<'SQL'
.import --csv timeline.csv t
.mode column
SELECT date, title, otherwise, cite FROM t;
SQL

for round in $(seq "${ROUNDS:-10}"); do
  hyperfine -N --warmup 10 --runs 100 --export-json "$round.json" \
    ./hello "$casecmp timeline netflix" "sqlite3 -init print.sql :memory: .quit" > /dev/null 2>&1
done
python3 - <<'PY'
import glob, json, statistics
rounds = [[r["median"] * 1000 for r in json.load(open(f))["results"]] for f in glob.glob("*.json")]
hello, ours, sqlite = (statistics.median(times) for times in zip(*rounds))
slower = statistics.median(ours / hello for hello, ours, _ in rounds)
faster = statistics.median(sqlite / ours for _, ours, sqlite in rounds)
print(f"hello-world       {hello:.2f} ms")
print(f"casecmp timeline  {ours:.2f} ms = {slower:.2f} x hello-world")
print(f"sqlite3           {sqlite:.2f} ms = {faster:.2f} x casecmp timeline")
PY
