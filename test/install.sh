#!/bin/bash
# Installs what building, running and testing take.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source-path=SCRIPTDIR/.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/install.sh [PACKAGE…]

Installs with apt, after saying so, what is missing of the packages without which nothing can be built
or run, and of those named; becomes root with sudo. On other systems it says so and installs nothing;
neither does it where JGENL_NO_INSTALL is set.
USAGE
}

# By their name on Debian and Ubuntu.
packages() {
	command -v javac >/dev/null || echo openjdk-17-jdk-headless
	echo maven cmake make gcc libc6-dev pkg-config libnl-3-dev libnl-genl-3-dev libnl-utils \
		qemu-system-x86 busybox-static cpio kmod iproute2 ethtool wireguard-tools nftables \
		sparse shellcheck man-db zsh fish file xz-utils strace python3-venv fontconfig fonts-dejavu-core
	# cargo from rustup will do as well; that of Debian 12 itself is too old, the one for browsers not.
	command -v cargo >/dev/null ||
		if apt-cache show cargo-web >/dev/null 2>&1; then echo cargo-web; else echo cargo; fi
	case $(. /etc/os-release && echo "$ID") in
	ubuntu) echo linux-image-generic linux-headers-generic ;;
	*)
		if apt-cache show linux-image-6.12-amd64 >/dev/null 2>&1; then
			echo linux-image-6.12-amd64 linux-headers-6.12-amd64
		else
			echo linux-image-amd64
		fi
		# A second kernel's headers, against which the modules must build too.
		echo linux-headers-amd64
		;;
	esac
}

# With arguments: these too.
missing_packages() {
	local package
	for package in $(packages) "$@"; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
			echo "$package"
	done
}

case ${1:-} in
-h | --help) usage && exit ;;
-*) usage >&2 && die "unknown option '$1'" ;;
esac
[ -z "${JGENL_NO_INSTALL:-}" ] || exit 0
command -v apt-get >/dev/null || {
	say "This is no Debian or Ubuntu: nothing is installed; README.md lists what is needed"
	exit 0
}
# A new machine has no lists, and without them a package of bookworm-security is not known.
[ -n "$(missing_packages "$@")" ] || exit 0
sudo=()
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || die "missing packages: $(missing_packages "$@" | xargs)" \
		"become root, or install sudo, to have them installed"
	sudo=(sudo)
fi
"${sudo[@]}" apt-get -qq update
mapfile -t missing < <(missing_packages "$@")
say "Installing with apt: ${missing[*]}"
"${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
	apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null
