#!/usr/bin/env bash
# The one door: builds, starts, tests, measures and checks everything, and installs what is missing on the way.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"

for part in common tools build start test check bench simulate; do
  # shellcheck source=/dev/null
  source "scripts/$part.sh"
done

usage() {
  cat <<'EOF'
usage: ./build.sh <command>

  build          the npm package (pkg/), the Worker's delivery machine (edge/machine/) and the page (www/dist/)
  start          builds, then serves editor, Worker and sandbox on localhost until Ctrl-C
  test [suite…]  builds, then runs every test (or only these suites: see `./build.sh test --list`)
  check          formats, lints, types, generated files
  format         formats Rust, TypeScript, JavaScript and JSON in place
  simulate       runs seeded lives of a sender with faults: [--seeds N] [--events M] [--seed S] [--bug name] [--threads T]
  bench          measures the boundary, the time per check and per batch, and prints build times and sizes
  bench throughput [latency|cpu|cost]
                 measures the Worker against the sandbox beside a bare fetch loop, and counts what a message costs
  bench timing   compares how long answers take that must tell nothing: wrong keys, signatures, others' deliveries (BENCH_PAIRS)
  bench webhooks measures how soon webhooks are acknowledged at 200 a second (BENCH_SECONDS, BENCH_EVENTS)

PREFLIGHT_NO_INSTALL=1     install nothing: name what is missing and stop
PREFLIGHT_WASM_STD=debian  take the wasm target's standard library from Debian's compiler
PREFLIGHT_CORPUS=<folder>  corpus that the corpus tests read (they say so when it is missing)
EOF
}

case "${1:-help}" in
  build) build_all ;;
  start) start_all ;;
  test) shift; test_all "$@" ;;
  check) check_all ;;
  format) format_all ;;
  bench) shift; bench_all "$@" ;;
  help | -h | --help) usage ;;
  *) usage >&2; die "there is no command \`$1\`" ;;
esac
