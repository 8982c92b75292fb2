# One image for the web server, the workers and every command: `docker run IMAGE web`, `worker`, `db-migrate`, `doctor`,
# `backup`, ... Only Debian and npm are asked for anything, and Node.js is the one that package-lock.json pins.
# Where Docker Hub does not answer: --build-arg DEBIAN=a.mirror.example/library/debian:trixie-slim, and --build-arg
# NPM_REGISTRY=https://npm.mirror.example, --build-arg DEBIAN_MIRROR=http://deb.mirror.example/debian for what is installed.
# HTTP_PROXY, HTTPS_PROXY and NO_PROXY are known to Docker as arguments of every build.

ARG DEBIAN=debian:trixie-slim
FROM ${DEBIAN} AS build
ARG DEBIAN_MIRROR=
RUN if [ -n "$DEBIAN_MIRROR" ]; then \
      sed -i "s#http://deb.debian.org/debian\$#$DEBIAN_MIRROR#" /etc/apt/sources.list.d/debian.sources; \
    fi \
    && apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
# The embedded database's install script is for machines without a PostgreSQL of their own; the others only download.
ARG NPM_REGISTRY=https://registry.npmjs.org
ENV npm_config_ignore_scripts=true npm_config_registry=${NPM_REGISTRY} npm_config_replace_registry_host=always NEXT_TELEMETRY_DISABLED=1
# The key that names server actions, the same for every image: `--secret id=actions_key,env=NEXT_SERVER_ACTIONS_ENCRYPTION_KEY`
# (or `src=FILE`). Without it open forms break with each image; what is made instead does not stay in it.
RUN --mount=type=cache,target=/root/.npm \
    --mount=type=secret,id=actions_key \
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY="$(cat /run/secrets/actions_key 2>/dev/null || true)" \
    DATA_DIR=/tmp/build-data node scripts/bootstrap.mjs build && rm -rf /tmp/build-data
# What is needed to build and not to run goes: development packages and what only they want (the command line of Prisma is
# wanted by its client, hence --legacy-peer-deps), and of what stays the parts for other databases, bundlers and editors.
# (next-intl's plugin asks for @swc/core whenever the configuration is read, so that stays.)
RUN npm prune --omit=dev --legacy-peer-deps --no-audit --no-fund \
    && node scripts/steps/trim-packages.mjs node_modules \
    && rm -rf .next/cache \
    && chmod -R a+rX .

FROM ${DEBIAN}
# Decoded pictures are given back to the system; see scripts/bootstrap.mjs.
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 DATA_DIR=/data HOST=0.0.0.0 PATH=/app/node_modules/.bin:$PATH
RUN useradd --system --uid 10001 --home-dir /app --no-create-home stayler && install -d -o stayler -g stayler -m 0700 /data
WORKDIR /app
COPY --from=build /app /app
# Compiled sources are kept here; see scripts/bootstrap.mjs.
RUN install -d -o stayler -g stayler -m 0700 node_modules/.cache node_modules/.cache/compiled
USER stayler
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["node", "scripts/bootstrap.mjs"]
CMD ["web"]
