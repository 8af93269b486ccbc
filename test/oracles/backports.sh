# shellcheck shell=bash
# Packages of a newer Debian than this machine is. Sourced behind common.sh.

# see_backports FOLDER: has apt see those of trixie-backports. It works on a state of its own, which is in
# the folder: the package sources of this machine stay as they are.
see_backports() {
	local keys=/usr/share/keyrings/debian-archive-keyring.gpg mirror
	command -v apt-get >/dev/null || die "apt-get is missing: this needs Debian"
	[ -e $keys ] || die "$keys is missing: apt install debian-archive-keyring"
	# shellcheck disable=SC2016 # expanded by apt
	mirror=$(apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' |
		sed -n 's/^Debian Debian //p' | head -n 1)
	[ -n "$mirror" ] || die "apt knows no mirror of Debian: apt-get update"
	mkdir -p "$1"/{lists,archives}/partial
	touch "$1/status"
	echo "deb [signed-by=$keys] $mirror trixie-backports main" >"$1/sources.list"
	cat >"$1/apt.conf" <<-CONF
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Dir::Etc::sourcelist "$1/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::State::lists "$1/lists/";
		Dir::State::status "$1/status";
		Dir::Cache "$1/";
		Debug::NoLocking "true";
	CONF
	export APT_CONFIG=$1/apt.conf
	apt-get -qq update
}
