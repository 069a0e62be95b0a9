import { parseArgs } from "node:util";

import { dockCommands } from "../../dock/commands/commands";
import { EngineError } from "../../engine/ground/errors";

const usage = `berth completion bash|zsh|fish

Prints what makes a shell complete commands, their options (as each command's own --help tells them) and files:

  bash   source <(berth completion bash)                              in ~/.bashrc
  zsh    source <(berth completion zsh)                               in ~/.zshrc, after compinit
  fish   berth completion fish > ~/.config/fish/completions/berth.fish`;

/** The options that a command's help tells of, a line each; none where it does not work. */
const optionsOf = `berth $1 --help 2>/dev/null </dev/null | grep -oE -e '--[a-z][a-z-]*' | sort -u`;

const scripts = {
  bash: (commands: string, dock: string) => `_berth_options() { ${optionsOf}; }
_berth() {
  local word=\${COMP_WORDS[COMP_CWORD]} first=\${COMP_WORDS[1]} second=\${COMP_WORDS[2]} choices
  if [ "$COMP_CWORD" -eq 1 ]; then choices="${commands}"
  elif [ "$first" = dock ] && [ "$COMP_CWORD" -eq 2 ]; then choices="${dock}"
  elif [[ $word != -* ]]; then COMPREPLY=(); return
  elif [ "$first" = dock ]; then choices=$(_berth_options "dock $second")
  else choices=$(_berth_options "$first"); fi
  COMPREPLY=($(compgen -W "$choices" -- "$word"))
}
complete -o bashdefault -o default -F _berth berth
`,
  zsh: (commands: string, dock: string) => `#compdef berth
_berth_options() { ${optionsOf.replace("$1", "${=1}")}; }
_berth() {
  if (( CURRENT == 2 )); then compadd -- ${commands}
  elif [[ $words[2] == dock ]] && (( CURRENT == 3 )); then compadd -- ${dock}
  elif [[ $PREFIX != -* ]]; then _files
  elif [[ $words[2] == dock ]]; then compadd -- \${(f)"$(_berth_options "dock $words[3]")"}
  else compadd -- \${(f)"$(_berth_options "$words[2]")"}; fi
}
compdef _berth berth
`,
  fish: (commands: string, dock: string) => `function __berth_options
  set -l words (commandline -opc)
  set -l given $words[2]
  test "$given" = dock; and set given dock $words[3]
  berth $given --help 2>/dev/null </dev/null | string match -ra -- '--[a-z][a-z-]*' | sort -u
end
complete -c berth -n __fish_use_subcommand -f -a "${commands}"
complete -c berth -n '__fish_seen_subcommand_from dock; and test (count (commandline -opc)) -eq 2' -f -a "${dock}"
complete -c berth -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__berth_options)'
`,
} as const;

/** `berth completion`: what a shell needs to complete commands. */
export function completion(args: string[], commands: readonly string[]): void {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const [shell = ""] = positionals;
  if (positionals.length > 1 || !isShell(shell)) throw new EngineError("bad_parameter", usage);
  process.stdout.write(scripts[shell](commands.join(" "), Object.keys(dockCommands).join(" ")));
}

function isShell(name: string): name is keyof typeof scripts {
  return Object.hasOwn(scripts, name);
}
