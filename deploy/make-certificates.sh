#!/bin/bash
# Runs in the image of es-gencert-cli, as root, before the nodes start. Makes what is missing:
#   /authority      the private certificate authority; its key is mounted here and nowhere else
#   /node1 … /node3 each node's certificate and key, beside the authority's certificate
#   /trust          the authority's certificate, for those who speak to the nodes
# RENEW=yes makes new certificates of the nodes under the same authority.
set -euo pipefail

if [ ! -s /authority/ca.key ]; then
  es-gencert-cli create-ca -days 3650 -out /authority
fi

for node in node1 node2 node3; do
  if [ ! -s "/$node/node.key" ] || [ "${RENEW:-}" = yes ]; then
    rm -f "/$node/node.crt" "/$node/node.key"
    es-gencert-cli create-node -days 730 -ca-certificate /authority/ca.crt -ca-key /authority/ca.key \
      -dns-names "$node,localhost" -ip-addresses 127.0.0.1 -out "/$node"
    # The node's user, and nobody else.
    chmod 400 "/$node/node.key"
    chown 1000:1000 "/$node/node.key"
  fi
  mkdir -p "/$node/ca"
  cp -f /authority/ca.crt "/$node/ca/ca.crt"
done
cp -f /authority/ca.crt /trust/ca.crt
