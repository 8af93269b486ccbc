# shellcheck shell=bash
# Packages of another Debian than this machine is. Sourced behind common.sh.

# mirror LABEL: where this machine takes packages of such a source from.
mirror() {
	# shellcheck disable=SC2016 # expanded by apt
	apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' |
		sed -n "s/^Debian $1 //p" | head -n 1
}

# see_suites FOLDER SUITE…: has apt see those of Debian, and take from the first what is in several. It works
# on a state of its own, which is in the folder: the package sources of this machine stay as they are.
see_suites() {
	local folder=$1 keys=/usr/share/keyrings/debian-archive-keyring.gpg suite uri
	command -v apt-get >/dev/null || die "apt-get is missing: this needs Debian"
	[ -e $keys ] || die "$keys is missing: apt install debian-archive-keyring"
	shift
	mkdir -p "$folder"/{lists,archives}/partial
	touch "$folder/status"
	for suite; do
		uri=$(mirror Debian)
		[[ $suite != *-security ]] || uri=$(mirror Debian-Security)
		[ -n "$uri" ] || die "apt knows no mirror of Debian for $suite: apt-get update"
		echo "deb [signed-by=$keys] $uri $suite main"
	done >"$folder/sources.list"
	cat >"$folder/apt.conf" <<-CONF
		APT::Default-Release "$1";
		APT::Sandbox::User "root";
		Acquire::Languages "none";
		Dir::Etc::sourcelist "$folder/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::State::lists "$folder/lists/";
		Dir::State::status "$folder/status";
		Dir::Cache "$folder/";
		Debug::NoLocking "true";
	CONF
	export APT_CONFIG=$folder/apt.conf
	apt-get -qq update
}

see_backports() {
	see_suites "$1" trixie-backports
}
