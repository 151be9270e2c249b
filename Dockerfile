# The Node of the tests: package.json, devDependencies.node.
FROM node:26.10.0-bookworm-slim AS build
WORKDIR /src
COPY . .
# `npm ci` builds too (the script `prepare`), which needs the tools that are then left behind.
RUN npm ci && npm prune --omit=dev --ignore-scripts

FROM node:26.10.0-bookworm-slim
ENV NODE_ENV=production MZ_DATA=/data
WORKDIR /app
COPY --from=build /src/package.json /src/LICENSE ./
COPY --from=build /src/node_modules ./node_modules
COPY --from=build /src/dist ./dist
COPY audit ./audit
COPY deploy/set-up ./deploy/set-up
# The only place that is written, /tmp apart: the rest may be mounted read-only.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8420
# Alive is not ready: a node that builds its views answers 503 at /readyz for a while, rightly.
# Its first start may take minutes.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10m --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8420/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Any command of `mz`: docker compose run --rm api-1 doctor
ENTRYPOINT ["node", "dist/apps/cli/main.js"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8420"]
