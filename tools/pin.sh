#!/bin/sh
# Renew constraints.txt from what a fresh environment gets today. Then run make test.
set -eu
cd "$(dirname "$0")/.."

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"${PYTHON:-python3}" -m venv "$fresh"
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check ".[dev]"
{
    head -n 1 constraints.txt
    "$fresh/bin/python" -m pip freeze | grep '^[A-Za-z0-9_.-]*==' | grep -v '^chatprobe=='
} >"$fresh/constraints.txt"
mv "$fresh/constraints.txt" constraints.txt
