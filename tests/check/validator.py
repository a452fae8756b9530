"""Validates Data Packages: a path a line in, the rules that each breaks out, as JSON."""

import json
import sys

from frictionless import validate


def errors(path):
    try:
        report = validate(path, limit_errors=100_000)
    except Exception as error:  # It does not get over some descriptors.
        return [{"type": "crash", "note": repr(error)}]
    found = [{"type": error.type, "note": error.message} for error in report.errors]
    for task in report.tasks:
        for error in task.errors:
            row = getattr(error, "row_number", None)
            found.append({"table": task.name, "type": error.type, "row": row, "note": error.message})
    return found


json.dump([errors(line.rstrip("\n")) for line in sys.stdin], sys.stdout)
