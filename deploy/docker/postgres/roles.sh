#!/bin/sh
# Run by the Postgres image when it makes its cluster: a role and a database for each unit, and none may look into another's.
set -eu
for unit in catalog lighthouse_audit proxy gateway; do
    variable="PASSWORD_$(echo "$unit" | tr '[:lower:]' '[:upper:]')"
    password="$(printenv "$variable")"
    psql --quiet --set ON_ERROR_STOP=1 --set role="callboard_$unit" --set password="$password" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE DATABASE :"role" OWNER :"role";
REVOKE ALL ON DATABASE :"role" FROM PUBLIC;
SQL
done
