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
such names; leaves reports of JUnit in a folder. The options are those of test/vm/run.sh. What they run on
has been built by mvn package.
USAGE
}

classes='.*IT' writable=() reports=()
while (($#)); do
	case $1 in
	--help) usage && exit ;;
	--classes | --reports)
		(($# > 1)) || die "$1 needs a value"
		case $1 in
		--classes) classes=$2 ;;
		--reports) writable=(--writable "$2") reports=(--reports-dir "$2") ;;
		esac
		shift 2
		;;
	*) break ;;
	esac
done
mapfile -t launcher < <(test_launcher "$classes")
# A heap that is all there from the start: what the process grows by is then a leak. One compiler,
# because the emulated processor is slow.
exec test/vm/run.sh --timeout 1200 "${writable[@]}" "$@" -- java --enable-native-access=ALL-UNNAMED \
	-Xcheck:jni -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1 "${launcher[@]}" \
	--include-tag vm "${reports[@]}"
