# shellcheck shell=bash
# Talking, failing, installing: what every part of build.sh uses.

export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
# No telemetry, no look-ups, no prompts: nothing here needs the network once it is installed.
export WRANGLER_SEND_METRICS=false CLOUDFLARE_CF_FETCH_ENABLED=false CI=1
stamps="$CARGO_TARGET_DIR/stamps"
# What message.wasm is compiled with, and what is tested in wasm (docs/decisions/0004-two-wasm-files.md).
# shellcheck disable=SC2034
message_features=+simd128

say() { printf '· %s\n' "$*"; }
warn() { printf '! %s\n' "$*" >&2; }
die() { printf 'build.sh: %s\n' "$*" >&2; exit 1; }

# step <text> <command…>: says what is done, does it, says how long it took.
step() {
  local text=$1 begin=$SECONDS
  shift
  say "$text"
  "$@"
  local took=$((SECONDS - begin))
  if ((took > 1)); then say "  done in $took s"; fi
}

has() { command -v "$1" >/dev/null 2>&1; }

# may_install <what>: stops with one clear message where installing is not wanted.
may_install() {
  [[ ${PREFLIGHT_NO_INSTALL:-} != 1 ]] || die "$1 is missing, and PREFLIGHT_NO_INSTALL=1 forbids installing it"
}

# apt_install <what> <how long> <package…>
apt_install() {
  local what=$1 time=$2
  shift 2
  may_install "$what"
  if ! has apt-get || ((EUID != 0)); then
    die "$what is missing: install it and run again (on Debian, as root: apt-get install $*)"
  fi
  apt_update_once
  step "installing $what with apt ($time): $*" \
    apt_quietly install -y --no-install-recommends "$@"
}

apt_quietly() {
  local log
  log=$(mktemp)
  if ! DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq "$@" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    die "apt-get $1 failed (its last lines stand above)"
  fi
  rm -f "$log"
}

apt_updated=
apt_update_once() {
  [[ -z $apt_updated ]] || return 0
  step "reading Debian's package lists (about 10 s)" apt_quietly update
  apt_updated=1
}

# version_at_least <have> <want>
version_at_least() { printf '%s\n%s\n' "$2" "$1" | sort -C -V; }

# fingerprint <path…>: one hash over the contents of files and folders, so that touching a file rebuilds nothing.
fingerprint() {
  find "$@" -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -print0 2>/dev/null |
    LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# is_fresh <stamp> <fingerprint>, stamp <stamp> <fingerprint>
is_fresh() { [[ -f $stamps/$1 && $(<"$stamps/$1") == "$2" ]]; }
stamp() { mkdir -p "$stamps"; printf '%s' "$2" >"$stamps/$1"; }

# copy_changed <folder> <file…>: leaves equal files alone, so that watchers stay quiet.
copy_changed() {
  local folder=$1 file
  shift
  mkdir -p "$folder"
  for file in "$@"; do
    cmp -s "$file" "$folder/$(basename "$file")" || cp "$file" "$folder/"
  done
}
