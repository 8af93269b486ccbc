#!/bin/bash
# Tests on Debian's kernel for aarch64, in an emulated machine (test/vm/run.sh), whose files are the
# packages that sysroot.sh unpacks. Needs what run.sh builds.
set -euo pipefail
PATH+=:/usr/sbin:/sbin # depmod, for users too
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/aarch64/vm.sh [--tests | -- CMD [ARG…]]

Runs the Java program of the examples in a virtual machine of aarch64 with our kernel modules loaded.

  --tests   all tests in Java that need the modules, which takes five minutes and more
  -- CMD    this command; test/vm/run.sh --help tells its surroundings
  --help    print this
USAGE
}

root=target/sysroot/aarch64

# Here all is of the newest kernel with headers, as with that for x86_64; none is installed.
unpack_kernel() {
	local kbuild
	release=$(APT_CONFIG=target/sysroot/apt/apt.conf apt-cache depends linux-image-6.12-arm64 |
		sed -n 's/.*Depends: linux-image-//p')
	[[ $release ]] || die "the package sources have no linux-image-6.12-arm64"
	kdir=$root/usr/src/linux-headers-$release
	kbuild=linux-kbuild-${release%-arm64}
	native/cross/sysroot.sh --alone "linux-image-$release" "linux-headers-$release" \
		"linux-headers-${release%-arm64}-common"
	[[ -e $root/lib/modules/$release/modules.dep ]] || depmod -b "$PWD/$root" "$release"
	# The tools that build a module run on this machine.
	if [[ ! -e $root/usr/lib/$kbuild ]]; then
		(cd target/sysroot/apt/archives && apt-get -qq -o APT::Sandbox::User=root download "$kbuild")
		dpkg-deb -x target/sysroot/apt/archives/"$kbuild"_*.deb $root
		rm target/sysroot/apt/archives/"$kbuild"_*.deb
	fi
	sed -i "s|^include .*/usr/src/|include $PWD/$root/usr/src/|" "$kdir/Makefile"
}

case ${1:-} in
'' | --tests | --) ;;
--help) usage && exit ;;
*) usage >&2 && die "unknown argument $1" ;;
esac

native/cross/sysroot.sh base-files bash busybox-static coreutils dash default-jre-headless ethtool \
	iproute2 kmod libc-bin libnl-3-200 libnl-genl-3-200 mount nftables util-linux wireguard-tools
unpack_kernel

run() {
	LANG=C.UTF-8 JAVA_HOME=/usr/lib/jvm/default-java \
		PATH=/usr/lib/jvm/default-java/bin:/usr/sbin:/usr/bin \
		test/vm/run.sh --arch aarch64 --root $root --kernel "$root/boot/vmlinuz-$release" \
		--kdir "$kdir" "$@"
}

case ${1:-} in
--tests)
	# The machine sees neither this one's other files nor Maven's repository.
	rm -rf target/aarch64/lib
	mkdir -p target/aarch64/lib
	tr ':' '\n' <test/target/class-path.txt | xargs -I {} cp {} target/aarch64/lib
	# As test/vm/suite.sh.
	run --timeout 3600 -- java -Xcheck:jni -Xms256m -Xmx256m -XX:+AlwaysPreTouch \
		-XX:TieredStopAtLevel=1 -cp 'test/target/test-classes:target/aarch64/lib/*' \
		org.junit.platform.console.ConsoleLauncher execute --disable-banner --details tree \
		--disable-ansi-colors --fail-if-no-tests --include-classname '.*IT' \
		--scan-classpath test/target/test-classes --include-tag vm
	;;
--) run "$@" ;;
*)
	run --kernel-log -- java -XX:TieredStopAtLevel=1 \
		-cp 'examples/java/target/jgenl-examples.jar:examples/java/target/lib/*' \
		dev.jgenl.examples.Foobar
	;;
esac
