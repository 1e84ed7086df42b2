#!/bin/sh
# Makes this machine able to run centerlab, then runs a task:
#
#   ./bootstrap.sh TASK [ARGUMENT...]      as `deno task TASK [ARGUMENT...]`
#   ./bootstrap.sh                         what tasks there are
#
# It looks for Deno 2.9 or newer and installs 2.9.6 where there is none (by npm, else by Deno's own installer). It asks
# WebGPU for an adapter through Vulkan, Metal or Direct3D 12. Where there is none it installs Mesa's Vulkan drivers on
# Debian and Ubuntu, if it may. Where it may not it names the command, and goes on if OpenGL answers. It names what a GPU
# lacks that lies idle. What is there already is left alone, and nothing is printed about it.
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

# All backends but OpenGL, through which kernels are several times slower.
DIRECT=vulkan,metal,dx12

# Where the system lies: a test has one of its own.
ROOT=${BOOTSTRAP_ROOT:-}

# Graphics devices, in the form that experiments/doctor/setup.ts takes.
devices() {
  for device in nvidia0 dxg dri/renderD128; do
    there=$ROOT/dev/$device
    [ -e "$there" ] || continue
    # The graphics of virtual machines (virtio, VMware) are no loss.
    case "$(cat "$ROOT/sys/class/drm/${device##*/}/device/vendor" 2>/dev/null)" in
      0x1af4 | 0x15ad) continue ;;
    esac
    if [ -r "$there" ] && [ -w "$there" ]; then printf '/dev/%s ' "$device"; else printf '/dev/%s=closed ' "$device"; fi
  done
}

# Asks WebGPU for an adapter through the backends $1, or those it takes by itself: sets $adapter to gpu, software or
# none, and $advice to what mends a slow one.
look() {
  # shellcheck disable=SC2046
  answer=$(
    if [ -n "${1:-}" ]; then
      DENO_WEBGPU_BACKEND=$1
      export DENO_WEBGPU_BACKEND
    fi
    "$deno" run --no-config --no-lock --no-prompt --quiet --allow-read \
      --allow-env="VK_DRIVER_FILES,VK_ICD_FILENAMES${named:-}" experiments/doctor/setup.ts $(devices) 2>/dev/null
  ) || answer="none WebGPU cannot be asked for an adapter: run \`$deno eval 'navigator.gpu.requestAdapter()'\` to see why"
  adapter=${answer%% *}
  advice=${answer#* }
}

# Whether this is Debian, or made of it, and lacks the drivers.
lacks_drivers() {
  # shellcheck source=/dev/null
  family=$([ -r "$ROOT/etc/os-release" ] && . "$ROOT/etc/os-release" && printf ' %s %s ' "${ID:-}" "${ID_LIKE:-}") || return 1
  case "$family" in
    *' debian '* | *' ubuntu '*) ;;
    *) return 1 ;;
  esac
  # shellcheck disable=SC2016
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$DRIVERS" 2>/dev/null)" != installed ]
}

# Sets $root to the command to become root by, empty for root itself.
may_install() {
  if [ "$(id -u)" -eq 0 ]; then
    root=
  elif have sudo && sudo -n true 2>/dev/null; then
    root='sudo -n'
  else
    return 1
  fi
}

# Runs apt-get as root.
apt_get() {
  # shellcheck disable=SC2086
  quietly $root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"
}

install_drivers() {
  say "WebGPU finds no Vulkan adapter: installing $DRIVERS (apt-get)"
  # The lists of packages are missing in fresh containers and stale in old ones: fetched when the first try fails.
  apt_get install -y "$DRIVERS" >/dev/null 2>&1 || {
    apt_get update && apt_get install -y "$DRIVERS"
  } || say "apt-get cannot install $DRIVERS: see above"
}

# Wants Vulkan, Metal or Direct3D 12, and goes on with OpenGL where they cannot be had. Backends that the user named are
# left as they are.
get_adapter() {
  if [ -n "${DENO_WEBGPU_BACKEND:-}" ]; then
    named=,DENO_WEBGPU_BACKEND
    look
    [ "$adapter" != none ] || die "$advice"
    if [ -n "$advice" ]; then say "$advice"; fi
    return
  fi
  look "$DIRECT"
  if [ "$adapter" = none ] && lacks_drivers && may_install; then
    install_drivers
    look "$DIRECT"
  fi
  if [ "$adapter" = none ]; then
    look
    [ "$adapter" != none ] || die "$advice"
    say "$advice"
  elif [ -n "$advice" ]; then
    say "$advice"
  fi
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
# What stands first in the PATH stays first.
if [ "$(command -v deno || true)" != "$deno" ]; then
  PATH=$(dirname -- "$deno"):$PATH
  export PATH
fi

get_adapter

if [ $# -eq 0 ]; then usage; fi
exec deno task "$@"
