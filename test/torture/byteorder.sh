#!/bin/bash
# Part "byteorder": processors of other byte order, in emulation.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR source=test/torture/lib.sh
. test/torture/lib.sh

usage() {
	cat <<'USAGE'
usage: test/torture/byteorder.sh [--quick]

Runs the unit tests of the library in an emulated JVM of s390x, whose byte order is the other one, and of
riscv64. Then boots Debian's kernel of s390x with our modules, built for it: there the tests of the shim in C,
the C program and the Java program of the examples, and Java tests of the modules and of that kernel's own
families run for real.

With --quick some of the unit tests, on s390x alone, and one class of the tests of the modules.
USAGE
}

# emulated_jvm ARCH: a folder with bin/java in it; says which it is.
emulated_jvm() {
	local arch=$1 root=$PWD/target/sysroot/$1
	native/cross/sysroot.sh --arch "$arch" base-files default-jre-headless
	native/cross/build.sh "$arch"
	mkdir -p "$work/$arch/bin"
	printf '#!/bin/sh\nexec qemu-%s-static -L "%s" "%s/usr/lib/jvm/default-java/bin/java" "$@"\n' \
		"$arch" "$root" "$root" >"$work/$arch/bin/java"
	chmod +x "$work/$arch/bin/java"
	# Which tells Maven that this one has modules.
	ln -s "$root/usr/lib/jvm/default-java/release" "$work/$arch/release"
	order=$("$work/$arch/bin/java" -cp "$work" NativeOrder)
	figure "The emulated JVM of $arch" "$order"
}

# An emulator has no generic netlink sockets: the program is refused one, once the shim is loaded.
load_shim() {
	local said
	said=$("$work/$1/bin/java" -cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
		dev.jgenl.examples.Foobar echo 2>&1 || true)
	[[ $said == *'open a netlink socket: EPROTONOSUPPORT'* ]] || fail "the shim of $1 was not loaded: $said"
}

# unit_tests ARCH: lines "module, run, skipped" in a file there. Their time limits know no emulation, where a stack
# trace costs more than what it is of.
unit_tests() {
	local arch=$1 log=$results/byteorder-$1.log
	local options='-XX:TieredStopAtLevel=1 -XX:MaxJavaStackTraceDepth=4 -Djunit.jupiter.execution.timeout.mode=disabled'
	maven -pl "$modules" --also-make test "-Djvm=$work/$arch/bin/java" -Djacoco.skip \
		"-DargLine=$options" "${selection[@]}" -Dsurefire.failIfNoSpecifiedTests=false >"$log" 2>&1 ||
		{ grep -E -m 40 'ERROR|FAIL' "$log" >&2 || true; fail "a unit test on $arch failed, see $log"; }
	# What a module's tests end with is the one line without a time.
	sed -n 's/.*Building \([a-z-]*\) [0-9].*/\1/p
		s/.*Tests run: \([0-9]*\), Failures: 0, Errors: 0, Skipped: \([0-9]*\)$/\t\1\t\2/p' "$log" |
		awk -v arch="$arch" '/^\t/ { print arch ", " module $0; next } { module = $0 }' >"$work/$arch/tests"
	[ -s "$work/$arch/tests" ] || fail "no unit test ran on $arch, see $log"
}

# tests_in LOG: how the tests in C ended.
tests_in() {
	awk '/^[0-9]+ passed, [0-9]+ failed/ { passed += $1 } /^skipped: / { skipped++ }
		END { print passed + 0 " passed, " skipped + 0 " skipped" }' "$1"
}

begin byteorder "Byte order" "$@"
make_work
test/install.sh gcc-s390x-linux-gnu gcc-riscv64-linux-gnu qemu-user-static qemu-system-misc
modules=java/core,java/testkit,java/spec,java/spec-testkit processors=(s390x riscv64) classes='.*[.](Lab|Foobar|SpecVm|RouteVm|NetfilterVm).*IT'
# Jazzer, which feeds these, has no library for the processors; and an emulated JVM cannot start a program.
selection=('-Dtest=!Hostile*,!UapiCheckTest,!LeakTest#reported+notReported')
if $quick; then
	modules=java/core processors=(s390x) classes='.*LabCodecIT'
	selection=('-Dtest=AttributeNumbersTest,AttributeWriterNumbersTest,MessageReaderTest,ExtendedAckTest,ExchangeTest')
else
	figure "Unit tests that are left out" "Hostile*: the fuzzer that feeds them has no library for the processors; \
UapiCheckTest, and two of LeakTest: an emulated JVM cannot start a program"
fi
build_once
javac -d "$work" test/torture/byteorder/NativeOrder.java
figure "This machine's JVM" "$(java -cp "$work" NativeOrder)"
for arch in "${processors[@]}"; do
	progress "unit tests on $arch"
	emulated_jvm "$arch"
	[ "$arch" != s390x ] || [[ $order == 'BIG_ENDIAN: the number 1 is 00000001, on s390x'* ]] ||
		fail "the JVM of s390x is not of big-endian order"
	load_shim "$arch"
	unit_tests "$arch"
done
table "Unit tests in an emulated JVM" module run skipped < <(cat "$work"/*/tests)

progress "a kernel of s390x"
log=$results/byteorder-kernel.log
test/vm/foreign.sh --arch s390x -- test/torture/byteorder/guest.sh >"$log" 2>&1 ||
	fail "on the kernel of s390x it failed, see $log"
grep -q "Kernel replied: 'Hello World from C user program" "$log" || fail "the C program got no echo, see $log"
grep -q "Kernel replied: 'Hello World from Java user program" "$log" || fail "the Java program got no echo, see $log"
figure "The kernel of s390x" "$(sed -n 's/^-- Linux //p' "$log")"
figure "Echo, dump and refusal there" "by the C program and the Java program"
figure "Tests of the shim in C there" "$(tests_in "$log")"

progress "Java tests on it"
log=$results/byteorder-tests.log
test/vm/foreign.sh --arch s390x --tests "$classes" >"$log" 2>&1 ||
	fail "a Java test failed on s390x, see $log"
table "Not possible there, as the tests say" reason < <(sed -n 's/^SKIPPED: //p' "$log" | tr -d '\r' | sort -u)
figure_tests "Java tests there" "$log"
