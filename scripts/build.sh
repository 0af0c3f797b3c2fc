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
  # Two modules, so that who only judges definitions does not load the other (docs/decisions/0004-two-wasm-files.md).
  # Nothing wraps in it that could matter, which the decision argues; the checks would be 3.5 KB (gzip) of it. Nor does LLVM
  # rewrite its loops and copy what it computes into their branches, which makes it a percent and a half larger. A quarter of a
  # megabyte is more stack than its 64 levels need, and what lies behind it has shorter addresses than behind a whole one.
  build_module core glue "the judge of definitions" --no-default-features --features check \
    --config profile.release.overflow-checks=false -- -C llvm-args=-disable-lsr -C llvm-args=-enable-pre=false \
    -C link-arg=-zstack-size=262144
  # For speed: at the level of the other module, whose size counts more, a batch takes almost twice the time. With vectors,
  # which every engine of the last three years has.
  build_module message message-glue "templates, payloads and answers" --no-default-features --features message \
    --config profile.release.opt-level=3 -- "-Ctarget-feature=$message_features"
  copy_changed pkg js/*.js js/*.d.ts js/rules.json README.md CHANGELOG.md LICENSE-MIT LICENSE-APACHE
  copy_changed pkg/docs docs/rules.md
  # What an earlier version built under another name would be packed, too.
  local file name
  for file in pkg/*.js pkg/*.d.ts; do
    name=${file##*/}
    [[ -f js/$name || $name =~ ^(message-)?glue\.js$|^(core|message)-bytes\.js$ ]] || rm "$file"
  done
  node scripts/print-sizes.mjs pkg/core.wasm pkg/message.wasm
}

# build_module <name> <glue> <what it is> <cargo argument…>: one wasm of the package with its glue and its inlined bytes.
build_module() {
  local name=$1 glue=$2 what=$3 wasm key out="$stamps/$1.out"
  shift 3
  compile_wasm "$name" "$what" "$@"
  wasm=$(compiled_wasm "$name")
  key=$(wasm_key "$wasm")
  if ! is_fresh "$name" "$key" || [[ ! -f pkg/$name.wasm || ! -f pkg/$glue.js || ! -f pkg/$name-bytes.js ]]; then
    step "generating the glue and shrinking the wasm (a few seconds)" shrink_wasm "$wasm" "$out" "$name" "$glue" "$name"
    node scripts/write-bytes.mjs "$out/$name.wasm" "$out/$name-bytes.js"
    copy_changed pkg "$out"/{$name.wasm,$glue.js,$name-bytes.js}
    stamp "$name" "$key"
  fi
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
    step "generating the glue and shrinking the wasm (a few seconds)" shrink_wasm "$wasm" "$stamps/machine.out" core glue
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

# compile_wasm <kind> <name> <cargo argument…>: each kind in a folder of its own, so that they do not evict each other. As a
# cdylib only: for a crate that is compiled as an rlib too, cargo leaves link-time optimization out, and says nothing.
compile_wasm() {
  local kind=$1 name=$2 flags="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src="
  shift 2
  # The places of panics name source files: without this also the builder's home, in a file that is published. (Flags are
  # split at spaces; a home with one is named.)
  [[ $flags != *[[:space:]]* ]] || flags=
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS=$flags \
    step "compiling $name to wasm (a minute the first time)" \
    wasm_cargo rustc --quiet --lib --crate-type cdylib --release --target-dir "$CARGO_TARGET_DIR/$kind" "$@"
}

compiled_wasm() { printf '%s' "$CARGO_TARGET_DIR/$1/$wasm_target/release/wa_preflight.wasm"; }

wasm_key() {
  { fingerprint "$1" scripts/{build.sh,write-bytes.mjs,cut-panics.mjs} js/inline.js; locked_version wasm-bindgen; node -p 'require("./node_modules/binaryen/package.json").version'; } |
    sha256sum | cut -d' ' -f1
}

# shrink_wasm <compiled wasm> <folder> <name> <glue> [core]: leaves <name>.wasm, <glue>.js and <glue>.d.ts there.
shrink_wasm() {
  local wasm=$1 folder=$2 name=$3 glue=$4 kind=${5-}
  rm -rf "$folder"
  # The target `web` is the only one whose output loads everywhere; the reset function is how js/ recovers from a trap.
  "$tools/bin/wasm-bindgen" --target web --omit-default-module-path --experimental-reset-state-function \
    --remove-producers-section --out-dir "$folder" --out-name "$glue" "$wasm"
  # No feature flags: with --all-features no engine loads the result. Nothing lies in the lowest kilobyte: it is the far end
  # of the stack.
  local how=(-Oz --converge)
  # Half a percent larger, 5 % less time for a batch.
  if [[ $kind == message ]]; then how=(-O3); fi
  # Where bytes count most: large functions and reused values have more locals, which repeat less, so gzip gains where
  # neither is made; and rows of zeros cost it less than many data segments. Worth 3 % after gzip (the raw file grows).
  if [[ $kind == core ]]; then
    node scripts/cut-panics.mjs "$folder/${glue}_bg.wasm" "$folder/${glue}_bg.wasm"
    how=(--rse --flatten --rereloop -Oz -Oz --converge --one-caller-inline-max-function-size=25)
    how+=(--skip-pass={local-cse,memory-packing,simplify-locals,merge-locals})
  fi
  node_modules/.bin/wasm-opt "${how[@]}" --low-memory-unused --strip-target-features "$folder/${glue}_bg.wasm" -o "$folder/$name.wasm"
  node -e 'new WebAssembly.Module(require("node:fs").readFileSync(process.argv[1]))' "$folder/$name.wasm" ||
    die "$folder/$name.wasm does not load"
}
