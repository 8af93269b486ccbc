#!/bin/bash
# Part "shim": the shim under sanitizers, valgrind, a fuzzer, and the JVM's own checks.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/shim.sh [--quick]

Shows that each tool sees a fault that is made on purpose; then runs the tests of the shim under the
sanitizers of addresses, of undefined behaviour and of threads, and under valgrind; has libFuzzer call the
natives as Java does, with any numbers and a kernel that answers anything, for 10 minutes, and replays what it
has found under valgrind; and runs the tests of the library on the running kernel with -Xcheck:jni. What a tool
has to say fails the part.

The fuzzer goes on from what it knows, in target/torture/shim/corpus. With --quick it runs for 30 s, and the
library's tests are those of some classes.
USAGE
}

sources=test/torture/shim builds=target/torture/shim
warnings=(-std=c11 -g -Wall -Wextra -Wconversion -Werror)
sanitizers=("-fsanitize=address,undefined" -fno-sanitize-recover=all -fno-omit-frame-pointer)
# The test that lacks memory has a malloc of its own, which valgrind shall leave to it.
memcheck=(valgrind -q --soname-synonyms=somalloc=nouserintercepts --leak-check=full --show-leak-kinds=definite
	--errors-for-leak-kinds=definite --error-exitcode=99)
# Where the kernel spreads addresses wide the sanitizer of threads finds its own taken.
thread_sanitizer=(setarch -R)
# What the JVM says of natives that break its rules.
jni_warnings='WARNING in native method|FATAL ERROR in native method|WARNING: JNI local refs'

install_tools() {
	local runtime
	test/install.sh clang valgrind
	command -v clang valgrind >/dev/null || leave_out "it needs clang and valgrind"
	# The runtime of the sanitizers is a package of its own on some systems.
	runtime=libclang-rt-$(clang -dumpversion | cut -d . -f 1)-dev
	[ -z "$(apt-cache show "$runtime" 2>/dev/null)" ] || test/install.sh "$runtime"
}

# see TOOL FAULT LINE CMD…: whether the tool says so of the fault.
see() {
	local seen=NO
	"${@:4}" >"$work/said" 2>&1 </dev/null || true
	! grep -qF "$3" "$work/said" || seen=yes
	cat "$work/said" >>"$results/shim-canaries.log"
	printf '%s\t%s\t%s\n' "$2" "$1" "$seen" >>"$work/canaries"
}

see_faults() {
	local flags=(-std=c11 -g -O1 -pthread "$sources/canary.c")
	: >"$results/shim-canaries.log"
	gcc "${sanitizers[@]}" "${flags[@]}" -w -o "$work/canary-address"
	gcc -fsanitize=thread "${flags[@]}" -w -o "$work/canary-thread"
	gcc "${flags[@]}" -w -o "$work/canary"
	clang "${sanitizers[@]}" -fsanitize=fuzzer -g -O1 -o "$work/canary-fuzz" $sources/canary_fuzz.c
	gcc "${warnings[@]}" -shared -fPIC "${java_headers[@]}" -o "$work/libcanary.so" $sources/canary_jni.c
	javac -d "$work" $sources/Canary.java

	see "address sanitizer" "write behind an allocation" heap-buffer-overflow "$work/canary-address" overflow
	see "address sanitizer" "read of what was freed" heap-use-after-free "$work/canary-address" freed
	see "address sanitizer" "memory that nobody holds" "detected memory leaks" "$work/canary-address" leak
	see "undefined behaviour sanitizer" "overflow of a number" "signed integer overflow" "$work/canary-address" arithmetic
	see "thread sanitizer" "two threads write at once" "data race" "${thread_sanitizer[@]}" "$work/canary-thread" race
	see valgrind "write behind an allocation" "Invalid write" "${memcheck[@]}" "$work/canary" overflow
	see valgrind "read of what was freed" "Invalid read" "${memcheck[@]}" "$work/canary" freed
	see valgrind "memory that nobody holds" "definitely lost" "${memcheck[@]}" "$work/canary" leak
	see valgrind "branch on what was never written" "uninitialised value" "${memcheck[@]}" "$work/canary" uninitialised
	see libFuzzer "read behind an allocation, after a word of four bytes" heap-buffer-overflow \
		"$work/canary-fuzz" -max_total_time=60 "-artifact_prefix=$work/"
	see -Xcheck:jni "exception left alone" "without checking exceptions" \
		java -Xcheck:jni -cp "$work" Canary "$work/libcanary.so" exception
	see -Xcheck:jni "local references that pile up" "WARNING: JNI local refs" \
		java -Xcheck:jni -cp "$work" Canary "$work/libcanary.so" references
	see -Xcheck:jni "reference that was freed" "FATAL ERROR in native method" \
		java -Xcheck:jni -XX:-CreateCoredumpOnCrash "-XX:ErrorFile=$work/hs_err" -cp "$work" Canary "$work/libcanary.so" freed
	table "Faults on purpose" fault tool seen <"$work/canaries"
	! grep -q $'\tNO$' "$work/canaries" || fail "a tool stays silent, see $results/shim-canaries.log"
}

# build_shim NAME FLAG…: shim and tests, in a folder of their own.
build_shim() {
	local name=$1 log=$results/shim-$1.log
	shift
	{
		cmake -S native -B $builds/"$name" -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_C_FLAGS=$*" &&
			nice -n 10 cmake --build $builds/"$name"
	} >"$log" 2>&1 || { tail -n 20 "$log" >&2; fail "it cannot be built, see $log"; }
}

# count_checks TOOL LOG: what the tests in it have checked.
count_checks() {
	awk -v OFS='\t' -v tool="$1" '/ passed, [0-9]+ failed$/ {
			sub(/^[0-9]+: /, ""); tests++; passed += $1; failed += $3
		} /(^|: )skipped: / { skipped++ }
		END { print tool, tests + 0, passed + 0, failed + 0, skipped + 0; exit !passed }' "$2" >>"$work/tests" ||
		fail "the tests have checked nothing: $1, see $2"
}

# run_tests TOOL NAME [OPTION…]: by ctest.
run_tests() {
	local log=$results/shim-$2-tests.log
	progress "tests: $1"
	"${prefix[@]}" env ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 \
		UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1 \
		nice -n 10 ctest --no-tests=error --test-dir $builds/"$2" -V "${@:3}" >"$log" 2>&1 ||
		{ tail -n 60 "$log" >&2; fail "a test fails: $1, see $log"; }
	count_checks "$1" "$log"
}

run_tests_under_valgrind() {
	local log=$results/shim-valgrind-tests.log test
	progress "tests: valgrind"
	: >"$log"
	for test in "$builds"/plain/jgenl-*-test; do
		nice -n 10 "${memcheck[@]}" "$test" >>"$log" 2>&1 ||
			{ tail -n 60 "$log" >&2; fail "${test##*/} fails under valgrind, see $log"; }
	done
	count_checks valgrind "$log"
}

# build_target COMPILER OUTPUT FLAG…: the natives, and what stands in for the JVM and the kernel.
build_target() {
	local libnl
	read -r -a libnl < <(pkg-config --cflags --libs libnl-genl-3.0)
	"$1" "${warnings[@]}" "${@:3}" "${java_headers[@]}" -Inative/src/main/c -pthread -o "$2" \
		$sources/{input,jvm,kernel,natives_fuzz}.c native/src/main/c/*.c \
		-Wl,--wrap=recvfrom,--wrap=recvmmsg,--wrap=nl_sendto "${libnl[@]}"
}

fuzz() {
	local log=$results/shim-fuzz.log corpus=$builds/corpus inputs
	build_target clang $builds/natives-fuzz -O1 "${sanitizers[@]}" -fsanitize=fuzzer
	build_target gcc $builds/natives-replay -O0 $sources/replay.c
	mkdir -p $corpus
	progress "fuzzing for $seconds s, see $log"
	nice -n 10 $builds/natives-fuzz "-max_total_time=$seconds" -timeout=20 -max_len=16384 -print_final_stats=1 \
		"-artifact_prefix=$results/shim-" $corpus >"$log" 2>&1 ||
		{ tail -n 60 "$log" >&2; fail "the fuzzer has found something: $(sed -n 's/.*Test unit written to //p' "$log")"; }
	figure "Fuzzed" "$(awk '/^stat::number_of_executed_units/ { units = $2 } /cov: / { line = $0 }
		END { sub(/.*cov: /, "", line); split(line, word, " "); print units " inputs, " word[1] " edges reached" }' "$log"), $seconds s"
	# Sanitizers do not see what libnl does with an answer: it is not built with them.
	progress "replaying its inputs under valgrind"
	mapfile -t inputs < <(find $corpus -type f)
	nice -n 10 "${memcheck[@]}" $builds/natives-replay "${inputs[@]}" >"$results/shim-replay.log" 2>&1 ||
		{ tail -n 60 "$results/shim-replay.log" >&2; fail "valgrind has found something, see $results/shim-replay.log"; }
	figure "Replayed under valgrind" "${#inputs[@]} inputs"
}

check_jni() {
	local log=$results/shim-jni.log launcher status=0
	build_once
	mapfile -t launcher < <(test_launcher "$classes")
	progress "tests of the library with -Xcheck:jni, see $log"
	nice -n 10 java -Xcheck:jni --enable-native-access=ALL-UNNAMED "${launcher[@]}" --exclude-tag "vm | command" \
		>"$log" 2>&1 </dev/null || status=$?
	! grep -E -A 8 "$jni_warnings" "$log" >&2 || fail "the JVM has something to say, see $log"
	((status == 0)) || { tail -n 40 "$log" >&2; fail "a test of the library fails, see $log"; }
	figure_tests "Tests of the library with -Xcheck:jni" "$log"
}

begin shim "The shim under sanitizers" "$@"
seconds=600 classes='.*IT'
! $quick || seconds=30 classes='.*(Transport|Descriptor|Namespace|Controller|Link|VirtualThread).*IT'
install_tools
make_work
mkdir -p $builds
java_home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
java_headers=("-I$java_home/include" "-I$java_home/include/linux")
see_faults

prefix=()
build_shim address "-O1 -g ${sanitizers[*]}"
run_tests "address and undefined behaviour sanitizers" address
build_shim plain "-O0 -g"
run_tests_under_valgrind
prefix=("${thread_sanitizer[@]}")
build_shim thread "-O1 -g -fsanitize=thread"
# That one has no second thread, and a malloc of its own before the sanitizer has begun.
run_tests "thread sanitizer" thread --exclude-regex jgenl-memory
table "Tests of the shim in C; jgenl-memory not under the thread sanitizer, it has a malloc of its own" \
	tool programs checks failed skipped <"$work/tests"
fuzz
check_jni
