#!/usr/bin/env bash
# Installs mlcheck, in the versions that it is tested with, into an environment apart from the job's Python.
# Python runs isolated (-I), so that no file of the repository being checked is imported instead of a module.
set -euo pipefail

environment="$RUNNER_TEMP/mlcheck-environment"
"${PYTHON:-python3}" -I -m venv --clear "$environment"
programs="$environment/bin"
if [[ -d $environment/Scripts ]]; then programs="$environment/Scripts"; fi

"$programs/python" -I -m pip install --quiet --disable-pip-version-check \
  --constraint "$GITHUB_ACTION_PATH/constraints.txt" "$GITHUB_ACTION_PATH"
"$programs/mlcheck" --version
echo "program=$programs/mlcheck" >>"$GITHUB_OUTPUT"
