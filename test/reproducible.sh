#!/bin/bash
# Builds all that is published twice from the last commit, in two folders and two environments, and
# compares every byte. A file that differs fails; diffoscope tells what is in the difference.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

usage() {
	cat <<'USAGE'
usage: test/reproducible.sh

Takes the commit that is checked out, not the work tree. With a compiler and a sysroot for aarch64
(native/cross/sysroot.sh) the library for that is built as well. The two repositories stay in
target/reproducible.
USAGE
}

case ${1:-} in
'') ;;
--help) usage && exit ;;
*) usage >&2 && exit 2 ;;
esac

top=$PWD
out=$top/target/reproducible
profiles=release
if command -v aarch64-linux-gnu-gcc >/dev/null && [ -d target/sysroot/aarch64/usr/include/libnl3 ]; then
	profiles+=,cross
fi

# build CLONE VARIABLE…: what it publishes is in CLONE/target/repository then. The name of a repository is that of
# files in the local one, where two builds at once would get into each other's way.
build() {
	git clone --quiet --shared "$top" "$1"
	mkdir "$1/target"
	[ ! -d target/sysroot ] || ln -s "$top/target/sysroot" "$1/target/sysroot"
	env "${@:2}" mvn -B -q -ntp -f "$1/pom.xml" -P "$profiles" \
		-pl native,java/core,java/testkit,java/spec,java/spec-compiler,java/spec-testkit,java/families,java/maven-plugin,java/cli,java/bom deploy \
		-Dmaven.test.skip=true -Dmaven.install.skip=true -Dspotless.check.skip=true \
		-DaltDeploymentRepository="${1##*/}::file:$1/target/repository" >"$1.log" 2>&1 || {
		cat "$1.log"
		return 1
	}
}

# The sums of what CLONE publishes; the names of snapshots have the time of their deployment.
sums() {
	(
		cd "$1/target/repository"
		find . -type f ! -name 'maven-metadata.xml*' ! -name '*.md5' ! -name '*.sha*' -print0 |
			LC_ALL=C sort -z | xargs -0 sha256sum |
			sed -E 's/-[0-9]{8}\.[0-9]{6}-[0-9]+/-SNAPSHOT/'
	)
}

need() { # ARTIFACT END
	grep -Eq "/$1-[0-9.]+(-SNAPSHOT)?${2//./[.]}$" "$out/one.sums" || {
		echo "reproducible.sh: $1$2 was not built" >&2
		exit 1
	}
}

rm -rf "$out"
mkdir -p "$out/a/longer/path"
one=$out/one two=$out/a/longer/path/two
build "$one" LC_ALL=C.UTF-8 TZ=UTC &
first=$!
build "$two" LC_ALL=C TZ=Pacific/Auckland &
second=$!
failed=0
# Neither Maven may outlive the script.
wait "$first" || failed=1
wait "$second" || failed=1
[ $failed = 0 ] || exit 1

sums "$one" >"$out/one.sums"
sums "$two" >"$out/two.sums"
# Nothing is equal to nothing.
need jgenl-bom .pom
for artifact in jgenl jgenl-native jgenl-testkit jgenl-spec jgenl-spec-compiler jgenl-spec-testkit \
	jgenl-families jgenl-maven-plugin jgenl-cli; do
	for end in .pom .jar -sources.jar -javadoc.jar -cyclonedx.json; do
		need "$artifact" "$end"
	done
done
need jgenl-native "-linux-$(uname -m | sed 's/aarch64/aarch_64/').jar"
[[ $profiles != *cross* ]] || need jgenl-native -linux-aarch_64.jar
diff -u "$out/one.sums" "$out/two.sums" || {
	echo "reproducible.sh: two builds of one commit differ" >&2
	exit 1
}
echo "$(wc -l <"$out/one.sums") files, the same in both builds ($profiles)"
