#!/bin/bash
# Part "codec": what reads messages, under a fuzzer.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/codec.sh [--quick]

Has Jazzer look for inputs that break what reads messages: the codec, extended ACKs, the engine with answers
that are bent on their way, recordings and what the command line shows of them, specs and their models. An
hour in all; the fuzzer goes on from what it knows, in target/torture/codec.

With --quick it fuzzes for 5 s each.
USAGE
}

sources=$PWD/test/torture/codec builds=target/torture/codec

# Each with the module and the class that it is a test of.
targets=(
	"java/core dev.jgenl.wire.HostileMessagesTest anyBytesAreMessagesOrMalformed"
	"java/core dev.jgenl.HostileAckTest anyExtendedAckIsReadOrMalformed"
	"java/testkit dev.jgenl.testkit.HostileAnswersTest anyDatagramsAreAnAnswerOrAnException"
	"java/testkit dev.jgenl.testkit.HostileAnswersTest anyAnswerOfTheControllerIsAFamilyOrAnException"
	"java/cli dev.jgenl.cli.HostileRecordingTest anyBytesAreShownOrRefused"
	"java/families dev.jgenl.spec.HostileInputTest anyBytesAreARecordingOrMalformed"
	"java/families dev.jgenl.spec.HostileInputTest anyDatagramsAreDescribed"
	"java/families dev.jgenl.spec.HostileInputTest anyBytesAreAMessageOrMalformed"
	"java/families dev.jgenl.spec.HostileInputTest anyTextIsAValueOrRefused"
	"java/families dev.jgenl.spec.HostileInputTest anyYamlIsASpecOrRefused"
	"java/families dev.jgenl.spec.HostileInputTest anyBytesAreAModelOrCorrupt"
)

compile() {
	local log=$results/codec-compile.log
	progress "compiling the tests"
	maven -pl java/core,java/testkit,java/families,java/cli -am test-compile \
		dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/fuzz-class-path.txt \
		>"$log" 2>&1 || { tail -n 30 "$log" >&2; fail "the tests cannot be compiled, see $log"; }
}

# class_path MODULE: of its tests.
class_path() {
	printf '%s:' "$PWD/$1/target/test-classes" "$PWD/$1/target/classes"
	cat "$1/target/fuzz-class-path.txt"
}

# jazzer CLASS-PATH FOLDER WORD…: fuzzes in a folder, where its inputs are kept.
jazzer() {
	(cd "$2" && nice -n 10 java -Xmx1g -cp "$1" --enable-native-access=ALL-UNNAMED \
		com.code_intelligence.jazzer.Jazzer '--instrumentation_includes=dev.jgenl.**:Canary' "${@:3}" -print_final_stats=1) 2>&1 </dev/null
}

see_fault() {
	local log=$results/codec-canary.log
	javac -d "$work" "$sources/Canary.java"
	! jazzer "$work:$(class_path java/core)" "$work" --target_class=Canary -max_total_time=120 >"$log" ||
		fail "the fuzzer does not see a fault that is made on purpose, see $log"
	grep -q 'IllegalStateException: found' "$log" || fail "the fuzzer fails by itself, see $log"
	figure "A fault on purpose, after a word of three bytes" "seen"
}

fuzz() {
	local module class method log since
	: >"$work/fuzzed"
	for target in "${targets[@]}"; do
		read -r module class method <<<"$target"
		log=$results/codec-$method.log since=$SECONDS
		progress "fuzzing for $seconds s: $method"
		mkdir -p $builds
		jazzer "$(class_path "$module")" $builds "--target_class=$class" "--target_method=$method" \
			-max_total_time=$seconds >"$log" ||
			{ tail -n 40 "$log" >&2; fail "found by $method: $(sed -n 's/.*Test unit written to //p' "$log"), see $log"; }
		awk -v OFS='\t' -v name="$method" -v s=$((SECONDS - since)) '/^stat::number_of_executed_units/ { n = $2 }
			match($0, /cov: [0-9]+/) { edges = substr($0, RSTART + 5, RLENGTH - 5) }
			END { print name, n + 0, edges + 0, s }' "$log" >>"$work/fuzzed"
	done
	table "Inputs tried by Jazzer" what inputs "edges reached" seconds <"$work/fuzzed"
	awk -F '\t' '$2 < 10 { exit 1 }' "$work/fuzzed" || fail "a target was hardly tried at all"
}

begin codec "Codec and engine under a fuzzer" "$@"
seconds=330
! $quick || seconds=5
make_work
compile
see_fault
fuzz
