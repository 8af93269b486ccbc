#!/bin/bash
# Makes a folder with Debian's packages for another processor in it, to build against and to run from,
# without being root. apt works there on a state of its own: the architectures of this machine stay as
# they are.
set -euo pipefail

usage() {
	cat <<'USAGE'
usage: native/cross/sysroot.sh [--arch ARCH] [--alone] [PACKAGE…]

Unpacks these Debian packages for a processor into target/sysroot/ARCH, with all that they depend on,
unless they are there; without PACKAGE what the shim is built against. Maintainer scripts do not run.
They are of the release of this machine; of Debian 13, the first that has it, for riscv64.

  --arch ARCH   aarch64 (default), s390x or riscv64
  --alone       without what they depend on
  --help        print this
USAGE
}

die() {
	printf 'sysroot.sh: %s\n' "$@" >&2
	exit 1
}

dependencies=yes arch=aarch64
while (($#)); do
	case $1 in
	--arch)
		(($# > 1)) || die "--arch needs a value"
		arch=$2 && shift 2
		;;
	--alone) dependencies='' && shift ;;
	--help) usage && exit ;;
	-*) die "unknown option $1 (see --help)" ;;
	*) break ;;
	esac
done
sources=''
case $arch in
aarch64) debian=arm64 ;;
s390x) debian=s390x ;;
riscv64) debian=riscv64 sources='deb http://deb.debian.org/debian trixie main' ;;
*) die "nothing is known of $arch (see --help)" ;;
esac
(($#)) || set -- libc6-dev libnl-3-dev libnl-genl-3-dev

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
[[ $top != *[[:space:]]* ]] || die "the path of this repository has a space: neither pkg-config nor kbuild" \
	"finds there what is for $arch. Clone it to a folder without"
root=$top/target/sysroot/$arch
apt=$top/target/sysroot/$arch.apt
admin=$root/var/lib/dpkg
mkdir -p "$apt"/{lists/partial,archives/partial} "$root"/{usr/{bin,lib,sbin},etc,tmp} "$admin/alone"
touch "$admin"/{,alone/}status
ln -sfn usr/bin "$root/bin"
ln -sfn usr/lib "$root/lib"
ln -sfn usr/sbin "$root/sbin"

# apt refuses to work where something is installed without what it depends on.
[[ $dependencies ]] && list=$admin || list=$admin/alone
missing=()
for package; do
	[[ $(dpkg-query --admindir="$list" -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
		missing+=("$package")
done
((${#missing[@]})) || exit 0
command -v apt-get >/dev/null || die "apt-get is missing: this needs Debian"

cat >"$apt/apt.conf" <<CONF
APT::Architecture "$debian";
APT::Architectures { "$debian"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Dir::State::lists "$apt/lists/";
Dir::State::extended_states "$apt/extended_states";
Dir::State::status "$admin/status";
Dir::Cache "$apt/";
Dir::Cache::archives "$apt/archives/";
Debug::NoLocking "true";
CONF
if [[ $sources ]]; then
	echo "$sources" >"$apt/sources.list"
	printf 'Dir::Etc::%s;\n' "sourcelist \"$apt/sources.list\"" 'sourceparts "-"' >>"$apt/apt.conf"
fi
export APT_CONFIG=$apt/apt.conf
apt-get -qq update || die "the package sources of this machine have no $debian"
if [[ $dependencies ]]; then
	apt-get -qq --yes --download-only --no-install-recommends install "${missing[@]}" >/dev/null
else
	(cd "$apt/archives" && apt-get -qq download "${missing[@]}")
fi

for deb in "$apt"/archives/*.deb; do
	dpkg-deb --fsys-tarfile "$deb" | tar -x --keep-directory-symlink --no-same-owner -C "$root"
	# For apt and for the next run this is an installed package.
	{ dpkg-deb --field "$deb" && printf 'Status: install ok installed\n\n'; } >>"$list/status"
	rm "$deb"
done

# Absolute links lead out of the folder.
find "$root" -type l -lname '/*' -print0 | while IFS= read -r -d '' link; do
	ln -sfnr "$root$(readlink "$link")" "$link"
done
