#compdef jgenl
# Completes jgenl in zsh. The program itself knows families, operations, attributes and values.
_jgenl() {
  local -a candidates whole partial
  candidates=("${(@f)$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  whole=("${(@)candidates:#*[.=]}")
  partial=("${(@M)candidates:#*[.=]}")
  [[ -n "$whole$partial" ]] || { _files; return }
  [[ -z "$whole" ]] || compadd -Q -- "${(@)whole}"
  [[ -z "$partial" ]] || compadd -Q -S '' -- "${(@)partial}"
}
if [[ $funcstack[1] == _jgenl ]]; then _jgenl "$@"; else compdef _jgenl jgenl; fi
