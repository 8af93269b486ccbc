#!/bin/bash
# How long until the first answer of the kernel: the median of 20 runs of a program that asks for a
# family, in turns with one whose main is empty, in one run on an idle machine.
set -euo pipefail

usage() {
	cat <<'USAGE'
usage: test/consumer/first-answer.sh [FOLDER [ROUNDS]]

FOLDER has consumer.jar and lib/, as test/consumer/run.sh leaves them (target/consumer/project/target).
JAVA names the java to run.
USAGE
}

case ${1:-} in
-*) usage && exit ;;
esac
here=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$here/lib.sh"
cd "${1:-$here/../../target/consumer/project/target}"
rounds=${2:-20}
java=$(readlink -f "$(command -v "${JAVA:-java}")")
mapfile -t options < <(native_access "${java%/bin/java}" ALL-UNNAMED)

mkdir -p first/native
printf '%s\n' 'final class Empty { public static void main(String[] args) {} }' >first/Empty.java
cat >first/First.java <<'JAVA'
final class First {
  public static void main(String[] args) throws dev.jgenl.NetlinkException {
    try (dev.jgenl.Genl genl = dev.jgenl.Genl.open()) {
      genl.family("nlctrl");
    }
  }
}
JAVA
javac -d first -cp 'lib/*' first/*.java
(cd first/native && jar --extract --file ../../lib/jgenl-native-*.jar)
library=first/native/META-INF/lib/$(uname -m | sed 's/x86_64/linux_64/; s/aarch64/linux_arm64/')/libjgenl.so

# microseconds COMMAND…
microseconds() {
	local start=$EPOCHREALTIME end
	"$@"
	end=$EPOCHREALTIME
	echo $((${end/[.,]/} - ${start/[.,]/}))
}

median() {
	sort -n "$1" | awk '{ a[NR] = $1 } END { print (a[int((NR + 1) / 2)] + a[int(NR / 2) + 1]) / 2 }'
}

cases=(empty jar path)
run() {
	local command=("$java" "${options[@]}" -cp "first:$(printf '%s:' lib/*.jar)")
	case $1 in
	empty) microseconds "${command[@]}" Empty ;;
	jar) microseconds "${command[@]}" First ;;
	path) microseconds "${command[@]}" -Ddev.jgenl.library="$library" First ;;
	esac
}

rm -f first/*.times
for ((i = -2; i < rounds; i++)); do
	for each in "${cases[@]}"; do
		time=$(run "$each")
		((i < 0)) || echo "$time" >>"first/$each.times" # the first two fill the page cache
	done
done
empty=$(median first/empty.times)
"$java" -version 2>&1 | head -n 1
for each in "${cases[@]}"; do
	median "first/$each.times" | awk -v each="$each" -v empty="$empty" \
		'{ printf "%-6s %6.1f ms, %5.1f ms over an empty program\n", each, $1 / 1000, ($1 - empty) / 1000 }'
done
