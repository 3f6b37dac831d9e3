#!/bin/sh
# Make the `.env` that docker-compose.yml reads; one that exists is kept, since its passwords are in the volumes.
set -eu
umask 077
if [ -e .env ]; then
  echo "There is a .env already: move it away first." >&2
  exit 1
fi
{
  for name in POSTGRES OWNER SERVER WORKER REDIS S3; do
    echo "MEDIAGRAPH_${name}_PASSWORD=$(openssl rand -hex 24)"
  done
  echo "MEDIAGRAPH_JWT_SECRET=$(openssl rand -hex 32)"
  echo "MEDIAGRAPH_ENCRYPTION_KEYS=k1:$(openssl rand -base64 32)"
  echo "MEDIAGRAPH_BLIND_INDEX_KEY=$(openssl rand -hex 32)"
  echo "MEDIAGRAPH_SMTP_URL=smtp://USER:PASSWORD@smtp.example.com:587" # yours
} > .env
