#!/usr/bin/env bash
# FOLDER: deploys each SERVICE.zip in it with azd, whose smoke test (azure.yaml, postdeploy) runs after each and stops at the first that fails.
set -euo pipefail
folder=${1:?which folder are the packages in?}
shopt -s nullglob
packages=("$folder"/*.zip)
if [ ${#packages[@]} -eq 0 ]; then
  echo "there is no package in $folder: .github/scripts/package.sh makes them" >&2
  exit 1
fi
for package in "${packages[@]}"; do
  service=$(basename "$package" .zip)
  echo "── $service"
  azd deploy "$service" --from-package "$package" --no-prompt
done
