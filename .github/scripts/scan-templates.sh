#!/usr/bin/env bash
# TEMPLATE: scans a compiled template (JSON) with checkov and shows all that it finds. What fails the scan is what every environment
# promises; the rest is weighed by people, for a dev environment has neither zones nor private networks.
set -euo pipefail
template=${1:?which compiled template?}
promises=(
  CKV_AZURE_3   # storage answers HTTPS alone
  CKV_AZURE_44  # storage: TLS 1.2
  CKV_AZURE_34  # blob containers are private
  CKV_AZURE_59  # storage gives nothing to the public
  CKV_AZURE_42  # Key Vault can be recovered
  CKV_AZURE_110 # Key Vault: purge protection
  CKV_AZURE_132 # Cosmos DB: no metadata by key
  CKV_AZURE_140 # Cosmos DB: no local authentication
  CKV_AZURE_52  # SQL: TLS 1.2
  CKV_AZURE_70  # Function Apps answer HTTPS alone
  CKV_AZURE_72  # no remote debugging
  CKV_AZURE_173 # API Management: TLS 1.2
)
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
# The compiler names resources where user-defined types are used, and checkov reads them only in lists: it would pass what it never saw.
jq 'walk(if type == "object" and (.resources | type) == "object" then .resources |= [.[]] else . end)' "$template" > "$folder/template.json"
report="$folder/report.txt"
code=0
${CHECKOV:-pipx run --spec checkov==3.3.30 checkov} --directory "$folder" --framework arm --compact --quiet --soft-fail \
  --hard-fail-on "$(IFS=,; echo "${promises[*]}")" > "$report" 2> "$folder/log.txt" || code=$?
cat "$report"
if ! grep -q 'Passed checks: [1-9]' "$report"; then
  cat "$folder/log.txt" >&2
  echo "checkov saw nothing in $template that it knows: is it a compiled template?" >&2
  exit 1
fi
exit "$code"
