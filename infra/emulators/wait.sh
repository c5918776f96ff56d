#!/usr/bin/env bash
# Waits for the emulators of compose.yaml, at most two minutes each, and makes the empty database `contract`, with row versioning
# as every database on Azure SQL has it.
set -euo pipefail
compose=(docker compose --file "$(dirname "$0")/compose.yaml")
database="IF DB_ID('contract') IS NULL CREATE DATABASE contract; ALTER DATABASE contract SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE; ALTER DATABASE contract SET ALLOW_SNAPSHOT_ISOLATION ON;"

# NAME COMMAND…
wait_for() {
  local name=$1
  shift
  for ((second = 0; second < ${EMULATOR_PATIENCE:-120}; second++)); do
    if "$@" > /dev/null 2>&1; then
      echo "$name answers"
      return
    fi
    sleep 1
  done
  echo "$name did not answer in time. Look at: ${compose[*]} logs" >&2
  exit 1
}

# shellcheck disable=SC2016 # the password is known inside the container
wait_for 'SQL Server' "${compose[@]}" exec --no-TTY sql bash -c \
  '/opt/mssql-tools18/bin/sqlcmd -C -b -S localhost -U sa -P "$MSSQL_SA_PASSWORD" -Q "$0"' "$database"
wait_for 'Cosmos DB' curl --silent --fail http://localhost:8080/ready
wait_for 'Service Bus' curl --silent --fail http://localhost:5300/health
