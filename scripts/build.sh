# shellcheck shell=bash
# Rust → wasm → npm package. cargo decides what to compile; the steps after it run only for a wasm that changed.

build_all() {
  local begin=$SECONDS
  build_package
  build_machine
  build_page
  say "built in $((SECONDS - begin)) s"
}

build_package() {
  need_packages run
  need_bindgen
  compile_wasm package "the core"
  local wasm key
  wasm=$(compiled_wasm package)
  key=$(wasm_key "$wasm")
  if ! is_fresh package "$key" || [[ ! -f pkg/core.wasm || ! -f pkg/glue.js || ! -f pkg/bytes.js ]]; then
    step "generating the glue and shrinking the wasm (a few seconds)" shrink_wasm "$wasm" "$stamps/package.out"
    node scripts/write-bytes.mjs "$stamps/package.out/core.wasm" "$stamps/package.out/bytes.js"
    copy_changed pkg "$stamps"/package.out/{core.wasm,glue.js,bytes.js}
    stamp package "$key"
  fi
  copy_changed pkg js/*.js js/*.d.ts js/rules.json README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE
  copy_changed pkg/docs docs/rules.md
  node scripts/print-sizes.mjs pkg/core.wasm
}

# The delivery machine is a module of its own, so that browsers do not carry it.
build_machine() {
  need_packages run
  need_bindgen
  compile_wasm machine "the delivery machine" --no-default-features --features machine
  local wasm key
  wasm=$(compiled_wasm machine)
  key=$(wasm_key "$wasm")
  if ! is_fresh machine "$key" || [[ ! -f edge/machine/core.wasm || ! -f edge/machine/glue.js ]]; then
    step "generating the glue and shrinking the wasm (a few seconds)" shrink_wasm "$wasm" "$stamps/machine.out"
    copy_changed edge/machine "$stamps"/machine.out/{core.wasm,glue.js,glue.d.ts}
    stamp machine "$key"
  fi
  node scripts/print-sizes.mjs edge/machine/core.wasm
}

build_page() {
  need_packages run
  local key
  key=$(fingerprint www pkg package-lock.json)
  is_fresh page "$key" && [[ -f www/dist/index.html ]] && return 0
  step "bundling the page (a few seconds)" npm run --silent build --workspace www -- --logLevel warn
  stamp page "$key"
}

# compile_wasm <kind> <name> <cargo argument…>: each kind in a folder of its own, so that they do not evict each other.
compile_wasm() {
  local kind=$1 name=$2
  shift 2
  step "compiling $name to wasm (a minute the first time)" \
    wasm_cargo build --quiet --lib --release --target-dir "$CARGO_TARGET_DIR/$kind" "$@"
}

compiled_wasm() { printf '%s' "$CARGO_TARGET_DIR/$1/$wasm_target/release/wa_preflight.wasm"; }

wasm_key() {
  { fingerprint "$1" scripts/build.sh scripts/write-bytes.mjs; locked_version wasm-bindgen; node -p 'require("./node_modules/binaryen/package.json").version'; } |
    sha256sum | cut -d' ' -f1
}

# shrink_wasm <compiled wasm> <folder>: leaves core.wasm, glue.js and glue.d.ts there.
shrink_wasm() {
  local wasm=$1 folder=$2
  rm -rf "$folder"
  # The target `web` is the only one whose output loads everywhere; the reset function is how js/ recovers from a trap.
  "$tools/bin/wasm-bindgen" --target web --omit-default-module-path --experimental-reset-state-function \
    --remove-name-section --remove-producers-section --out-dir "$folder" --out-name glue "$wasm"
  # No feature flags: with --all-features no engine loads the result.
  node_modules/.bin/wasm-opt -Os "$folder/glue_bg.wasm" -o "$folder/core.wasm"
  node -e 'new WebAssembly.Module(require("node:fs").readFileSync(process.argv[1]))' "$folder/core.wasm" ||
    die "$folder/core.wasm does not load"
}
