#!/bin/bash
# Runs the tests of the library against our modules in the virtual machine.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/vm/suite.sh [--classes REGEX] [--reports DIR] [OPTION…]

Runs the tests of the library that need our modules in the virtual machine, or those of the classes with
such names. All of them are run in two machines at once, where there are processors for it. Leaves reports
of JUnit in folders within DIR. The options are those of test/vm/run.sh. What they run on has been built by
mvn package.
USAGE
}

# suite NUMBER REGEX [OPTION…]: runs those classes in one machine, whose reports are in the folder NUMBER.
suite() {
	local writable=() to=() launcher
	if [ -n "$reports" ]; then
		mkdir -p "$reports/$1"
		writable=(--writable "$reports/$1") to=(--reports-dir "$reports/$1")
	fi
	mapfile -t launcher < <(test_launcher "$2")
	# A heap that is all there from the start: what the process grows by is then a leak. One compiler,
	# because the emulated processor is slow.
	exec test/vm/run.sh --timeout 1200 "${writable[@]}" "${@:3}" -- java --enable-native-access=ALL-UNNAMED \
		-Xcheck:jni -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1 "${launcher[@]}" \
		--include-tag vm "${to[@]}"
}

classes='' reports=''
while (($#)); do
	case $1 in
	--help) usage && exit ;;
	--classes | --reports)
		(($# > 1)) || die "$1 needs a value"
		case $1 in
		--classes) classes=$2 ;;
		--reports) reports=$2 ;;
		esac
		shift 2
		;;
	*) break ;;
	esac
done
# A machine takes one processor of this one. The halves take about the same time.
half='.*[.](Lab|Foobar|WireGuard|Samples|Ethtool)'
if [ -n "$classes" ] || (($(nproc) == 1)); then
	suite 1 "${classes:-.*IT}" "$@"
fi
log=$(mktemp)
(suite 1 "$half.*IT" "$@") >"$log" 2>&1 &
trap 'kill $! 2>/dev/null || true; rm -f "$log"' EXIT
status=0 other=0
(suite 2 "(?!$half).*IT" "$@") || status=$?
wait $! || other=$?
cat "$log"
exit $((status > other ? status : other))
