#!/bin/bash
# Brings the kernel's headers, which UapiIT compares specs with. None of them is committed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR/../.. source=test/oracles/backports.sh
. test/oracles/backports.sh

usage() {
	cat <<'USAGE'
usage: test/oracles/headers.sh [FOLDER]

Leaves the kernel's headers in target/oracles/headers, unless they are there. They come from Debian's
linux-libc-dev of the version of the specs, 3 MB, whatever the release of this machine; or from FOLDER,
such as /usr/include. Files that are not those of test/oracles/headers.sha256 are refused.
USAGE
}

# The version is that of the specs, or a later one whose headers are the same.
version=7.3.

download() {
	local newest
	see_backports "$work/apt"
	newest=$(apt-cache madison linux-libc-dev | awk -v v="$version" 'index($3, v) == 1 { print $3; exit }')
	[ -n "$newest" ] || die "Debian has no linux-libc-dev $version* any more:" \
		"name the FOLDER of headers of that version, or move on with the specs, this list and $0"
	(cd "$work" && apt-get -qq download "linux-libc-dev=$newest")
}

# listed FOLDER: copies of it what is in the list.
listed() {
	local file
	while read -r _ file; do
		install -D -m 644 "$1/$file" "$work/headers/$file" || return
	done <test/oracles/headers.sha256
}

verified() {
	[ -e "$1" ] && (cd "$1" && sha256sum --check --quiet --strict "$OLDPWD/test/oracles/headers.sha256")
}

case ${1:-} in
-h | --help) usage && exit ;;
-*) usage >&2 && die "unknown option '$1'" ;;
esac

if [ -z "${1:-}" ] && verified target/oracles/headers; then
	exit
fi
mkdir -p target/oracles
work=$(mktemp -d "$PWD/target/oracles/XXXXXX")
trap 'rm -rf "$work"' EXIT
say "Fetching the kernel's headers"
folder=${1:-}
if [ -z "$folder" ]; then
	download
	dpkg-deb -x "$work"/*.deb "$work/package"
	folder=$work/package/usr/include
fi
if ! listed "$folder" || ! verified "$work/headers"; then
	die "these are other headers than those of test/oracles/headers.sha256:" \
		"see what changed, run UapiIT on them, and renew that list"
fi
rm -rf target/oracles/headers
mv "$work/headers" target/oracles
