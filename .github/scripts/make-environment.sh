#!/usr/bin/env bash
# azd's environment, made of SETTINGS: lines NAME=value, as `azd env get-values` prints them.
set -euo pipefail
file=$(mktemp)
printf '%s\nAZURE_PRINCIPAL_TYPE=ServicePrincipal\n' "${SETTINGS:?the GitHub environment has no variable AZD_SETTINGS: docs/operations/deploy.md says what it is}" > "$file"
setting() { sed -n "s/^$1=\"\{0,1\}\([^\"]*\)\"\{0,1\}\$/\1/p" "$file" | head -1; }
for name in AZURE_ENV_NAME AZURE_LOCATION AZURE_SUBSCRIPTION_ID; do
  if [ -z "$(setting "$name")" ]; then
    echo "AZD_SETTINGS has no line $name=…: docs/operations/deploy.md says what belongs there" >&2
    exit 1
  fi
done
azd env new "$(setting AZURE_ENV_NAME)" --location "$(setting AZURE_LOCATION)" --subscription "$(setting AZURE_SUBSCRIPTION_ID)" --no-prompt
azd env set --file "$file"
rm "$file"
