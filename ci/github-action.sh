#!/usr/bin/env bash
# Checks the reports: the inputs of action.yml come as variables INPUT_…, MLCHECK is the program. With the format
# github, mlcheck itself writes the summary of the step.
# Written for bash 3.2 too, that of macOS: there the items of an array that may be empty need ${array[@]+…}.
set -euo pipefail
shopt -s nullglob
shopt -s globstar 2>/dev/null || true
export PYTHONUTF8=1

work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/mlcheck.XXXXXX")
trap 'rm -rf -- "$work"' EXIT
: >"$work/started"
# What is printed between this word and its end is never read as a command of GitHub.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
options=() written=() files=()

option() { # NAME VALUE
  if [[ -n $2 ]]; then options+=("$1=$2"); fi
}

wanted() { # FORMAT PATH
  if [[ -n $2 ]]; then
    mkdir -p -- "$(dirname -- "$2")"
    written+=(--format "$1" "--output=$2")
  fi
}

reports() { # LINE: a path, or a pattern; one that matches nothing is told by mlcheck
  local IFS='' found
  if [[ -e $1 ]]; then
    found=("$1")
  elif [[ $1 == *'**'* ]] && ! shopt -q globstar; then
    echo "::error title=mlcheck::A pattern with ** needs bash 4 or later; write one line a folder."
    exit 2
  else
    # shellcheck disable=SC2206 # without IFS it is only matched, never split
    found=($1)
  fi
  if ((${#found[@]} == 0)); then found=("$1"); fi
  files+=("${found[@]}")
}

output() { # NAME VALUE
  printf '%s<<%s\n%s\n%s\n' "$1" "$token" "$2" "$token" >>"${GITHUB_OUTPUT:-/dev/null}"
}

annotate() { # the findings as annotations; else, where the run failed, what mlcheck said
  local said
  if [[ -f $work/annotations ]]; then cat "$work/annotations"; fi
  if ((status != 0)) && [[ -s $work/said ]] && ! grep -qs '^::error ' "$work/annotations"; then
    said=$(<"$work/said")
    said=${said//'%'/%25} said=${said//$'\r'/%0D} said=${said//$'\n'/%0A}
    echo "::error title=mlcheck::$said"
  fi
}

while IFS= read -r line; do
  line=${line#"${line%%[![:space:]]*}"}
  line=${line%"${line##*[![:space:]]}"}
  if [[ -n $line ]]; then reports "$line"; fi
done <<<"${INPUT_FILES:-}"

option --prior "${INPUT_PRIOR:-}"
option --profile "${INPUT_PROFILE:-}"
option --fail-on "${INPUT_FAIL_ON:-}"
option --baseline "${INPUT_BASELINE:-}"
read -r -d '' -a further <<<"${INPUT_ARGS:-}" || true # false at the end of the text
wanted github "$work/annotations"
wanted terminal "$work/log"
wanted sarif "${INPUT_SARIF:-}"
wanted html "${INPUT_HTML:-}"

status=0
"${MLCHECK:-mlcheck}" validate "${written[@]}" ${options[@]+"${options[@]}"} ${further[@]+"${further[@]}"} \
  -- ${files[@]+"${files[@]}"} >"$work/said" 2>&1 || status=$?

echo "::stop-commands::$token"
for part in log said; do
  if [[ -f $work/$part ]]; then cat "$work/$part"; fi
done
printf '\n::%s::\n' "$token" # at the start of a line, however mlcheck ended
annotate

output exit-status "$status"
# A file that was there before is none of this run's.
if [[ ${INPUT_SARIF:-} -nt $work/started ]]; then output sarif "$INPUT_SARIF"; fi
if [[ ${INPUT_HTML:-} -nt $work/started ]]; then output html "$INPUT_HTML"; fi
exit "$status"
