# shellcheck shell=bash

# The lives of tests/delivery_simulation.rs, as many as wanted, or one again.
simulate_all() {
  need_rust
  step "compiling the simulation" cargo build --quiet --profile simulate --example simulate
  "$CARGO_TARGET_DIR/simulate/examples/simulate" "$@"
}
