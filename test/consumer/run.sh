#!/bin/bash
# Publishes the artifacts to a folder and uses them as a stranger does: a project that depends on
# jgenl alone, built where nothing of ours was before, started and packed in all the usual ways.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
# shellcheck source-path=SCRIPTDIR/../.. source=test/common.sh
. test/common.sh

usage() {
	cat <<'USAGE'
usage: test/consumer/run.sh [REPOSITORY]

Checks the poms that are published, and that a project can be built with them and run.

Without REPOSITORY, a folder in the layout of Maven, the work tree is built and published to
target/consumer/repository. What is not ours comes from ~/.m2/repository, else from where
Maven takes it.
USAGE
}

(($# <= 1)) || { usage >&2 && exit 2; }
case ${1:-} in
--help) usage && exit ;;
-*) usage >&2 && exit 2 ;;
esac

out=$PWD/target/consumer
rm -rf "$out"
mkdir -p "$out"
if (($#)); then
	repository=$(realpath -e "$1")
else
	repository=$out/repository
	mvn -B -q -ntp -pl native,java/core,java/testkit,java/spec,java/spec-compiler,java/spec-testkit,java/families,java/maven-plugin,java/cli,java/bom deploy \
		-Dmaven.test.skip=true -Dmaven.install.skip=true -Dmaven.javadoc.skip=true -Dspotless.check.skip=true \
		-DaltDeploymentRepository="local::file:$repository" >"$out/deploy.log" 2>&1 || {
		cat "$out/deploy.log"
		die "the artifacts cannot be published"
	}
fi
version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$repository/dev/jgenl/jgenl/maven-metadata.xml" | tail -n 1)

# What public repositories ask for, and what users must not depend on.
for artifact in jgenl jgenl-native jgenl-testkit jgenl-spec jgenl-spec-compiler jgenl-spec-testkit jgenl-families \
	jgenl-maven-plugin jgenl-cli jgenl-bom; do
	pom=("$repository/dev/jgenl/$artifact/$version/$artifact"-*.pom)
	for element in name description url licenses developers scm; do
		grep -q "^  <${element}[ >]" "${pom[0]}" || die "the pom of $artifact has no $element"
	done
	! grep -E '<parent>|<scope>test|<repositor|<build>' "${pom[0]}" || die "the pom of $artifact says too much"
done
grep -A 3 '>jgenl-native<' "$repository/dev/jgenl/jgenl/$version"/*.pom | grep -q '<scope>compile<' ||
	die "jgenl does not bring jgenl-native along"

mvn=(mvn -B -ntp -gs "$PWD/test/consumer/settings.xml" -Djgenl.version="$version"
	-Drepository.published="file:$repository" -Drepository.cache="file:$HOME/.m2/repository")

# maven PROJECT PHASE LOCAL-REPOSITORY. A registry may refuse for a moment, so it is asked twice.
maven() {
	local again
	for again in '' -U; do
		[ -z "$again" ] || { echo "once more, in 20 s" && sleep 20; }
		"${mvn[@]}" -q $again -f "$1/pom.xml" "$2" -Dmaven.repo.local="$3" >"$1.log" 2>&1 && return
		cat "$1.log"
	done
	return 1
}

# What Maven has fetched for an earlier run may serve again, but nothing of ours.
cache=$PWD/target/consumer-cache
rm -rf "$cache/dev/jgenl"
cp -r test/consumer "$out/project"
maven "$out/project" package "$cache" || die "the consumer cannot be built with jgenl $version"

# A module that requires jgenl alone, and is tested with the testkit: Surefire as it is, no flag.
modular=$out/project/modular-testkit
maven "$modular" test "$out/local" || die "a module cannot be tested with jgenl-testkit $version"
grep -h -m 1 'Tests run: [1-9].*Failures: 0, Errors: 0, Skipped: 0' "$modular"/target/surefire-reports/*.txt ||
	die "no test of the module was run"

families=$out/project/families
maven "$families" package "$out/local" || die "a module cannot be built with jgenl-families $version"
(cd "$families/target" && ../../families.sh)

kotlin=$out/project/kotlin
maven "$kotlin" package "$cache" || die "there is no compiler of Kotlin"
(cd "$families/target" && ../../kotlin.sh "$kotlin")

# A module's spec, and a typed client of it.
mkdir -p "$out/own/examples" "$out/own/include"
cp include/*.yaml "$out/own/include"
cp -r examples/own-family "$out/own/examples"
own=$out/own/examples/own-family
rm -rf "$own/target"
maven "$own" package "$cache" || die "a client of one's own family cannot be built with jgenl $version"
test/consumer/own-family.sh "$own" "${mvn[@]}" -Dmaven.repo.local="$cache"

cd "$out/project/target"
../deployments.sh
../files.sh
../osgi.sh
