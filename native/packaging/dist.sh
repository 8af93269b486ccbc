#!/bin/bash
# Makes all that is published.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: native/packaging/dist.sh

Installs what is missing; leaves all jars, .deb and .rpm in target/dist, with a list of checksums, and
the jars also in target/repository, a folder in the layout of a Maven repository.
USAGE
}

case ${1:-} in
'') ;;
-h | --help) usage && exit ;;
*) usage >&2 && die "unknown argument '$1'" ;;
esac

test/install.sh dpkg-dev rpm gcc-aarch64-linux-gnu
say "Fetching what the shim for aarch64 is built against"
native/cross/sysroot.sh
say "Making the jars"
rm -rf target/repository target/dist
mvn -B -q -ntp -P release,cross \
	-pl native,java/core,java/testkit,java/spec,java/spec-compiler,java/spec-testkit,java/families,java/maven-plugin,java/cli,java/bom deploy -DskipTests \
	-Dmaven.install.skip=true "-DaltDeploymentRepository=local::file:$PWD/target/repository"
mkdir -p target/dist
# A snapshot is deployed under the time at which it was.
find target/repository -type f -regex '.*\.\(jar\|pom\|json\)' | while read -r file; do
	cp "$file" "target/dist/$(basename "$file" |
		sed -E 's/-[0-9]{8}\.[0-9]{6}-[0-9]+/-SNAPSHOT/')"
done
say "Making the packages for distributions"
native/packaging/build.sh target/dist
(cd target/dist && sha256sum -- *.* >SHA256SUMS)
say "target/dist"
cat target/dist/SHA256SUMS
