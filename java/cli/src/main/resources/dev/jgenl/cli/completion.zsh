#compdef jgenl
# Completion of jgenl for zsh.
_jgenl() {
	local line word
	local -a found whole open
	found=(${(f)"$($words[1] complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)"})
	(($#found)) || { _files; return }
	for line in $found; do
		word=${line%%$'\t'*}
		line=${word//:/\\:}${line[$#word+1,-1]/$'\t'/:}
		if [[ $word == *[=.] ]]; then open+=($line); else whole+=($line); fi
	done
	_describe jgenl open -S '' -- whole
}
if [[ $funcstack[1] == _jgenl ]]; then _jgenl "$@"; else compdef _jgenl jgenl; fi
