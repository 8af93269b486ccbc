#!/bin/bash
# Runs every userland program. build_and_run.sh builds them and calls this.
set -uo pipefail
case ${1:-} in
'') ;;
-h | --help)
	cat <<'USAGE'
usage: examples/run.sh

Runs every userland program on the kernel that it finds itself on, one after the other: each in the
roles echo, echo_with_dump_flag and reply_with_error. Fails if one fails. They must have been built, and
the kernel module be loaded: ./build_and_run.sh vm -- examples/run.sh
USAGE
	exit
	;;
*)
	echo "run.sh: unknown argument '$1' (see --help)" >&2
	exit 1
	;;
esac
cd "$(dirname "$(readlink -f "$0")")/.." || exit
status=0

run() {
	"$@" || status=1
	echo
}

run target/cmake/examples/c/xmpl-c-raw
run target/cmake/examples/c/xmpl-c-libnl
if [[ -x target/cargo/release/xmpl-rust ]]; then
	run target/cargo/release/xmpl-rust
else
	echo "[User-Rust] SKIPPED: it was not built (is cargo installed?)"
	echo
fi
run java --enable-native-access=ALL-UNNAMED \
	-cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
	dev.jgenl.examples.Foobar
run java --enable-native-access=ALL-UNNAMED \
	-cp 'examples/own-family/target/own-family.jar:examples/own-family/target/lib/*' \
	com.example.Main
exit $status
