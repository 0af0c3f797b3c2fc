# shellcheck shell=bash

bench_all() {
  if [[ ${1:-} == throughput ]]; then
    shift
    bench_throughput "$@"
    return
  fi
  need_packages all
  build_all
  compile_wasm bench "the core with the variants it is compared with" --no-default-features --features bench
  shrink_wasm "$(compiled_wasm bench)" "$stamps/bench.out" core glue
  node benches/boundary.mjs "$stamps/bench.out"
  node benches/check.mjs
  node benches/peer.mjs
  node benches/build.mjs
  node benches/batch.mjs
}

# bench_throughput [latency|cpu|cost]: the Worker beside a bare fetch loop, and what one message costs.
bench_throughput() {
  need_packages all
  build_all
  (cd edge && node bench/throughput.ts "$@")
}
