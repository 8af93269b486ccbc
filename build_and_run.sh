#!/bin/bash
# The front door: each verb calls the script that does the work.
set -euo pipefail
caller=$PWD
cd "$(dirname "$(readlink -f "$0")")"
# shellcheck source-path=SCRIPTDIR source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: ./build_and_run.sh [VERB]

  (none)       installs what is missing, builds all, boots a virtual machine with the kernel module
               and runs every userland program in it; shows the kernel's log at the end
  --host       the same on this machine's own kernel: insmod, and rmmod at the end
  test         all tests: unit tests, tests on the running kernel, tests in the virtual machine
  test --packages
               makes the packages and tests them: in clean roots of Debian and Ubuntu, as a Maven
               dependency, in emulation of aarch64, and that two builds are the same (needs root)
  package      leaves all jars, .deb and .rpm in target/dist, with a list of checksums
  bench [--quick] [--only WHERE:OPERATION]… [--renew] [--json FILE]
               compares this library with others, on the running kernel and in the virtual machine;
               renews bench/REPORT.md. --quick takes less than 4 minutes, shows a rough result and
               leaves its report in target/bench/quick; --only measures one operation, such as
               host:getlink, and --renew puts that into the report; --json writes the results to FILE
  torture [--quick] [--again] [PART…]
               hostile messages, faults, long runs: what CI has no time for. Takes hours, goes on where
               it was; renews docs/torture.md. --quick takes less than 12 minutes and leaves its report
               in target/torture/quick; what it does not run it says
  vm [OPTION…] -- CMD…
               runs CMD in the virtual machine with the modules loaded; options: test/vm/run.sh --help
  jgenl -- ARGUMENT…
               runs the command line, which it builds if it is not there
  clean        removes all that was built
  --help       prints this

Packages are installed with apt, after saying so; on other systems install by hand what README.md
lists. Set JGENL_NO_INSTALL=1 to have nothing installed.
USAGE
}

if [ "${2:-}" = --help ] && [ "$1" != vm ] && [ "$1" != bench ] && [ "$1" != jgenl ] &&
	[ "$1" != torture ]; then
	usage
	exit
fi
case ${1:-} in
'' | --host | package | clean)
	(($# <= 1)) || die "unknown option '$2' of $1"
	;;
esac

case ${1:-} in
'')
	test/install.sh
	build
	say "Booting a virtual machine and running the programs in it"
	test/vm/run.sh --kernel-log -- examples/run.sh
	;;
--host) exec examples/host.sh ;;
test)
	case ${2:-} in
	'') exec test/run.sh ;;
	--packages) exec test/packages/all.sh ;;
	*) usage >&2 && die "unknown option '$2' of test" ;;
	esac
	;;
package) exec native/packaging/dist.sh ;;
bench)
	shift
	script=$PWD/bench/run.sh
	cd "$caller" # which a FILE may be relative to
	exec "$script" "$@"
	;;
torture)
	shift
	exec test/torture/run.sh "$@"
	;;
vm)
	shift
	exec test/vm/run.sh "$@"
	;;
jgenl)
	shift
	[ "${1:-}" != -- ] || shift
	[ -x java/cli/target/jgenl ] || build_java >&2
	launcher=$PWD/java/cli/target/jgenl
	cd "$caller" # which a FILE may be relative to
	exec "$launcher" "$@"
	;;
clean) rm -rf target build ./*/target java/*/target examples/*/target ;;
--help | -h | help) usage ;;
*)
	usage >&2
	die "unknown verb '$1'"
	;;
esac
