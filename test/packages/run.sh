#!/bin/bash
# Installs the packages into clean distributions, uses them there, and removes them.
set -euo pipefail
PATH+=:/usr/sbin:/sbin # debootstrap, chroot
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../common.sh
. "$here/../common.sh"

usage() {
	cat <<'USAGE'
usage: test/packages/run.sh FOLDER [DISTRIBUTION…]

Tests the .deb and .rpm packages in FOLDER. DISTRIBUTION is bookworm, trixie, noble (made with
debootstrap below target/chroot, where they are kept for the next time) or rpm (an empty root, without
a distribution's own packages). Default: all. Needs root, and for a distribution its mirror.

What cannot be tested here is skipped, and said; with CI set, that is a failure, except for noble.
USAGE
}

case ${1:-} in
-h | --help) usage && exit ;;
'' | -*) usage >&2 && die "name the folder with the packages" ;;
esac
cache=$(cd "$here/../.." && pwd -P)/target/chroot
packages=$(cd "$1" && pwd -P)
shift
(($#)) || set -- bookworm trixie noble rpm
[ "$(id -u)" = 0 ] || die "become root: it installs packages into other roots"
umask 022
mkdir -p "$cache"

results=() failures=0
result() {
	results+=("$1")
	printf '%s\n' "$1"
}

# check NAME COMMAND…
check() {
	local name=$1
	shift
	if "$@"; then
		result "passed: $name"
	else
		result "FAILED: $name"
		failures=$((failures + 1))
	fi
}

# skip NAME REASON [allowed]
skip() {
	result "SKIPPED: $1: $2"
	[ -z "${CI:-}" ] || [ "${3:-}" = allowed ] || failures=$((failures + 1))
}

# Mounts and processes are seen by nobody else and end with the session, however it ends.
work=$(mktemp -d "$cache/run.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT

# in_root ROOT COMMAND…
in_root() {
	local root=$1
	shift
	# shellcheck disable=SC2016 # expanded inside
	unshare --mount --pid --fork --kill-child -- bash -c '
		set -e
		root=$1
		shift
		mount -t proc proc "$root/proc"
		mount -t tmpfs tmpfs "$root/tmp"
		mount --bind "$root.archives" "$root/var/cache/apt/archives"
		exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root \
			DEBIAN_FRONTEND=noninteractive ${http_proxy:+http_proxy="$http_proxy"} \
			${https_proxy:+https_proxy="$https_proxy"} chroot "$root" "$@"
	' - "$root" "$@" </dev/null
}

# mirror SUITE: the one that this machine takes the same part of its own release from, if it has one.
mirror() {
	local own
	own=$(. /etc/os-release && echo "$VERSION_CODENAME")
	# shellcheck disable=SC2016 # expanded by apt
	apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
		awk -v suite="$own$1" '$1 == suite && $2 == "main" { print $3; exit }'
}

# The keys of the other distribution come with a package of this one, or of a newer release.
keyring() {
	local file=/usr/share/keyrings/$1
	if [ -e "$file" ]; then
		echo "$file"
	elif [ -e "$cache/$1" ]; then
		echo "$cache/$1"
	fi
}

fetch_ubuntu_keys() {
	local root=$work/keys reason=''
	[ -z "$(keyring ubuntu-archive-keyring.gpg)" ] || return 0
	make_base trixie || return 1
	unpack trixie "$root"
	in_root "$root" sh -c 'apt-get -qq update && apt-get -qq install -y ubuntu-keyring' >"$root.log" 2>&1 &&
		cp "$root/usr/share/keyrings/ubuntu-archive-keyring.gpg" "$cache/"
}

# make_base RELEASE: bootstraps it into a tar ball, unless it is there.
make_base() {
	local release=$1 root=$work/base-$1 script keys uri='' own part
	[ ! -e "$cache/$release.tar.zst" ] || return 0
	command -v debootstrap >/dev/null || reason='debootstrap is missing: apt install debootstrap'
	command -v zstd >/dev/null || reason='zstd is missing: apt install zstd'
	[ -z "$reason" ] || return 1
	own=$(. /etc/os-release && echo "$ID")
	case $release in
	noble)
		script=gutsy keys=ubuntu-archive-keyring.gpg
		fetch_ubuntu_keys || true
		[ "$own" != ubuntu ] || uri=$(mirror '')
		;;
	*)
		script=sid keys=debian-archive-keyring.gpg
		[ "$own" != debian ] || uri=$(mirror '')
		;;
	esac
	keys=$(keyring "$keys")
	[ -n "$keys" ] || {
		reason="the keys of its archive are not on this machine"
		return 1
	}
	say "Bootstrapping $release"
	# Without a mirror debootstrap takes the distribution's own.
	debootstrap --variant=minbase --keyring="$keys" "$release" "$root" "$uri" \
		"/usr/share/debootstrap/scripts/$script" >"$cache/$release.log" 2>&1 || {
		reason="debootstrap failed, see $cache/$release.log: $(tail -n 1 "$cache/$release.log")"
		return 1
	}
	uri=$(awk '$1 == "deb" { print $2; exit }' "$root/etc/apt/sources.list")
	echo "deb $uri $release-updates main" >>"$root/etc/apt/sources.list"
	case $release in
	noble) echo "deb $uri $release-security main" ;;
	*)
		[ "$own" != debian ] || part=$(mirror -security)
		[ -z "${part:-}" ] || echo "deb $part $release-security main"
		;;
	esac >>"$root/etc/apt/sources.list"
	apt-config dump | grep -i '^Acquire::[a-z]*::proxy' >"$root/etc/apt/apt.conf.d/proxy" || true
	cat >"$root/etc/apt/apt.conf.d/test" <<-'CONF'
		APT::Install-Recommends "false";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Acquire::Retries "3";
	CONF
	printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
	chmod +x "$root/usr/sbin/policy-rc.d"
	# The caller asks with "if", where set -e is off: half a root would be kept for ever.
	if ! { tar -C "$root" -c . | zstd -q -f -o "$cache/$release.tar.zst.new" &&
		mv "$cache/$release.tar.zst.new" "$cache/$release.tar.zst"; }; then
		reason="cannot keep the root of $release"
		return 1
	fi
	rm -rf --one-file-system "$root"
}

unpack() {
	mkdir -p "$2" "$cache/$1.archives/partial"
	zstd -dc "$cache/$1.tar.zst" | tar -C "$2" -x --numeric-owner
	ln -sfn "$cache/$1.archives" "$2.archives"
	cp /etc/resolv.conf "$2/etc/resolv.conf"
}

# The names of the files that bear ours, apart from the packages themselves.
leftovers() {
	find "$1" -xdev \( -iname '*jgenl*' -o -iname '*gnl[-_]foobar*' \) \
		-not -path "$1/srv/*" -printf '/%P\n' | sort
}

nothing_left() {
	local left
	left=$(leftovers "$1")
	[ -z "$left" ] || {
		printf 'left behind: %s\n' "$left"
		return 1
	}
}

# exchange EXPECTED COMMAND…: runs Exchange; the mapped file must be this one, and the only one.
exchange() {
	local expected=$1 output
	shift
	output=$("$@" 2>&1) || {
		printf '%s\n' "$output"
		return 1
	}
	printf '%s\n' "$output"
	[[ $output == *"family nlctrl has the id 16"* ]] &&
		[ "$(sed -n 's/^mapped: //p' <<<"$output")" = "$expected" ]
}

java_in() {
	in_root "$1" java -Djava.io.tmpdir=/srv/tmp "${@:2}"
}

# missing_library_is_named ROOT FILE: without it there is nothing to extract, and the message says so.
missing_library_is_named() {
	local root=$1 file=$1$2 output status=0
	mv "$file" "$file.away"
	output=$(java_in "$root" -cp /usr/share/java/jgenl.jar:/srv Exchange 2>&1) || status=$?
	mv "$file.away" "$file"
	sed -n '/cannot load/,/Remedy/p' <<<"$output"
	[ $status != 0 ] && [[ $output == *"jgenl-native is missing"*"Remedy: put dev.jgenl:jgenl-native"* ]]
}

# files_are_gone ROOT LIST
files_are_gone() {
	local root=$1 file left=0
	while read -r file; do
		# Folders may belong to other packages too.
		if [ -L "$root$file" ] || { [ -e "$root$file" ] && [ ! -d "$root$file" ]; }; then
			echo "left behind: $file"
			left=1
		fi
	done <"$2"
	return $left
}

dkms_module_is_installed() {
	local root=$1 status
	status=$(in_root "$root" dkms status gnl-foobar-xmpl)
	printf '%s\n' "$status"
	[[ $status == *": installed"* ]] &&
		find "$root/lib/modules/" -path '*/updates/dkms/gnl_foobar_xmpl.ko*' -printf '/lib/modules/%P\n' | grep .
}

dkms_module_is_gone() {
	[ ! -e "$1/var/lib/dkms/gnl-foobar-xmpl" ] &&
		[ -z "$(find "$1/lib/modules/" -name 'gnl_foobar_xmpl.ko*')" ]
}

quietly() {
	"$@" >"$work/log" 2>&1 || {
		tail -n 40 "$work/log"
		return 1
	}
}

purge() {
	local root=$1
	shift
	in_root "$root" sh -c 'dpkg -L "$@"' - "$@" >"$work/files" || return 1
	quietly in_root "$root" apt-get -qq purge -y "$@"
}

# answers ROOT WORD…: jgenl, behind these words, prints JSON on stdout and nothing on stderr.
answers() {
	local root=$1 output
	shift
	if ! output=$(in_root "$root" "$@" jgenl families -j 2>"$work/stderr") || [ -s "$work/stderr" ] ||
		[[ $output != "["*'"name":"nlctrl"'* ]]; then
		printf '%s\n' "$output"
		cat "$work/stderr"
		return 1
	fi
}

# The JVM itself refuses to run with one that is not of this Java and these jars.
archive_is_used() {
	[ -s "$1/var/cache/jgenl/jgenl.jsa" ] &&
		in_root "$1" env JDK_JAVA_OPTIONS=-Xshare:on jgenl families -j >/dev/null
}

archive_is_ignored() {
	! archive_is_used "$1" 2>/dev/null
}

# As it is when Java has changed: the archive begins with the name and version of its JVM.
alter_archive() {
	local archive=$1/var/cache/jgenl/jgenl.jsa offset
	offset=$(grep -abom 1 'Server VM (' "$archive" | cut -d : -f 1) && chmod u+w "$archive" &&
		printf 'Another' | dd of="$archive" bs=1 seek="$offset" conv=notrunc status=none
}

reinstall_java() {
	# shellcheck disable=SC2016 # expanded inside
	in_root "$1" sh -c 'apt-get -qq install -y --reinstall \
		$(dpkg-query -W -f "\${db:Status-Status} \${Package}\n" "openjdk-*-jre-headless" |
			sed -n "s/^installed //p")'
}

test_command_line() {
	local release=$1 root=$2
	check "$release: apt install of jgenl" quietly \
		in_root "$root" sh -c 'apt-get -qq install -y /srv/jgenl_*.deb'
	check "$release: jgenl asks the kernel" answers "$root"
	check "$release: jgenl asks the kernel without privilege" \
		answers "$root" setpriv --reuid 65534 --regid 65534 --clear-groups
	check "$release: its classes come from the archive that was made when it was installed" \
		archive_is_used "$root"
	check "$release: an archive of another Java can be made up" alter_archive "$root"
	check "$release: it is not used" archive_is_ignored "$root"
	check "$release: jgenl says nothing of it" answers "$root"
	check "$release: apt installs Java anew" quietly reinstall_java "$root"
	check "$release: and the archive is made anew" archive_is_used "$root"
	# shellcheck disable=SC2016 # expanded inside
	check "$release: bash completes words" in_root "$root" bash -c '
		. /usr/share/bash-completion/completions/jgenl
		COMP_LINE="jgenl dump nlct" COMP_POINT=15
		_jgenl jgenl && [ "${COMPREPLY[*]}" = nlctrl ]'
	check "$release: there is a page of the manual" gzip --test "$root/usr/share/man/man1/jgenl.1.gz"
}

test_debian() {
	local release=$1 root=$work/$1 headers library reason='' arch
	arch=$(dpkg --print-architecture)
	if ! make_base "$release"; then
		case $release in
		noble) skip "$release" "$reason" allowed ;;
		*) skip "$release" "$reason" ;;
		esac
		return
	fi
	say "$release"
	case $release in
	noble) headers=linux-headers-generic ;;
	*) headers=linux-headers-$arch ;;
	esac
	unpack "$release" "$root"
	mkdir -p "$root/srv/tmp"
	cp "$packages"/*.deb "$work/classes/Exchange.class" "$root/srv/"
	check "$release: apt update" quietly in_root "$root" apt-get -qq update
	check "$release: apt install of the library, and what it depends on" quietly \
		in_root "$root" sh -c 'apt-get -qq install -y /srv/libjgenl-*.deb'
	in_root "$root" java -version 2>&1 | head -n 1 || true
	library=/usr/lib/$(basename "$(dirname "$root"/usr/lib/*-linux-gnu*/libc.so.6)")/jni/libjgenl.so
	check "$release: an exchange with the kernel, from the class path" \
		exchange "$library" \
		java_in "$root" -cp /usr/share/java/jgenl.jar:/srv Exchange
	check "$release: an exchange with the kernel, from the module path" \
		exchange "$library" \
		java_in "$root" -p "/usr/share/java/jgenl.jar" --add-modules dev.jgenl -cp /srv Exchange
	check "$release: nothing was extracted" test -z "$(ls -A "$root/srv/tmp")"
	# shellcheck disable=SC2016 # expanded inside
	check "$release: the links of the Maven repository lead to the jar" in_root "$root" sh -c \
		'for jar in /usr/share/java/jgenl*.jar /usr/share/maven-repo/dev/jgenl/jgenl/*/*.jar; do
			test -s "$jar" || exit 1; done'
	check "$release: without the JNI library the message says why" \
		missing_library_is_named "$root" "$library"
	test_command_line "$release" "$root"
	check "$release: apt purge of jgenl and the library" purge "$root" jgenl libjgenl-java libjgenl-jni
	check "$release: its files are gone" files_are_gone "$root" "$work/files"
	check "$release: nothing named so is left" nothing_left "$root"

	check "$release: apt install of $headers and the DKMS package" quietly \
		in_root "$root" sh -c "apt-get -qq install -y $headers && apt-get -qq install -y /srv/gnl-*.deb"
	check "$release: DKMS has built and installed the module" dkms_module_is_installed "$root"
	check "$release: apt purge of the DKMS package" purge "$root" gnl-foobar-xmpl-dkms
	check "$release: its files are gone" files_are_gone "$root" "$work/files"
	check "$release: its module is gone" dkms_module_is_gone "$root"
	check "$release: nothing named so is left" nothing_left "$root"
	rm -rf --one-file-system "$root"
}

rpm_in() {
	rpm --root "$work/rpm" "$@"
}

rpm_says() {
	local what=$1 package=$2 line
	for line in "${@:3}"; do
		rpm -qp "$what" "$packages/$package"-[0-9]*.rpm | grep -qxF -- "$line" || {
			echo "$package does not say: $line"
			return 1
		}
	done
}

test_rpm() {
	local root=$work/rpm version
	command -v rpm >/dev/null || {
		skip rpm 'rpm is missing: apt install rpm'
		return
	}
	say rpm
	version=$(rpm -qp --qf '%{VERSION}' "$packages"/libjgenl-java-*.rpm)
	check "rpm: what libjgenl-jni requires" rpm_says --requires libjgenl-jni \
		libnl3 'libnl-3.so.200()(64bit)' 'libnl-genl-3.so.200()(64bit)'
	check "rpm: what libjgenl-java requires" rpm_says --requires libjgenl-java \
		'java-headless >= 1:17' "libjgenl-jni = $version-1"
	check "rpm: what jgenl requires" rpm_says --requires jgenl \
		'java-headless >= 1:17' "libjgenl-java = $version-1"
	check "rpm: what gnl-foobar-xmpl-dkms requires" rpm_says --requires gnl-foobar-xmpl-dkms dkms
	mkdir -p "$root"
	rpm_in --initdb
	check "rpm: installation into an empty root" quietly rpm_in --install --nodeps --noscripts \
		"$packages"/*.rpm
	find "$root" -type f -not -path '*/var/lib/rpm/*' -not -path '*/.rpmdb/*' -not -path "$root/root/*" \
		-printf '/%P\n' | sort >"$work/installed"
	sort >"$work/expected" <<-FILES
		/usr/share/bash-completion/completions/jgenl
		/usr/share/fish/vendor_completions.d/jgenl.fish
		/usr/share/jgenl/archive
		/usr/share/jgenl/jgenl
		/usr/share/jgenl/lib/commons-cli.jar
		/usr/share/jgenl/lib/jackson-core.jar
		/usr/share/jgenl/lib/javapoet.jar
		/usr/share/jgenl/lib/jgenl-cli.jar
		$(cd "$here/../../java/cli/target/lib/families" && printf '/usr/share/jgenl/lib/families/%s\n' index NOTICE ./*.model | sed s,/./,/,)
		/usr/share/jgenl/lib/jgenl-spec-compiler.jar
		/usr/share/jgenl/lib/jgenl-spec.jar
		/usr/share/jgenl/lib/snakeyaml-engine.jar
		/usr/lib64/jgenl/libjgenl.so
		/usr/share/java/jgenl/jgenl.jar
		/usr/share/licenses/gnl-foobar-xmpl-dkms/LICENSE
		/usr/share/licenses/jgenl/LICENSE
		/usr/share/licenses/jgenl/LICENSE-Apache-2.0
		/usr/share/licenses/jgenl/LICENSE-BSD-3-Clause
		/usr/share/licenses/libjgenl-java/LICENSE
		/usr/share/licenses/libjgenl-jni/LICENSE
		/usr/share/man/man1/jgenl.1.gz
		/usr/share/maven-poms/jgenl/jgenl.pom
		/usr/src/gnl-foobar-xmpl-$version/Kbuild
		/usr/src/gnl-foobar-xmpl-$version/dkms.conf
		/usr/src/gnl-foobar-xmpl-$version/gnl_foobar_xmpl.c
		/usr/src/gnl-foobar-xmpl-$version/include/gnl_foobar_xmpl.h
		/usr/share/zsh/site-functions/_jgenl
	FILES
	check "rpm: the files are these and no others" diff -u "$work/expected" "$work/installed"
	check "rpm: an exchange with the kernel, with this machine's JRE" \
		exchange "$root/usr/lib64/jgenl/libjgenl.so" \
		java -Djava.library.path="$root/usr/lib64/jgenl" \
		-cp "$root/usr/share/java/jgenl/jgenl.jar:$work/classes" Exchange
	check "rpm: jgenl asks the kernel, with this machine's JRE" \
		env JDK_JAVA_OPTIONS="-Djava.library.path=$root/usr/lib64/jgenl" "$root/usr/bin/jgenl" \
		dump nlctrl getfamily -j
	check "rpm: removal" quietly rpm_in --erase --nodeps --noscripts \
		jgenl libjgenl-jni libjgenl-java gnl-foobar-xmpl-dkms
	check "rpm: nothing named so is left" nothing_left "$root"
	echo "(a distribution with dnf is not made here: its own dependencies are not resolved)"
}

test_lintian() {
	command -v lintian >/dev/null || {
		skip lintian 'lintian is missing: apt install lintian'
		return
	}
	check "deb: lintian finds no error" lintian --allow-root --fail-on error "$packages"/*.deb
}

for kind in deb rpm; do
	for name in jgenl libjgenl-jni libjgenl-java gnl-foobar-xmpl-dkms; do
		compgen -G "$packages/${name}[-_][0-9]*.$kind" >/dev/null ||
			die "there is no .$kind of $name in $packages: native/packaging/build.sh makes it, that of jgenl behind mvn package"
	done
done
mkdir -p "$work/classes" "$work/jar"
dpkg-deb --extract "$packages"/libjgenl-java_*.deb "$work/jar"
javac --release 17 -d "$work/classes" -cp "$work/jar/usr/share/java/*" "$here/Exchange.java"

say "The packages"
test_lintian
for distribution; do
	case $distribution in
	bookworm | trixie | noble) test_debian "$distribution" ;;
	rpm) test_rpm ;;
	*) die "unknown distribution $distribution (see --help)" ;;
	esac
done

say "What ran"
printf '%s\n' "${results[@]}"
printf '%d passed, %d failed, %d skipped\n' \
	"$(printf '%s\n' "${results[@]}" | grep -c ^passed)" \
	"$(printf '%s\n' "${results[@]}" | grep -c ^FAILED)" \
	"$(printf '%s\n' "${results[@]}" | grep -c ^SKIPPED)"
[ "$failures" = 0 ]
