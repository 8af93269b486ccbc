#!/bin/bash
# Builds the jars for x86_64 and aarch64, and tests them with an emulated JVM of aarch64. That has
# no generic netlink sockets: test/vm/foreign.sh tests on a kernel.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/aarch64/run.sh

Builds the jars for x86_64 and aarch64, and tests them with an emulated JVM of aarch64. Needs
a cross compiler and qemu-user-static; the rest is unpacked into target/sysroot.
USAGE
}

need() {
	command -v "$1" >/dev/null || die "$1 is missing: apt install $2"
}

emulated_java() {
	qemu-aarch64-static -L target/sysroot/aarch64 \
		target/sysroot/aarch64/usr/lib/jvm/default-java/bin/java -XX:TieredStopAtLevel=1 "$@"
}

libraries() { # JAR
	jar tf "$1" | grep '\.so$' | sort | xargs
}

failed=0
check() { # NAME ACTUAL EXPECTED: a part of it
	if [[ $2 == *"$3"* ]]; then
		echo "ok    $1"
	else
		printf 'FAIL  %s: %s\n' "$1" "$2" && failed=1
	fi
}

# The program has a socket refused where the library is loaded.
open_with() { # JAR of jgenl-native
	local jar path=examples/java/target/jgenl-examples.jar:$1
	for jar in examples/java/target/lib/*.jar; do
		[[ $jar == */jgenl-native-* ]] || path+=:$jar
	done
	emulated_java -cp "$path" dev.jgenl.examples.Foobar echo 2>&1 || true
}

case ${1:-} in
'') ;;
--help) usage && exit ;;
*) usage >&2 && die "unknown argument $1" ;;
esac
[[ $(uname -m) == x86_64 ]] || die "this is for x86_64; on aarch64 mvn package is enough"
need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
need qemu-aarch64-static qemu-user-static
native/cross/sysroot.sh
native/cross/sysroot.sh default-jre-headless
mvn -B -q -ntp -Pcross -pl test --also-make package -DskipTests

version=$(sed -n 's/.*version=//p' native/target/maven-archiver/pom.properties)
jar=native/target/jgenl-native-$version
check 'the jar has both architectures' "$(libraries "$jar.jar")" \
	'META-INF/lib/linux_64/libjgenl.so META-INF/lib/linux_arm64/libjgenl.so'
check 'the classifier linux-x86_64 has one' "=$(libraries "$jar-linux-x86_64.jar")=" \
	'=META-INF/lib/linux_64/libjgenl.so='
check 'the classifier linux-aarch_64 has one' "=$(libraries "$jar-linux-aarch_64.jar")=" \
	'=META-INF/lib/linux_arm64/libjgenl.so='
refused='open a netlink socket: EPROTONOSUPPORT'
check 'the library is loaded from the jar' "$(open_with "$jar.jar")" "$refused"
check 'the library is loaded from the jar linux-aarch_64' "$(open_with "$jar-linux-aarch_64.jar")" \
	"$refused"
check 'the jar linux-x86_64 is said to lack it' "$(open_with "$jar-linux-x86_64.jar")" \
	'META-INF/lib/linux_arm64/libjgenl.so: not there'

emulated_java -cp "java/core/target/test-classes:$(<test/target/class-path.txt)" \
	org.junit.platform.console.ConsoleLauncher execute --disable-banner --details summary \
	--disable-ansi-colors --fail-if-no-tests --select-package dev.jgenl.wire || failed=1
exit $failed
