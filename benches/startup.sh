#!/usr/bin/env bash
# Start-up: `casecmp timeline netflix` against a static hello-world and against sqlite3 printing the same table.
# Prints the medians of RUNS (default 300) paired runs and the ratios. Needs cargo, rustc, hyperfine and sqlite3.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-300}
machine=$(rustc -vV | sed -n 's/^host: //p')
casecmp=$PWD/target/$machine/release/casecmp
cargo build --release --quiet

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo 'fn main() { println!("hello, world"); }' > hello.rs
rustc -C opt-level=3 -C panic=abort -C strip=symbols -C target-feature=+crt-static hello.rs -o hello
"$casecmp" timeline netflix -f csv -o timeline.csv
cat > print.sql <<'SQL'
.import --csv timeline.csv t
.mode column
SELECT date, title, otherwise, cite FROM t;
SQL

# The three take turns, so that a busy moment of the machine hits them alike.
for _ in 1 2 3 4 5; do
  hyperfine -N --warmup 20 --runs $((runs / 5)) --export-json "part.json" \
    "$work/hello" "$casecmp timeline netflix" "sqlite3 -init $work/print.sql :memory: .quit" > /dev/null 2>&1
  cat part.json >> all.json
done
python3 - <<'PY'
import json, statistics
decoder, text, times = json.JSONDecoder(), open("all.json").read().strip(), [[], [], []]
while text:
    part, end = decoder.raw_decode(text)
    text = text[end:].strip()
    for collected, result in zip(times, part["results"]):
        collected.extend(result["times"])
hello, ours, sqlite = (statistics.median(t) * 1000 for t in times)
print(f"hello-world       {hello:.2f} ms\ncasecmp timeline  {ours:.2f} ms = {ours / hello:.2f} x hello-world")
print(f"sqlite3           {sqlite:.2f} ms = {sqlite / ours:.2f} x casecmp timeline")
PY
