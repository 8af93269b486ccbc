#!/bin/bash
# Builds the client of libynl, the kernel's library for its specs, of which nothing is committed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source-path=SCRIPTDIR/.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: bench/libynl.sh

Leaves the client in target/bench/bench-c-libynl. Library and generator are those that test/oracles/pyynl.sh
fetches, the headers those of test/oracles/headers.sh, and the specs those of the build.
USAGE
}

out=$PWD/target/bench/libynl

# generate FAMILY [ARGUMENT…]: the kernel's Makefile has the arguments.
generate() {
	local family=$1 kind
	cp java/families/target/specs/*/src/"$family/$family.yaml" "$out"
	for kind in header:h source:c; do
		target/oracles/venv/bin/python bench/libynl.py target/oracles/pyynl --mode user "--${kind%:*}" \
			--spec "$out/$family.yaml" -o "$out/$family-user.${kind#*:}" "${@:2}"
	done
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

rm -rf "$out" target/bench/bench-c-libynl
test/oracles/pyynl.sh
test/oracles/headers.sh
say "Building libynl"
mkdir -p "$out"
touch "$out/MAINTAINERS" # by which the generator knows the kernel's root
generate ethtool --user-header linux/ethtool_netlink.h --exclude-op stats-get
generate rt-link
generate wireguard
gcc -std=gnu11 -O2 -Wall -Wextra -Wno-unused-parameter -isystem target/oracles/libynl -isystem "$out" -isystem target/oracles/headers \
	bench/clients/c/{ynl,serve}.c "$out"/*-user.c target/oracles/libynl/ynl.c -pthread \
	-o target/bench/bench-c-libynl
