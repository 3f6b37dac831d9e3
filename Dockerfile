# One image for every process; the command chooses:
#   node dist/src/server.js · node --max-semi-space-size=16 --max-old-space-size=512 dist/src/worker.js · node dist/src/cli.js migrate
FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json ./

FROM base AS build
# With optional packages: the compiler's binary is one of them.
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY migrations migrations
COPY src src
RUN npm run build

FROM base AS dependencies
# Without optional packages: the embedded services, and the Node of npm scripts.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

FROM base AS mediagraph
# Process 1 that passes signals on and reaps, whatever the command and the engine.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends tini=0.19.* \
  && rm -rf /var/lib/apt/lists/*
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 INTERNAL_HOST=0.0.0.0 INTERNAL_PORT=9464
EXPOSE 4000 9464
# A number: Kubernetes' runAsNonRoot does not look names up.
USER 1000:1000
# Of server and worker; where a command serves no health, as `migrate`, it is to be switched off.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "--input-type=module", "--eval", "process.exit((await fetch(`http://127.0.0.1:${process.env.INTERNAL_PORT}/healthz`)).ok ? 0 : 1)"]
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/src/server.js"]
