#!/bin/bash
# Builds the packages for Debian and for Fedora, without Maven and without the network; that of the
# command line of the jars that Maven has built.
set -euo pipefail

usage() {
	cat <<'USAGE'
usage: native/packaging/build.sh [FOLDER]

Builds the .deb and .rpm packages into FOLDER (default: target/dist). The files in them bear the time
SOURCE_DATE_EPOCH (default: that of the last commit), so that the same sources make the same packages.
The package jgenl is made where mvn package has left the command line in java/cli/target.
USAGE
}

die() {
	printf 'build.sh: %s\n' "$@" >&2
	exit 1
}

quietly() {
	"$@" >>"$log" 2>&1 || { tail -n 40 "$log" >&2 && die "failed: $*"; }
}

case ${1:-} in
-h | --help) usage && exit ;;
-*) usage >&2 && die "unknown option $1" ;;
esac
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
output=$(realpath -m "${1:-$top/target/dist}")
for tool in cmake javac dpkg-shlibdeps rpmbuild; do
	command -v "$tool" >/dev/null || die "$tool is missing: apt install cmake openjdk-17-jdk-headless dpkg-dev rpm"
done
if [ -z "${SOURCE_DATE_EPOCH:-}" ]; then
	SOURCE_DATE_EPOCH=$(git -C "$top" log -1 --format=%ct 2>/dev/null || date +%s)
fi
export SOURCE_DATE_EPOCH LC_ALL=C.UTF-8
umask 022

work=$top/target
if [[ $work == *[[:space:]]* ]]; then # which rpmbuild cannot work in
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
fi
# Only ours: the folder may be anyone's.
rm -f "$output"/{jgenl,libjgenl-jni,libjgenl-java,gnl-foobar-xmpl-dkms}[-_][0-9]*.{deb,rpm}
mkdir -p "$output" "$work"
for layout in debian fedora; do
	case $layout in
	debian) kind=deb ;;
	fedora) kind=rpm ;;
	esac
	build=$work/cmake-$layout
	log=$build.log
	# A folder that is used again would keep the dates and files of an older version.
	rm -rf "$build" "$log"
	quietly cmake -S "$top" -B "$build" -DJGENL_LAYOUT=$layout -DBUILD_TESTING=OFF
	quietly cmake --build "$build" --target jgenl jgenl-jar
	quietly cpack --config "$build/CPackConfig.cmake" -B "$build/packages"
	cp -p "$build"/packages/*."$kind" "$output"
done
[ -e "$top/java/cli/target/lib/jgenl-cli.jar" ] || echo "left out: the package jgenl, for which mvn package makes the jars"
ls "$output"/*.deb "$output"/*.rpm
