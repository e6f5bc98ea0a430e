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
  fish: `complete -c smartcall -a '(smartcall __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'`,
};

/** Prints the script of a shell. */
export const printScript: Action<object> = async ({ args, terminal }) => {
  terminal.print(scripts[args[0] ?? ""] ?? "");
  return exitCodes.ok;
};
