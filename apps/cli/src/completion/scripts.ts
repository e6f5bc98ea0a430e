import type { Action } from "../act.js";
import { exitCodes } from "../exit-code.js";

/** What each shell is told: whatever is typed, the program itself knows what may follow. */
const scripts: Readonly<Record<string, string>> = {
  bash: `_smartcall() {
  local IFS=$'\\n'
  COMPREPLY=($(smartcall __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _smartcall smartcall`,
  zsh: `_smartcall() {
  local -a candidates
  candidates=("\${(@f)$(smartcall __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "$candidates" ]]; then compadd -- $candidates; else _files; fi
}
compdef _smartcall smartcall`,
  // Given nothing, files are offered, as the other shells do.
  fish: `function __smartcall
  set -l candidates (smartcall __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)
  if set -q candidates[1]
    printf '%s\\n' $candidates
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c smartcall -f -a '(__smartcall)'`,
};

/** Prints the script of a shell. */
export const printScript: Action<object> = async ({ args, terminal }) => {
  terminal.print(scripts[args[0] ?? ""] ?? "");
  return exitCodes.ok;
};
