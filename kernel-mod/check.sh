#!/bin/bash
# Checks the modules against every kernel whose headers are installed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source-path=SCRIPTDIR/.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: kernel-mod/check.sh

Builds the modules with W=1 and sparse for each kernel of /lib/modules, and runs checkpatch --strict on
them, which it fetches with apt unless JGENL_NO_INSTALL is set. Without it, that is skipped, or with CI
set an error.
USAGE
}

# Debian has checkpatch only within the kernel's source, of which three files are wanted.
fetch_checkpatch() {
	local package
	[ ! -e target/checkpatch/checkpatch.pl ] || return 0
	package=$(apt-cache depends linux-source 2>/dev/null | sed -n 's/.*Depends: //p' | head -n 1)
	[ -n "$package" ] || return 0
	mkdir -p target/checkpatch
	(
		cd target/checkpatch
		apt-get -qq download "$package"
		unpack_source "$package"_*.deb --strip-components=2 '*/scripts/checkpatch.pl' \
			'*/scripts/spelling.txt' '*/scripts/const_structs.checkpatch'
		rm -f "$package"_*.deb
	)
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

checkpatch=()
# Without it make says that it was skipped, or with CI set fails.
[ -n "${JGENL_NO_INSTALL:-}" ] || fetch_checkpatch || true
[ ! -e target/checkpatch/checkpatch.pl ] ||
	checkpatch=(CHECKPATCH="$PWD/target/checkpatch/checkpatch.pl")
for kdir in /lib/modules/*/build; do
	make -C kernel-mod check KDIR="$kdir" "${checkpatch[@]}" \
		OUT="$PWD/target/kernel-mod-check/$(basename "$(dirname "$kdir")")"
done
