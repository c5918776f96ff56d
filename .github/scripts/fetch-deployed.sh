#!/usr/bin/env bash
# ENVIRONMENT FOLDER: fetches what was deployed there last and stood its smoke test, which that run kept as an artifact. Where
# there is none (the first deployment, or the last one 90 days ago) FOLDER stays empty: then there is nothing to go back to.
set -euo pipefail
environment=${1:?which environment?}
folder=${2:?which folder is it to go to?}
name="deployed-$environment"
# Newest first.
run=$(gh api "repos/${GITHUB_REPOSITORY:?}/actions/artifacts?name=$name&per_page=100" \
  --jq '[.artifacts[] | select(.expired | not) | .workflow_run.id][0] // empty')
mkdir -p "$folder"
if [ -z "$run" ]; then
  echo "Nothing is known to run in $environment: should this deployment fail, it can't be rolled back by itself."
  exit 0
fi
gh run download "$run" --repo "$GITHUB_REPOSITORY" --name "$name" --dir "$folder"
echo "In $environment runs what run $run deployed: $(cd "$folder" && echo *.zip)"
