#!/usr/bin/env python3
"""Writes a big casebook into a folder, the same bytes for the same arguments.

    casebook.py FOLDER                    # 1000 companies, 100 metrics, 20 years: 2 million KPI values, 170 MB
    casebook.py FOLDER --companies 100    # a tenth of it

The schema of the KPI values is that of the built-in casebook.
"""

import argparse
import json
import random
from pathlib import Path

arguments = argparse.ArgumentParser()
arguments.add_argument("folder", type=Path)
arguments.add_argument("--companies", type=int, default=1000)
arguments.add_argument("--metrics", type=int, default=100)
arguments.add_argument("--years", type=int, default=20)
asked = arguments.parse_args()
chance = random.Random(7)
folder = asked.folder
folder.mkdir(parents=True, exist_ok=True)
schema = json.loads((Path(__file__).parent.parent / "data/schemas/kpis.json").read_text())
columns = [field["name"] for field in schema["fields"]]


def table(name, header, rows):
    with open(folder / name, "w", newline="") as file:
        file.write(header + "\n")
        file.writelines(rows)


def values():
    for company in range(asked.companies):
        for metric in range(asked.metrics):
            for year in range(2005, 2005 + asked.years):
                row = {
                    "id": f"c{company:04}-metric-{metric:03}-{year}",
                    "company": f"c{company:04}",
                    "metric": f"metric-{metric:03}",
                    "relation": "eq",
                    "value": f"{chance.uniform(1, 99):.1f}",
                    "period": str(year),
                    "rank": "normal",
                    "cite": f'"@s{metric % 10}, Table {metric}"',
                }
                yield ",".join(row.get(column, "") for column in columns) + "\n"


companies = (f'c{number:04},Company {number},"@s0, p. {number}"\n' for number in range(asked.companies))
table("companies.csv", "id,name,cite", companies)
units = ["percent", "points", "points"]
metrics = (
    f'metric-{number:03},Metric {number},{units[number % 3]},higher,{"sales" if number % 3 == 0 else ""},"@s1, p. {number}"\n'
    for number in range(asked.metrics)
)
table("metrics.csv", "id,name,unit,polarity,denominator,cite", metrics)
table("kpis.csv", ",".join(columns), values())
sources = [
    {"id": f"s{number}", "type": "report", "title": f"Report {number}", "custom": {"kind": "primary", "cite": f"@s{number}, cover"}}
    for number in range(10)
]
(folder / "sources.json").write_text(json.dumps(sources, indent=1) + "\n")
tables = [{"name": name, "path": f"{name}.csv"} for name in ["companies", "metrics"]]
tables.append({"name": "kpis", "path": "kpis.csv", "type": "table", "format": "csv", "encoding": "utf-8", "schema": schema})
tables.append({"name": "sources", "path": "sources.json"})
(folder / "datapackage.json").write_text(json.dumps({"name": "big", "resources": tables}, indent=1) + "\n")
