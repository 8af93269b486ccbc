#!/bin/bash
# Runs the programs on this machine's own kernel: with insmod, which needs privilege, instead of a
# virtual machine.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
# shellcheck source-path=SCRIPTDIR/.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: examples/host.sh

Installs what is missing, builds all, loads the kernel module into this machine's own kernel, runs every
userland program, and unloads the module; shows the kernel's log at the end.
USAGE
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

[ -e /proc/modules ] ||
	die "this kernel cannot load modules: ./build_and_run.sh runs all in a virtual machine instead"
test/install.sh
build
modules=target/kernel-mod/$(uname -r)
sudo=()
[ "$(id -u)" = 0 ] || sudo=(sudo)
say "Building the kernel module for this machine's kernel, $(uname -r)"
make -C kernel-mod OUT="$PWD/$modules"
say "Loading it"
"${sudo[@]}" insmod "$modules/gnl_foobar_xmpl.ko" || die "insmod failed: it needs the right" \
	"CAP_SYS_MODULE (root, not in a container), and with Secure Boot a signed module;" \
	"./build_and_run.sh runs all in a virtual machine instead"
trap '"${sudo[@]}" rmmod gnl_foobar_xmpl' EXIT
echo 'module gnl_foobar_xmpl +p' |
	"${sudo[@]}" tee /proc/dynamic_debug/control >/dev/null 2>&1 ||
	echo "(this kernel has no dynamic debug: the module logs no requests)"
say "Running the programs"
status=0
examples/run.sh || status=$?
say "The kernel's log"
"${sudo[@]}" dmesg | grep gnl_foobar_xmpl | tail -n 40
exit $status
