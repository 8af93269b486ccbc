#!/bin/bash
# Brings pyynl, the kernel's own client of its specs, with which PyynlIT compares, and libynl, which is the same
# in C and has a row in the comparison. None of it is committed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR/../.. source=test/oracles/backports.sh
. test/oracles/backports.sh

usage() {
	cat <<'USAGE'
usage: test/oracles/pyynl.sh [FOLDER]

Leaves pyynl, a Python that can run it, and the source of libynl in target/oracles, unless they are there.
They come from Debian's source of the kernel, 167 MB that are not kept, whatever the release of this
machine; or from FOLDER, the tools/net/ynl of a kernel. Files that are not those of
test/oracles/pyynl.sha256 and libynl.sha256 are refused.
USAGE
}

# The source is that of the specs, or a later one whose pyynl is the same.
package=linux-source-7.3

fetch() {
	see_backports "$work/apt"
	(cd "$work" && apt-get -qq download $package)
	unpack_source "$work"/*.deb -C "$work" --strip-components=4 \
		'*/tools/net/ynl/pyynl/*' '*/tools/net/ynl/lib/*'
}

# verified PYYNL LIBYNL: the two folders.
verified() {
	[ -e "$1" ] && [ -e "$2" ] && {
		(cd "$1" && sha256sum --check --quiet --strict "$OLDPWD/test/oracles/pyynl.sha256") &&
			(cd "$2" && sha256sum --check --quiet --strict "$OLDPWD/test/oracles/libynl.sha256")
	}
}

case ${1:-} in
-h | --help) usage && exit ;;
-*) usage >&2 && die "unknown option '$1'" ;;
esac

mkdir -p target/oracles
if [ -n "${1:-}" ] || ! verified target/oracles/{pyynl,libynl}; then
	work=$(mktemp -d "$PWD/target/oracles/XXXXXX")
	trap 'rm -rf "$work"' EXIT
	say "Fetching pyynl and libynl"
	if [ -n "${1:-}" ]; then cp -r "$1"/{pyynl,lib} "$work"; else fetch; fi
	verified "$work/pyynl" "$work/lib" ||
		die "these are others than those of test/oracles/pyynl.sha256 and libynl.sha256:" \
			"see what changed, run the comparison on them, and renew the lists"
	rm -rf target/oracles/{pyynl,libynl}
	mv "$work/pyynl" target/oracles
	mv "$work/lib" target/oracles/libynl
fi
python3 -m venv target/oracles/venv
target/oracles/venv/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes \
	-r test/oracles/requirements.txt
