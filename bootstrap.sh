#!/bin/sh
# Makes this machine able to run centerlab, then runs a task:
#
#   ./bootstrap.sh TASK [ARGUMENT...]      as `deno task TASK [ARGUMENT...]`
#   ./bootstrap.sh                         what tasks there are
#
# It looks for Deno 2.9 or newer and installs 2.9.6 where there is none (by npm, else by Deno's own installer). It asks
# WebGPU for an adapter; where there is none it installs Mesa's software adapter on Debian and Ubuntu, if it may, and
# names the command elsewhere. What is there already is left alone, and nothing is printed about it.
set -eu

VERSION=2.9.6
DRIVERS=mesa-vulkan-drivers

say() {
  printf 'bootstrap: %s\n' "$*" >&2
}

die() {
  say "$*"
  exit 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# Runs a command; its output is shown only if it fails.
quietly() {
  if ! output=$("$@" 2>&1); then
    printf '%s\n' "$output" >&2
    return 1
  fi
}

# --- Deno ---------------------------------------------------------------------------------------------------------

# Whether $1 is a Deno of version 2.9 or newer.
is_deno() {
  [ -x "$1" ] || return 1
  version=$("$1" --version 2>/dev/null) || return 1
  version=${version#deno }
  major=${version%%.*}
  minor=${version#*.}
  minor=${minor%%.*}
  case "$major$minor" in
    '' | *[!0-9]*) return 1 ;;
  esac
  [ "$major" -gt 2 ] || { [ "$major" -eq 2 ] && [ "$minor" -ge 9 ]; }
}

npm_prefix() {
  have npm && npm prefix --global 2>/dev/null
}

# Sets $deno to the first that will do. npm is asked last, because it is slow to answer.
find_deno() {
  for deno in "$(command -v deno || true)" "${DENO_INSTALL:-$HOME/.deno}/bin/deno" \
    "$HOME/.local/bin/deno" "$PWD/node_modules/.bin/deno"; do
    if is_deno "$deno"; then return 0; fi
  done
  prefix=$(npm_prefix) || return 1
  deno=$prefix/bin/deno
  is_deno "$deno"
}

install_by_npm() {
  have npm || return 1
  prefix=$(npm_prefix) || return 1
  modules=$prefix/lib/node_modules
  [ -d "$modules" ] || modules=$prefix
  if [ ! -w "$modules" ]; then prefix=$HOME/.local; fi
  say "installing Deno $VERSION into $prefix (npm)"
  quietly npm install --global --prefix "$prefix" --no-fund --no-audit --loglevel=error "deno@$VERSION"
}

install_by_deno() {
  if have curl; then
    fetch='curl -fsSL'
  elif have wget; then
    fetch='wget -qO-'
  else
    say "there is neither npm nor curl nor wget to install Deno $VERSION with"
    return 1
  fi
  say "installing Deno $VERSION into ${DENO_INSTALL:-$HOME/.deno} (Deno's installer)"
  script=$($fetch https://deno.land/install.sh) || return 1
  quietly sh -c "$script" install.sh "v$VERSION" --yes --no-modify-path
}

# --- The adapter --------------------------------------------------------------------------------------------------

has_adapter() {
  "$deno" eval --no-config --no-lock \
    'Deno.exit(await navigator.gpu.requestAdapter() ? 0 : 1)' >/dev/null 2>&1
}

# The family of this system's distribution, in the words of os-release(5); macOS is "Darwin".
system() {
  if [ -r /etc/os-release ]; then
    # shellcheck source=/dev/null
    (. /etc/os-release && printf ' %s %s ' "${ID:-}" "${ID_LIKE:-}")
  else
    printf ' %s ' "$(uname -s)"
  fi
}

# Runs apt-get as root; $root is the command to become root by, empty for root itself.
apt_get() {
  # shellcheck disable=SC2086
  quietly $root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"
}

install_on_debian() {
  if [ "$(id -u)" -eq 0 ]; then
    root=
  elif have sudo && sudo -n true 2>/dev/null; then
    root='sudo -n'
  else
    die "WebGPU finds no adapter. Run: sudo apt-get update && sudo apt-get install -y $DRIVERS"
  fi
  say "WebGPU finds no adapter: installing $DRIVERS (apt-get)"
  # The lists of packages are missing in fresh containers and stale in old ones: fetched when the first try fails.
  apt_get install -y "$DRIVERS" >/dev/null 2>&1 || {
    apt_get update && apt_get install -y "$DRIVERS"
  } || die "apt-get cannot install $DRIVERS: see above"
  has_adapter || die "WebGPU finds no adapter, though $DRIVERS is installed. Does VK_DRIVER_FILES or VK_ICD_FILENAMES" \
    "hide it?"
}

get_adapter() {
  case "$(system)" in
    *' debian '* | *' ubuntu '*) install_on_debian ;;
    *' fedora '* | *' rhel '*) die "WebGPU finds no adapter. Run: sudo dnf install -y $DRIVERS" ;;
    *' arch '*) die "WebGPU finds no adapter. Run: sudo pacman -S --needed vulkan-swrast" ;;
    *' alpine '*) die "WebGPU finds no adapter. Run: apk add mesa-vulkan-swrast" ;;
    *suse*) die "WebGPU finds no adapter. Run: sudo zypper install libvulkan_lvp" ;;
    *' nixos '*) die "WebGPU finds no adapter. Set in configuration.nix: hardware.graphics.enable = true;" ;;
    *' Darwin '*) die "WebGPU finds no adapter. It needs Metal: macOS 11 or newer on hardware that supports it" ;;
    *) die "WebGPU finds no adapter. Install a Vulkan driver for your GPU, or Mesa's software adapter (lavapipe)" ;;
  esac
}

# ------------------------------------------------------------------------------------------------------------------

usage() {
  printf 'Usage: ./bootstrap.sh TASK [ARGUMENT...]\n\n'
}

unset CDPATH
cd -- "$(dirname -- "$0")"
: "${HOME:=$PWD/.cache/home}"
export HOME

# Graphics drivers complain on standard error where this is not set.
if [ -z "${XDG_RUNTIME_DIR:-}" ]; then
  XDG_RUNTIME_DIR=$PWD/.cache/runtime
  { mkdir -p "$XDG_RUNTIME_DIR" && chmod 700 "$XDG_RUNTIME_DIR"; } 2>/dev/null || XDG_RUNTIME_DIR=$(mktemp -d)
  export XDG_RUNTIME_DIR
fi

if ! find_deno; then
  install_by_npm || install_by_deno || die "Deno $VERSION could not be installed: get it from https://deno.com"
  find_deno || die "Deno $VERSION was installed, but does not start: run \`$deno --version\` to see why"
fi
PATH=$(dirname -- "$deno"):$PATH
export PATH

has_adapter || get_adapter

if [ $# -eq 0 ]; then usage; fi
exec deno task "$@"
