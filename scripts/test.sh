# shellcheck shell=bash
# Every suite runs even when an earlier one failed, so that one log shows everything.

# name | what it is
suites=(
  "native|the core, compiled for this machine"
  "wasm-node|the core as wasm, in Node"
  "wasm-browser|the core as wasm, in headless Chromium"
  "package|the packed npm package: Node, workerd, a bundle in Chromium, TypeScript"
  "sandbox|the local Graph API"
  "edge|the Worker's parts, in workerd"
  "edge-e2e|the Worker against the sandbox over HTTP, killed and restarted"
  "soak|thousands of messages through the Worker, a third of them faulted, killed again and again; then the two ledgers compared"
  "page|the page in Chromium, from a keystroke to a delivery that was read"
)
results="$root/tests/results"

test_all() {
  if [[ ${1:-} == --list ]]; then
    printf '%s\n' "${suites[@]}" | sed 's/|/\t/' | expand -t 16
    return
  fi
  local names=("$@") name
  for name in "${names[@]}"; do
    printf '%s\n' "${suites[@]}" | grep -q "^$name|" || die "there is no suite \`$name\`: see ./build.sh test --list"
  done
  [[ ${#names[@]} -gt 0 ]] || mapfile -t names < <(printf '%s\n' "${suites[@]}" | cut -d'|' -f1)
  rm -rf "$results"
  mkdir -p "$results"

  prepare "${names[@]}"
  local failed=() begin
  for name in "${names[@]}"; do
    printf '\n=== %s\n' "$name"
    begin=$SECONDS
    # In a subshell that stops at the first failing command; `if` around it would switch that off.
    set +e
    (set -e; "suite_${name//-/_}")
    local status=$?
    set -e
    [[ $status == 0 ]] || failed+=("$name")
    printf '=== %s: %s in %s s\n' "$name" "$([[ $status == 0 ]] && echo passed || echo FAILED)" $((SECONDS - begin))
  done

  printf '\n'
  if ((${#failed[@]} > 0)); then printf 'failed suites: %s\n' "${failed[*]}"; fi
  # The one line for readers of logs who know neither vitest's nor Playwright's summary.
  node scripts/count-results.mjs "$results"
  ((${#failed[@]} == 0))
}

# Installs and builds once what the chosen suites need.
prepare() {
  need_packages all
  [[ "$*" != native ]] || return 0
  build_all
  if [[ " $* " == *" wasm-browser "* || " $* " == *" package "* || " $* " == *" page "* ]]; then need_chromium; fi
}

suite_native() {
  need_rust
  # The same cases on every run, so that red means broken; PROPTEST_RNG_SEED=$RANDOM looks for new ones.
  export PROPTEST_RNG_SEED="${PROPTEST_RNG_SEED:-20261126}"
  # nextest shows nothing of a test that passes, so what the corpus tests say of it is said here, too.
  [[ -n ${PREFLIGHT_CORPUS:-} ]] || warn "PREFLIGHT_CORPUS is not set: the tests of the corpus are skipped"
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --no-fail-fast
  else
    cargo test --no-fail-fast --lib --tests
  fi
  cargo test --doc
}

suite_wasm_node() { wasm_test wasm_node; }

suite_wasm_browser() {
  need_chromium
  wasm_test wasm_browser
}

wasm_test() {
  need_bindgen
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="$tools/bin/wasm-bindgen-test-runner" \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Ctarget-feature=$message_features" \
    wasm_cargo test --target-dir "$CARGO_TARGET_DIR/wasm-tests" --test "$1"
}

suite_package() {
  node --test --test-timeout=300000 "tests/package/*.test.ts"
}

suite_sandbox() { npm test --workspace sandbox; }

suite_edge() {
  cd edge
  ../node_modules/.bin/vitest run --reporter=default --reporter=json --outputFile.json="$results/vitest-edge.json"
}

suite_edge_e2e() {
  cd edge
  node --test --test-concurrency=1 --test-timeout=600000 "tests/e2e/*.test.ts"
}

# SOAK_MESSAGES, SOAK_KILLS and SOAK_SEED say how many, how often and which faults.
suite_soak() {
  cd edge
  node --test --test-concurrency=1 --test-timeout=900000 "tests/soak/*.test.ts"
}

suite_page() {
  need_chromium
  PLAYWRIGHT_JSON_OUTPUT_NAME="$results/playwright-page.json" \
    node_modules/.bin/playwright test --config tests/e2e/playwright.config.ts --reporter=list,json
}
