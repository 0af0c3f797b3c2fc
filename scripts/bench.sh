# shellcheck shell=bash

bench_all() {
  case ${1:-} in
  throughput)
    shift
    bench_throughput "$@"
    return
    ;;
  timing)
    bench_timing
    return
    ;;
  webhooks)
    bench_webhooks
    return
    ;;
  esac
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

# Whether the time of an answer tells what the answer does not.
bench_timing() {
  need_packages all
  build_all
  (cd edge && node bench/timing.ts)
}

# How soon webhooks are acknowledged under load.
bench_webhooks() {
  need_packages all
  build_all
  (cd edge && node bench/webhooks.ts)
}
