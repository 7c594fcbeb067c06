#!/usr/bin/env bash
# Builds the page from its sources in a folder of its own and compares it with the files that are shipped.
set -eu
cd "$(dirname "$0")"

if grep --quiet '"resolved"' package-lock.json; then
  printf 'package-lock.json names a registry: npm install --omit-lockfile-registry-resolved\n' >&2
  exit 1
fi
npm ci --no-audit --no-fund
npm run check
npm test
built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT
npm run build -- --outDir "$built/static"
if ! diff --recursive --brief "$built/static" ../contractlang_playground/static; then
  printf 'the shipped page differs from its sources: run `make frontend` and commit playground/contractlang_playground/static\n' >&2
  exit 1
fi
printf 'the shipped page is what its sources build\n'
