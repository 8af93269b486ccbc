#!/bin/bash
# Tests on Debian's kernel for another processor, in an emulated machine (run.sh), whose files are the
# packages that native/cross/sysroot.sh unpacks. Needs what mvn package builds.
set -euo pipefail
PATH+=:/usr/sbin:/sbin # depmod, for users too
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/vm/foreign.sh [--arch ARCH] [--tests [REGEX] | -- CMD [ARG…]]

Runs the Java program of the examples in a virtual machine of another processor with our kernel modules
loaded.

  --arch ARCH      aarch64 (default), whose shim is that of the jar of mvn -Pcross, or s390x, which is of
                   big-endian order and whose shim is built here
  --tests [REGEX]  all tests in Java that need the modules, which takes five minutes and more, or those of
                   the classes with such names
  -- CMD           this command; test/vm/run.sh --help tells its surroundings
  --help           print this
USAGE
}

sysroot() {
	native/cross/sysroot.sh --arch "$arch" "$@"
}

# depends PACKAGE PATTERN: the first that it depends on with such a name.
depends() {
	APT_CONFIG=$root.apt/apt.conf apt-cache depends "$1" | sed -n "s/.*Depends: \($2\)\$/\1/p" | head -n 1
}

# None of this is installed.
unpack_kernel() { # META-PACKAGE
	local image kbuild archives=$root.apt/archives
	image=$(depends "$1" 'linux-image-.*')
	[[ $image ]] || die "the package sources have no $1"
	release=${image#linux-image-}
	kdir=$root/usr/src/linux-headers-$release
	sysroot --alone "$image" "linux-headers-$release" "linux-headers-${release%-*}-common"
	[[ -e $root/lib/modules/$release/modules.dep ]] || depmod -b "$PWD/$root" "$release"
	# The tools that build a module run on this machine.
	kbuild=$(depends "linux-headers-$release" 'linux-kbuild-.*')
	if [[ ! -e $root/usr/lib/$kbuild ]]; then
		(cd "$archives" && apt-get -qq -o APT::Sandbox::User=root download "$kbuild")
		dpkg-deb -x "$archives/$kbuild"_*.deb "$root"
		rm "$archives/$kbuild"_*.deb
	fi
	sed -i "s|^include .*/usr/src/|include $PWD/$root/usr/src/|" "$kdir/Makefile"
}

arch=aarch64
if [[ ${1:-} == --arch ]]; then
	(($# > 1)) || die "--arch needs a value"
	arch=$2 && shift 2
fi
case ${1:-} in
'' | --tests | --) ;;
--help) usage && exit ;;
*) usage >&2 && die "unknown argument $1" ;;
esac

root=target/sysroot/$arch
sysroot base-files bash busybox-static coreutils dash default-jre-headless ethtool iproute2 kmod libc-bin \
	libnl-3-200 libnl-genl-3-200 mount nftables procps util-linux wireguard-tools
case $arch in
aarch64)
	unpack_kernel linux-image-6.12-arm64
	;;
s390x)
	unpack_kernel linux-image-s390x
	native/cross/build.sh "$arch"
	# With these its headers look for the compiler of another machine.
	export DEB_HOST_ARCH=$arch DEB_HOST_GNU_TYPE=$arch-linux-gnu
	;;
*) die "no kernel is known for $arch (see --help)" ;;
esac

run() {
	LANG=C.UTF-8 JAVA_HOME=/usr/lib/jvm/default-java \
		PATH=/usr/lib/jvm/default-java/bin:/usr/sbin:/usr/bin \
		test/vm/run.sh --arch "$arch" --root "$root" --kernel "$root/boot/vmlinuz-$release" \
		--kdir "$kdir" "$@"
}

case ${1:-} in
--tests)
	# The machine sees neither this one's other files nor Maven's repository.
	rm -rf "target/$arch/lib"
	mkdir -p "target/$arch/lib"
	tr ':' '\n' <test/target/class-path.txt | xargs -I {} cp {} "target/$arch/lib"
	# As test/vm/suite.sh.
	run --timeout 3600 -- java -Xcheck:jni -Xms256m -Xmx256m -XX:+AlwaysPreTouch \
		-XX:TieredStopAtLevel=1 -cp "test/target/test-classes:target/$arch/lib/*" \
		org.junit.platform.console.ConsoleLauncher execute --disable-banner --details tree \
		--disable-ansi-colors --fail-if-no-tests --include-classname "${2:-.*IT}" \
		--scan-classpath test/target/test-classes --include-tag vm
	;;
--) run "$@" ;;
*)
	run --kernel-log -- java -XX:TieredStopAtLevel=1 \
		-cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
		dev.jgenl.examples.Foobar
	;;
esac
