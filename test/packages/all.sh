#!/bin/bash
# Makes all that is published and tests it.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh
# shellcheck source-path=SCRIPTDIR/../.. source=test/steps.sh
. test/steps.sh

usage() {
	cat <<'USAGE'
usage: test/packages/all.sh

Makes the jars, .deb and .rpm and tests them: that two builds are the same, as a Maven dependency, in
clean roots of Debian and Ubuntu, in emulation of aarch64. Needs root. Goes on after a step that fails;
the last lines say what ran.
USAGE
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

[ "$(id -u)" = 0 ] || die "test --packages needs root: it installs packages into other roots"
test/install.sh debootstrap zstd lintian rpm dpkg-dev gcc-aarch64-linux-gnu qemu-user-static
step "packages: all are made" native/packaging/dist.sh
step "packages: two builds of a commit are the same" test/reproducible.sh
step "packages: a program that depends on jgenl alone" test/consumer/run.sh target/repository
step "packages: in clean roots of the distributions" test/packages/run.sh target/dist
step "packages: aarch64, emulated" test/aarch64/run.sh
show_steps
echo "left out: a kernel of aarch64 in emulation, test/vm/foreign.sh"
