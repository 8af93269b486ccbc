#!/bin/bash
# Boots a stock Debian or Ubuntu kernel in QEMU with this machine's files as its root, runs a command.
# The guest's part is in init (the initramfs) and session (after it).
set -euo pipefail
PATH+=:/usr/sbin:/sbin # modprobe, for users too

usage() {
	cat <<'USAGE'
usage: test/vm/run.sh [options] [--] CMD [ARG…]

Runs CMD as root in a virtual machine with our kernel modules loaded. The machine sees the files of
this one; what it writes to them is lost when it ends.

  --kernel IMAGE   kernel to boot (default: the newest /boot/vmlinuz-* with 9p, overlayfs and headers)
  --kdir BUILD     build folder of that kernel, to build our modules against
                   (default: /lib/modules/RELEASE/build or /usr/src/linux-headers-RELEASE)
  --modules DIR    folder whose lib/modules/RELEASE has that kernel's own modules (default: / or that of
                   --root)
  --timeout SEC    end the machine after SEC seconds (default: 300)
  --memory MB      memory of the machine (default: 2048)
  --cpus N         processors of the machine (default: 2)
  --root DIR       let the machine see the files in DIR, and this repository, instead of all of this
                   machine's; with busybox, static, and the modules of the kernel in it. Needs --kernel
                   and --kdir
  --arch ARCH      its processor: x86_64, aarch64 or s390x (default: that of this machine)
  --thread-each    emulate each of its processors in a thread of its own, not all in turn: faster, but
                   code that one patches while another runs it is once in a while run as it was, or half
                   of it, of which a JVM or the kernel dies (test/torture/patch.c)
  --no-modules     do not build and load our modules
  --writable DIR   let CMD change this folder of this machine (may be repeated)
  --env NAME       pass this environment variable (may be repeated); passed at all times: PATH, HOME,
                   LANG, JAVA_HOME; and JGENL_MODULES, the folder of the modules that are loaded
  --kernel-log     switch on the debug messages of our modules; when CMD has ended, print what they
                   logged to stderr
  --help           print this

CMD has the current folder and these arguments, stdin is /dev/null. The exit status is that of CMD
(128 + N if signal N killed it), or
  124  the time is over
  125  the machine could not be started or ended before CMD did, or its kernel reported an oops, BUG,
       WARNING, lockdep splat, stall, hung task or panic: the kernel's log is printed to stderr
The kernel's log of the last run is kept in target/vm/kernel.log.
USAGE
}

die() {
	printf 'run.sh: %s\n' "$@" >&2
	exit 125
}

# Everything that depends on the processor.
machine() {
	case $arch in
	x86_64)
		qemu=qemu-system-x86_64 qemu_package=qemu-system-x86
		machine=(-machine q35 -cpu max)
		# no_timer_check is a precaution: the kernel sets it itself under KVM, but not under emulation.
		parameters='console=ttyS0 no_timer_check'
		;;
	aarch64)
		qemu=qemu-system-aarch64 qemu_package=qemu-system-arm
		# Not max: its pointer authentication is slow to emulate.
		machine=(-machine virt -cpu cortex-a76)
		parameters='console=ttyAMA0'
		;;
	s390x)
		qemu=qemu-system-s390x qemu_package=qemu-system-misc
		machine=(-machine s390-ccw-virtio -cpu max)
		parameters='console=ttysclp0'
		;;
	*) die "no machine is described for $arch: add it to machine() in $0" ;;
	esac
}

need() {
	command -v "$1" >/dev/null || die "$1 is missing: apt install $2"
}

quote() {
	local word
	for word; do
		printf "'%s' " "${word//\'/\'\\\'\'}"
	done
}

# A value within an option of QEMU.
escaped() {
	printf %s "${1//,/,,}"
}

# The release that the header of a bzImage names (Documentation/arch/x86/boot.rst: kernel_version).
image_release() {
	bytes() { dd if="$1" bs=1 skip="$2" count="$3" status=none; }
	[[ $(bytes "$1" 514 4 | tr -d '\0') == HdrS ]] || return 1
	local offset
	offset=$(($(bytes "$1" 526 2 | od -An -t u2) + 512))
	bytes "$1" $offset 128 | tr '\0' '\n' | sed -n '1s/ .*//p'
}

# The release that modules built there are for (Debian's kernel.release may differ).
folder_release() {
	cut -d '"' -f 2 "$1/include/generated/utsrelease.h" 2>/dev/null
}

# The modules to boot with, least dependent first; nothing for those built in. Fails if one is missing.
boot_modules() {
	[[ -e ${modules_root:-$root}/lib/modules/$1/modules.dep ]] || return 0 # a kernel of one's own: all is built in
	local show=(modprobe -C /dev/null -d "${modules_root:-$root}/" -S "$1" --show-depends -a)
	{ "${show[@]}" virtio_pci 9p 9pnet_virtio overlay && { "${show[@]}" virtio-rng || true; }; } 2>/dev/null |
		sed -n 's/^insmod \(.*\.ko[.a-z]*\).*/\1/p' | awk '!seen[$0]++'
}

build_folder() {
	local folder
	for folder in "/lib/modules/$1/build" "/usr/src/linux-headers-$1"; do
		[[ -e $folder/Makefile ]] && echo "$folder" && return
	done
	return 1
}

find_kernel() {
	local image release
	for image in $(printf '%s\n' /boot/vmlinuz-* | sort -rV); do
		release=${image#/boot/vmlinuz-}
		if build_folder "$release" >/dev/null && boot_modules "$release" >/dev/null; then
			echo "$image"
			return
		fi
	done
	return 1
}

make_initramfs() {
	local tree=$job/initramfs number=10 module name
	mkdir -p "$tree"/{bin,modules,proc,lower,upper,newroot}
	cp "$busybox" "$tree/bin/busybox"
	cp "$here/init" "$here/session" "$tree"
	chmod +x "$tree/init"
	for module in "${modules[@]}"; do
		name=$((number++))-$(basename "$module") # the order to load them in
		case $module in
		*.xz) xz -dc "$module" >"$tree/modules/${name%.xz}" ;;
		*.zst) zstd -dcq "$module" >"$tree/modules/${name%.zst}" ;;
		*.gz) gzip -dc "$module" >"$tree/modules/${name%.gz}" ;;
		*) cp "$module" "$tree/modules/$name" ;;
		esac
	done
	(cd "$tree" && find . | cpio --quiet -o -H newc) >"$job/initramfs.cpio"
	mv "$job/initramfs.cpio" "$1.$$"
	mv "$1.$$" "$1"
}

kernel='' kdir='' modules_root='' timeout=300 memory=2048 cpus=2 with_modules=yes kernel_log='' writable=()
root='' arch=$(uname -m) thread=single
variables=(PATH HOME LANG JAVA_HOME)
while (($#)); do
	case $1 in
	--kernel | --kdir | --modules | --timeout | --memory | --cpus | --root | --arch | --writable | --env)
		(($# > 1)) || die "$1 needs a value"
		case $1 in
		--kernel) kernel=$2 ;;
		--kdir) kdir=$2 ;;
		--modules) modules_root=$2 ;;
		--timeout) timeout=$2 ;;
		--memory) memory=$2 ;;
		--cpus) cpus=$2 ;;
		--root) root=$2 ;;
		--arch) arch=$2 ;;
		--writable) writable+=("$2") ;;
		--env) variables+=("$2") ;;
		esac
		shift 2
		;;
	--thread-each) thread=multi && shift ;;
	--no-modules) with_modules='' && shift ;;
	--kernel-log) kernel_log=yes && shift ;;
	--help) usage && exit ;;
	--) shift && break ;;
	-*) die "unknown option $1 (see --help)" ;;
	*) break ;;
	esac
done
(($#)) || die "no command (see --help)"

machine
need "$qemu" "$qemu_package"
if [[ $root ]]; then
	root=$(realpath -e "$root" 2>/dev/null) || die "the folder of --root is not there"
	[[ $kernel && $kdir ]] || die "--root needs --kernel and --kdir"
	busybox=$root/bin/busybox
	[[ -x $busybox ]] || die "$busybox is missing"
else
	need busybox busybox-static
	busybox=$(command -v busybox)
fi
! ldd "$busybox" >/dev/null 2>&1 || die "busybox needs libraries, the initramfs has none: apt install busybox-static"
need cpio cpio
need modprobe kmod

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
top=${here%/test/vm}
cache=$top/target/vm
mkdir -p "$cache"

if [[ $modules_root ]]; then
	modules_root=$(realpath -e "$modules_root" 2>/dev/null) || die "the folder of --modules is not there"
fi
if [[ -z $kernel ]]; then
	kernel=$(find_kernel) || die "no kernel in /boot has 9p, overlayfs and headers. Install one:" \
		"  Debian: apt install linux-image-6.12-amd64 linux-headers-6.12-amd64 (12: from bookworm-security)" \
		"  Ubuntu: apt install linux-image-generic linux-headers-generic"
fi
[[ -e $kernel ]] || die "there is no kernel image $kernel"
[[ -r $kernel ]] || die "$kernel may be read by root only: sudo chmod +r $kernel"
release=$(image_release "$kernel") || release=$(folder_release "$kdir") ||
	die "cannot tell the release of $kernel: name its build folder with --kdir"
names=$(boot_modules "$release") ||
	die "kernel $release lacks 9p or overlayfs: a cloud kernel? Use linux-image-amd64 (Ubuntu: linux-image-generic)"
modules=()
[[ ! $names ]] || mapfile -t modules <<<"$names"
[[ $names != *.xz* ]] || need xz xz-utils
[[ $names != *.zst* ]] || need zstd zstd

job=$(mktemp -d)
qemu_pid=''
# shellcheck disable=SC2317 # the trap calls it
cleanup() {
	if [[ $qemu_pid ]]; then
		kill "$qemu_pid" 2>/dev/null || true
		wait "$qemu_pid" || true
	fi
	rm -rf "$job"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

key=$({ stat -Lc '%n %s %Y' "$busybox" "${modules[@]}" && cat "$here/init" "$here/session" "$here/run.sh"; } |
	sha256sum | cut -c 1-16)
initramfs=$cache/initramfs-$release-$key.cpio
[[ -e $initramfs ]] || make_initramfs "$initramfs"

ours=''
if [[ $with_modules ]]; then
	kdir=${kdir:-$(build_folder "$release")} || die "the headers of $release are missing: apt install linux-headers-$release"
	built=$(folder_release "$kdir") || die "$kdir is not the build folder of a kernel"
	[[ $built == "$release" ]] || die "$kdir is of the kernel $built, $kernel is $release"
	ours=$top/target/kernel-mod/$release
	flock "$cache/build.lock" make -C "$top/kernel-mod" KDIR="$(realpath "$kdir")" OUT="$ours" >"$job/build" 2>&1 || {
		cat "$job/build" >&2
		die "our modules cannot be built for $release"
	}
fi

# The job is a shell script that session reads; the shared folder takes the results.
mkdir "$job/share"
devices=()
share() {
	devices+=(-virtfs "local,path=$(escaped "$1"),mount_tag=$2,security_model=none,multidevs=remap$3")
}
share "${root:-/}" root ,readonly=on
share "$job/share" job ''
{
	if [[ $root ]]; then
		share "$top" repository ,readonly=on
		echo "mkdir -p $(quote "$top")"
		echo "mount -t 9p -o ro,trans=virtio,version=9p2000.L,msize=512000,cache=loose repository $(quote "$top")"
	fi
	if [[ $modules_root ]]; then
		echo "mkdir -p $(quote "/lib/modules/$release")"
		echo "mount --bind $(quote "$modules_root/lib/modules/$release" "/lib/modules/$release")"
	fi
	for number in "${!writable[@]}"; do
		folder=$(realpath -e "${writable[number]}" 2>/dev/null) || die "there is no folder ${writable[number]}"
		share "$folder" "writable$number" ''
		echo "mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000,cache=mmap writable$number $(quote "$folder")"
	done
	environment=()
	for variable in "${variables[@]}"; do
		[[ ! -v $variable ]] || environment+=("$variable=${!variable}")
	done
	[[ -z $ours ]] || environment+=("JGENL_MODULES=$ours")
	echo "modules=$(quote "$ours") kernel_log=$kernel_log"
	echo "cd $(quote "$PWD")"
	echo "set -- /usr/bin/env -i $(quote "${environment[@]}" "$@")"
} >"$job/share/job"
touch "$job/console" "$job/share/stdout" "$job/share/stderr"

# What breaks or hangs must end in a panic, and a panic ends the machine. Emulation on a busy host is
# slow, so the detectors wait for a minute. loglevel=5 shows warnings, and the verdict below looks for
# time stamps.
parameters+=" quiet loglevel=5 printk.time=1 log_buf_len=4M panic=-1 oops=panic"
# A new network namespace has lo alone, whichever modules of tunnels are loaded.
parameters+=" fb_tunnels=initns"
parameters+=" rcupdate.rcu_cpu_stall_timeout=60 watchdog_thresh=30"
for detector in softlockup_panic hung_task_panic panic_on_rcu_stall; do
	parameters+=" sysctl.kernel.$detector=1"
done

# Emulation even where there is a /dev/kvm: it costs seconds and is the same everywhere, while a nested
# KVM may be there and not work. The end of this script, however it comes, ends the machine too.
setpriv --pdeathsig TERM timeout --kill-after 5 "$timeout" \
	"$qemu" "${machine[@]}" -accel tcg,thread=$thread -smp "$cpus" -m "$memory" \
	-nodefaults -no-user-config -no-reboot -display none \
	-kernel "$kernel" -initrd "$initramfs" -append "$parameters" \
	-chardev "file,id=console,path=$(escaped "$job/console")" -serial chardev:console \
	-device virtio-rng "${devices[@]}" </dev/null >"$job/qemu" 2>&1 &
qemu_pid=$!

# The guest writes to files, because each write to a file is acknowledged: nothing is lost in a queue
# when the machine goes. tail follows until QEMU is gone, then to the end of the file.
tail -c +1 -f -s 0.1 --pid $qemu_pid "$job/share/stdout" 2>/dev/null &
stdout=$!
tail -c +1 -f -s 0.1 --pid $qemu_pid "$job/share/stderr" >&2 2>/dev/null &
stderr=$!
outcome=0
wait $qemu_pid || outcome=$?
qemu_pid=''
wait $stdout $stderr || true # a reader that went away is its own affair
cp "$job/console" "$cache/kernel.log"

verdict() {
	printf 'run.sh: %s; the log of the kernel:\n' "$1" >&2
	cat "$job/console" "$job/qemu" >&2
	exit "$2"
}

# What a kernel prints first, after the time stamp, when something is wrong with it.
trouble='(Kernel panic|Oops|BUG|kernel BUG|WARNING|INFO: (task|possible|trying)|rcu: INFO|watchdog: BUG|UBSAN|Call Trace:)'
# The bits of its taint that say so as well: bad page, oops, warning, soft lockup.
tainted=$((1 << 5 | 1 << 7 | 1 << 9 | 1 << 14))

((outcome != 124 && outcome != 137)) || verdict "no end after $timeout s" 124
! grep -qaE "^\[[ .0-9]+\](\[[ A-Z0-9]+\])? $trouble" "$job/console" || verdict 'the kernel is in trouble' 125
[[ -e $job/share/status ]] || verdict 'the machine ended before the command' 125
(($(cat "$job/share/tainted") & tainted)) && verdict "the kernel is tainted" 125
[[ ! $kernel_log ]] || cat "$job/share/kernel-log" >&2
exit "$(cat "$job/share/status")"
