#!/bin/sh
# Rewrites the hashed lock files from pyproject.toml. Needs uv on the PATH; no index address is written.
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header "$@" pyproject.toml; }
compile -o requirements.txt
compile --extra test -c requirements.txt -o requirements-test.txt
compile --extra test --extra lint -c requirements-test.txt -o requirements-dev.txt
