#!/usr/bin/env bash
# FOLDER: one zip a Function App, of what `npm run build` made; what azd would zip too, but made once and deployed everywhere.
set -euo pipefail
mkdir -p "${1:?which folder are the packages to go to?}"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
for functions in services/*/src/functions.ts; do
  service=$(basename "$(dirname "$(dirname "$functions")")")
  dist="services/$service/dist/functions"
  if [ ! -f "$dist/functions.js" ]; then
    echo "$dist has no functions.js: run \`npm run build\` first" >&2
    exit 1
  fi
  rm -f "$folder/$service.zip"
  # Maps are for whoever reads a stack here.
  (cd "$dist" && zip --quiet --recurse-paths -X "$folder/$service.zip" . --exclude '*.map' '.funcignore')
  echo "$service.zip: $(($(wc -c < "$folder/$service.zip") / 1024)) KB"
done
