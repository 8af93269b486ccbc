#!/bin/bash
# Builds the shim and the C programs for another processor.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: native/cross/build.sh ARCH

Builds the shim and the C programs for s390x or riscv64 into target/cmake-ARCH, and puts the shim into
target/sysroot/ARCH, where a JVM in it looks for such libraries. Needs gcc-ARCH-linux-gnu. What is published
for aarch64 is built by mvn -Pcross.
USAGE
}

case ${1:-} in
s390x | riscv64) arch=$1 ;;
--help) usage && exit ;;
*) usage >&2 && die "unknown processor '${1:-}'" ;;
esac
command -v "$arch-linux-gnu-gcc" >/dev/null || die "$arch-linux-gnu-gcc is missing: apt install gcc-$arch-linux-gnu"
native/cross/sysroot.sh --arch "$arch"
build=target/cmake-$arch log=target/cmake-$arch.log
{
	cmake -S . -B "$build" --toolchain "native/cross/$arch.cmake" && cmake --build "$build" --parallel "$(nproc)"
} >"$log" 2>&1 || { tail -n 30 "$log" >&2 && die "see $log"; }
install -D -t "target/sysroot/$arch/usr/lib/$arch-linux-gnu/jni" "$build/native/libjgenl.so"
