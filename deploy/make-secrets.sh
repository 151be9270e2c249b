#!/bin/sh
# Makes the secrets of docker-compose.yml that are missing, in deploy/secrets; leaves the others alone.
# Needs openssl.
set -eu
cd "$(dirname "$0")/secrets"

# Files are mounted as they are, and the containers run as users of their own: everybody may read the
# files, but only their owner gets into the directory.
chmod 700 .
umask 033

password() {
  [ -s "$1" ] || openssl rand -hex 24 >"$1"
}

password esdb-admin
password esdb-ops
password esdb-mingzhang
# What a new server begins with; after that, the administrator's last password but one.
[ -s esdb-admin-before ] || echo changeit >esdb-admin-before

base64url() {
  base64 | tr -d '\n=' | tr '+/' '-_'
}

# The key that signs the bearer tokens: Ed25519, as a private JWK. The last 32 bytes are the key.
if [ ! -s signing-key.json ]; then
  key=$(mktemp)
  trap 'rm -f "$key"' EXIT
  openssl genpkey -algorithm ed25519 -outform DER -out "$key"
  d=$(tail -c 32 "$key" | base64url)
  x=$(openssl pkey -in "$key" -inform DER -pubout -outform DER | tail -c 32 | base64url)
  printf '{"kty":"OKP","crv":"Ed25519","d":"%s","x":"%s"}\n' "$d" "$x" >signing-key.json
fi
