#!/bin/bash
# Builds netdevsim, simulated network hardware, which no kernel of Debian has.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/oracles/netdevsim.sh

Leaves netdevsim.ko in target/oracles/netdevsim/RELEASE for each kernel of Debian in /boot with headers,
unless it is there. It is built from Debian's source of that kernel, 150 MB that are not kept.
USAGE
}

# build RELEASE PACKAGE
build() {
	local release=$1 version source
	version=$(dpkg-query -W -f '${Version}' "$2")
	source=linux-source-$(cut -d . -f 1,2 <<<"$release")
	say "Building netdevsim for $release"
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	(cd "$work" && apt-get -qq -o APT::Sandbox::User=root download "$source=$version")
	unpack_source "$work"/*.deb -C "$work" --strip-components=1 '*/drivers/net/netdevsim/*'
	make -s -C "/lib/modules/$release/build" M="$work/drivers/net/netdevsim" CONFIG_NETDEVSIM=m modules
	mkdir -p "target/oracles/netdevsim/$release"
	mv "$work/drivers/net/netdevsim/netdevsim.ko" "target/oracles/netdevsim/$release"
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

for image in /boot/vmlinuz-*; do
	release=${image#/boot/vmlinuz-}
	package=$(dpkg-query -S "$image" 2>/dev/null) || continue
	[ ! -e "/lib/modules/$release/build/Makefile" ] ||
		[ -e "target/oracles/netdevsim/$release/netdevsim.ko" ] ||
		build "$release" "${package%:*}"
done
