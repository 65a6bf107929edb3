#!/usr/bin/env bash
# Builds images that stand in for python, postgres, rabbitmq and mailpit where no registry can be reached: a Debian
# rootfs by debootstrap, imported, and Debian's own packages on it. Needs root, debootstrap and a running engine.
#
# What the host needs to reach the outside goes into the images as they are built and nowhere else: proxies
# (http_proxy, https_proxy, no_proxy), apt's mirror and proxy settings (DEBIAN_MIRROR overrides the mirror), the CA
# bundle (SSL_CERT_FILE, else Debian's), pip's settings. So these images belong on the machine that made them.
#
# Usage: standins.sh [--again]      --again builds everything anew, the rootfs too
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
release=bookworm
scratch="$(mktemp --directory)"
trap 'rm -rf "$scratch"' EXIT

have() { docker image inspect "$1" > /dev/null 2>&1; }

# shellcheck disable=SC1091 # a file of the host
host_is_the_same_release() { (. /etc/os-release && [ "${VERSION_CODENAME:-}" = "$release" ]); }

# The mirror of the host's own apt where the host runs the same release; empty: debootstrap's default.
mirror() {
  if [ -n "${DEBIAN_MIRROR:-}" ]; then
    echo "$DEBIAN_MIRROR"
  elif host_is_the_same_release; then
    # shellcheck disable=SC2016 # apt's own placeholder
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $release" | sort -u | head -n 1
  fi
}

import_debian() {
  local rootfs="$scratch/rootfs" from=()
  mapfile -t from < <(mirror)
  debootstrap --variant=minbase "$release" "$rootfs" "${from[@]}"
  rm -rf "$rootfs"/var/cache/apt/archives/*.deb "$rootfs"/var/lib/apt/lists/*
  # As in Debian's own images: no package starts its server while it is installed.
  printf '#!/bin/sh\nexit 101\n' > "$rootfs/usr/sbin/policy-rc.d"
  chmod +x "$rootfs/usr/sbin/policy-rc.d"
  if command -v apt-config > /dev/null; then
    apt-config dump | grep -E '^Acquire::(http|https|Retries|Check-)' > "$rootfs/etc/apt/apt.conf.d/90host" || true
  fi
  tar --create --directory "$rootfs" . | docker import - madang-standin/debian
}

# The files that pip in the image needs. A setting that names a path of the host has no meaning there and is left out.
host_settings() {
  local host="$1" bundle="${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}"
  mkdir -p "$host/etc/ssl/certs"
  if [ -f "$bundle" ]; then
    cp --dereference "$bundle" "$host/etc/ssl/certs/ca-certificates.crt"
  fi
  {
    echo '[global]'
    echo 'cert = /etc/ssl/certs/ca-certificates.crt'
    python3 -m pip config list 2> /dev/null | python3 -c '
import ast, sys

for line in sys.stdin:
    name, _, value = line.strip().partition("=")
    key = name.rpartition(".")[2]
    if key in {"index-url", "extra-index-url", "trusted-host", "proxy"}:
        kept = [word for word in ast.literal_eval(value).split() if not word.startswith(("file:", "/"))]
        if kept:
            print(key, "=", " ".join(kept))
'
  } > "$host/etc/pip.conf"
}

build() {
  local name="$1" context="$scratch/$1"
  cp --recursive "$here/standins/$name" "$context"
  if [ "$name" = python ]; then
    host_settings "$context/host"
  fi
  # The host's network, because its proxies may listen on its loopback. Proxy variables without a value are taken from
  # the environment and are left out of the image's history by the engine.
  docker build "${build_options[@]}" --network=host --build-arg http_proxy --build-arg https_proxy --build-arg no_proxy \
    --tag "madang-standin/$name" "$context"
}

build_options=(--quiet)
if [ "${1:-}" = --again ]; then
  build_options+=(--no-cache)
fi
if [ "${1:-}" = --again ] || ! have madang-standin/debian; then
  import_debian
fi
for name in python postgres rabbitmq mail; do
  echo "building madang-standin/$name"
  build "$name"
done
