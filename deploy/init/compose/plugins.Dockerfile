# The web interface with the plugins of plugins/ in it; plugins.yml builds it. The images of Callboard come first.
ARG VERSION=dev
FROM callboard/frontend-build:${VERSION} AS build
COPY plugins ./plugins
RUN npm install --no-audit --no-fund && npm run --silent build

# The gateway has the page, the frontend all other files.
FROM callboard/gateway:${VERSION} AS gateway
COPY --from=build /source/frontend/packages/app/dist /usr/share/callboard/frontend

FROM callboard/frontend:${VERSION} AS frontend
COPY --from=build /source/frontend/packages/app/dist /usr/share/nginx/html
