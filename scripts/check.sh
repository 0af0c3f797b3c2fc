# shellcheck shell=bash
# What a reviewer should never have to say: formats, lints, types, generated files.

check_all() {
  need_packages all
  build_all
  local failed=()
  check "Rust's format" cargo fmt --check
  check "Rust's lints, for this machine" cargo clippy --quiet --all-targets -- -D warnings
  check "Rust's lints, for wasm" wasm_clippy
  check "Rust's lints, for the delivery machine" wasm_clippy --no-default-features --features machine
  check "the format of TypeScript, JavaScript, CSS, HTML and JSON" node_modules/.bin/prettier --check --log-level warn .
  check "types" typecheck
  check "that the Worker deploys (a dry run)" npm run --silent dry-run --workspace edge
  check "generated files" cargo test --quiet --test generated --test delivery_docs
  if has shellcheck; then check "shell scripts" shellcheck --exclude=SC2154 --severity=warning build.sh .ci/run scripts/*.sh; else warn "shell scripts are not checked: shellcheck is not installed"; fi
  ((${#failed[@]} == 0)) || die "failed: $(printf '%s; ' "${failed[@]}")"
  say "all checks passed"
}

check() {
  local what=$1
  shift
  say "checking $what"
  "$@" || failed+=("$what")
}

wasm_clippy() { wasm_cargo clippy --quiet --lib --target-dir "$CARGO_TARGET_DIR/wasm-clippy" "$@" -- -D warnings; }

typecheck() {
  local status=0 project
  for project in tests/package sandbox www; do
    node_modules/.bin/tsc --noEmit --project "$project" || status=1
  done
  # The Worker has one project for each place its files run in.
  npm run --silent typecheck --workspace edge || status=1
  return $status
}

format_all() {
  need_packages all
  cargo fmt
  node_modules/.bin/prettier --write --log-level warn .
}
