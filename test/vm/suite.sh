#!/bin/bash
# Runs the tests of the library against our modules in the virtual machine.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/vm/suite.sh [--classes REGEX | --machines N] [--reports DIR] [OPTION…]

Runs the tests of the library that need our modules in the virtual machine, or those of the classes with
such names. The other options are those of test/vm/run.sh. What they run on has been built by mvn package.

  --machines N   deals the classes out to N machines that run at once; what all but the first print comes
                 when they have ended
  --reports DIR  leaves reports of JUnit in a folder, or of each machine in one of its number below it
USAGE
}

# suite NUMBER REGEX [OPTION…]: becomes the tests of the classes with such names, in one machine.
suite() {
	local launcher folder=$reports writable=() leave=()
	mapfile -t launcher < <(test_launcher "$2")
	if [ -n "$reports" ]; then
		((machines == 1)) || folder+=/$1
		mkdir -p "$folder"
		writable=(--writable "$folder") leave=(--reports-dir "$(realpath "$folder")")
	fi
	# A heap that is all there from the start: what the process grows by is then a leak. One compiler,
	# because the emulated processor is slow.
	exec test/vm/run.sh --timeout 1200 "${writable[@]}" "${@:3}" -- java --enable-native-access=ALL-UNNAMED \
		-Xcheck:jni -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1 "${launcher[@]}" \
		--include-tag vm "${leave[@]}"
}

# share_of NUMBER: every N-th class, as a regular expression.
share_of() {
	find test/target/test-classes -name '*IT.class' -printf '%f\n' | sort |
		sed -n "$1~${machines}s/\.class$//p" | paste -sd '|' | sed 's/.*/.*\\.(&)/'
}

classes='.*IT' machines=1 reports=''
while (($#)); do
	case $1 in
	--help) usage && exit ;;
	--classes | --machines | --reports)
		(($# > 1)) || die "$1 needs a value"
		case $1 in
		--classes) classes=$2 ;;
		--machines) machines=$2 ;;
		--reports) reports=$2 ;;
		esac
		shift 2
		;;
	*) break ;;
	esac
done
[[ $machines =~ ^[1-9]$ ]] || die "--machines needs a number from 1 to 9, not '$machines'"
if ((machines == 1)); then
	suite 1 "$classes" "$@"
fi
[ "$classes" = '.*IT' ] || die "--machines deals out all classes: leave out --classes"
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
trap 'kill $(jobs -p) 2>/dev/null; exit 143' INT TERM HUP
pids=() status=0
for ((number = 2; number <= machines; number++)); do
	suite $number "$(share_of $number)" "$@" >"$logs/$number" 2>&1 &
	pids+=($!)
done
(suite 1 "$(share_of 1)" "$@") || status=$?
for pid in "${pids[@]}"; do
	wait "$pid" || status=$?
done
cat "$logs"/*
exit $status
