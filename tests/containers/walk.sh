#!/usr/bin/env bash
# Brings docker-compose.yml up, takes the README's walk through it (a resident books a room, staff approve, the mail
# catcher shows the mail; an application's file goes up and comes down again) and takes everything down again, its
# volumes too. Each step that fails says so and ends it.
#
# Usage: walk.sh [--pull] [arguments of `compose up`, such as --scale booking=3]
#   --pull  uses the images that docker-compose.yml names, from their registry; without it the stand-ins of standins.sh
# MADANG_PORT (8000) and MAIL_PORT (8025) say where; WALK_KEEP=1 leaves everything up.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
export COMPOSE_PROJECT_NAME=madang-walk SERVICE_IMAGE=madang:walk
export MADANG_PORT="${MADANG_PORT:-8000}" MAIL_PORT="${MAIL_PORT:-8025}"
api="http://127.0.0.1:$MADANG_PORT/api/v1"
mails="http://127.0.0.1:$MAIL_PORT/api/v1"
resident_mail="resident-1@example.org"
answer="$(mktemp)"

if docker compose version > /dev/null 2>&1; then
  compose=(docker compose --file "$root/docker-compose.yml")
else
  compose=(docker-compose --file "$root/docker-compose.yml")
fi

say() { printf '%4ds  %s\n' "$SECONDS" "$*"; }

fail() {
  say "FAILED: $*" >&2
  "${compose[@]}" ps >&2
  "${compose[@]}" logs --tail=40 >&2
  exit 1
}

finish() {
  rm -f "$answer" "$answer.pdf"
  if [ "${WALK_KEEP:-0}" = 1 ]; then
    say "left up; down with: COMPOSE_PROJECT_NAME=$COMPOSE_PROJECT_NAME ${compose[*]} down --volumes"
  else
    "${compose[@]}" down --volumes --remove-orphans --timeout 35 > /dev/null 2>&1 || say "taking down failed" >&2
    say "taken down"
  fi
}

# until_ok SECONDS WHAT COMMAND...: repeats the command until it succeeds.
until_ok() {
  local deadline=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || fail "$what: not within the time given"
    sleep 1
  done
}

# What each container says of itself: one that ended with an error, or is not healthy yet, is named.
everything_is_healthy() {
  local ids state
  mapfile -t ids < <("${compose[@]}" ps --quiet)
  [ "${#ids[@]}" -gt 0 ] || return 1
  state="$(docker inspect --format \
    '{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{if .State.Health}}{{.State.Health.Status}}{{else}}healthy{{end}}' "${ids[@]}")"
  if grep -E ' exited [1-9]| unhealthy$' <<< "$state" >&2; then
    fail "a container ended or is unhealthy"
  fi
  ! grep -vE ' running 0 healthy$| exited 0 ' <<< "$state" > /dev/null
}

# Readiness (database, consumers, migrations) is asked inside: the health port is not published.
is_ready() {
  "${compose[@]}" exec -T "$1" python -c "
import http.client
ready = http.client.HTTPConnection('127.0.0.1', 8080, timeout=5)
ready.request('GET', '/readyz')
raise SystemExit(ready.getresponse().status != 200)" > /dev/null 2>&1
}

token() { "${compose[@]}" exec -T gateway madang token "$@" | tr -d '\r\n'; }

# call TOKEN METHOD PATH [BODY]: prints the status; the body is in $answer.
call() {
  local body=()
  if [ -n "${4:-}" ]; then
    body=(--header 'Content-Type: application/json' --data "$4")
  fi
  curl --silent --noproxy '*' --output "$answer" --write-out '%{http_code}' --request "$2" --max-time 30 \
    --header "Authorization: Bearer $1" "${body[@]}" "$api$3" || true
}

# expect STATUSES WHAT CALLED: STATUSES is a pattern as of case, such as 200|201.
expect() {
  [[ "$3" =~ ^($1)$ ]] || fail "$2: HTTP $3 instead of $1: $(cat "$answer")"
  say "$2: $3"
}

# field NAME: a field of the answer, dotted for a nested one.
field() {
  python3 -c '
import functools, json, sys
print(functools.reduce(lambda body, name: body[name], sys.argv[1].split("."), json.load(open(sys.argv[2]))))' "$1" "$answer"
}

# Books a weekday that lies in the window (7 days to a month ahead); one that is a holiday is refused and the next tried.
book() {
  local resident="$1" ahead day status
  for ahead in $(seq 8 20); do
    day="$(TZ=Asia/Seoul date --date "+$ahead days" +%F)"
    [ "$(date --date "$day" +%u)" -le 5 ] || continue
    status="$(call "$resident" POST /bookings "{\"space_id\": \"edu-1\", \"start\": \"${day}T14:00:00+09:00\",
      \"end\": \"${day}T16:00:00+09:00\", \"title\": \"마을 모임\", \"purpose\": \"community\", \"attendees\": 10}")"
    if [ "$status" = 409 ] && grep -q outside_hours "$answer"; then
      continue
    fi
    expect '200|201' "booking of edu-1 on $day" "$status"
    return
  done
  fail "no day could be booked"
}

# The resident's mails that tell of an approval: prints "number subject" and succeeds when there is one.
approval_mails() {
  curl --silent --noproxy '*' --max-time 10 "$mails/messages?limit=100" | python3 -c '
import json, sys
found = [mail["Subject"] for mail in json.load(sys.stdin)["messages"]
         if "확정" in mail["Subject"] and any(to["Address"] == sys.argv[1] for to in mail["To"])]
print(len(found), *found)
raise SystemExit(not found)' "$resident_mail" 2> /dev/null
}

approval_mail_is_there() { approval_mails > /dev/null; }

# A call whose intake opens in this moment and lasts for two weeks.
call_for_tenants() {
  python3 -c '
import datetime, json
now = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=9))).replace(microsecond=0)
def day(ahead): return (now.date() + datetime.timedelta(days=ahead)).isoformat()
def at(ahead): return (now + datetime.timedelta(days=ahead)).isoformat()
print(json.dumps({"title": "입주기업 모집", "summary": "사무실 하나를 모집합니다.", "notice_on": day(0),
  "intake_opens_at": at(0), "intake_closes_at": at(14), "screening_on": day(16), "interviews_start": at(20),
  "interviews_end": at(21), "result_on": day(25), "contract_by": day(35), "move_in_on": day(60),
  "unit_ids": ["office-1"]}))'
}

draft='{"organisation_id": "org-1", "organisation_name": "협동조합 하나", "legal_type": "cooperative",
  "status_since": "2019-03-02", "founded_on": "2019-03-02", "in_district": true, "incubated_elsewhere": false,
  "introduction": "서구에서 일합니다.", "plan": "마을과 함께합니다.",
  "contact": {"email": "one@coop.example", "phone": "010-1234-0001"}}'

# upload TOKEN PATH FILE: prints the status.
upload() {
  curl --silent --noproxy '*' --output "$answer" --write-out '%{http_code}' --request PUT --max-time 30 \
    --header "Authorization: Bearer $1" --data-binary "@$3" "$api$2?name=plan.pdf" || true
}

if [ "${1:-}" = --pull ]; then
  shift
else
  "$here/standins.sh"
  export PYTHON_IMAGE=madang-standin/python POSTGRES_IMAGE=madang-standin/postgres
  export RABBITMQ_IMAGE=madang-standin/rabbitmq MAIL_IMAGE=madang-standin/mail
fi

# What an earlier walk left up would answer for this one.
"${compose[@]}" down --volumes --remove-orphans > /dev/null 2>&1
trap finish EXIT
"${compose[@]}" build
say "built"
"${compose[@]}" up --detach "$@"
say "started"
until_ok 180 "health" everything_is_healthy
say "healthy"
for service in booking recruitment training notify gateway; do
  until_ok 60 "readiness of $service" is_ready "$service"
done
say "ready"

resident="$(token --sub resident-1 --name '홍길동' --role resident)"
staff="$(token --sub staff-1 --name '김담당' --role staff)"
if [ -z "$resident" ] || [ -z "$staff" ]; then
  fail "madang token gave nothing"
fi
say "tokens"

expect '20[04]' "contact of the resident" "$(call "$resident" PUT /me/contact \
  "{\"email\": \"$resident_mail\", \"phone\": \"010-1234-5678\", \"locale\": \"ko\"}")"
book "$resident"
booking="$(field id)"
[ "$(field status)" = pending ] || fail "the booking is $(field status), not pending"
expect '200' "approval by staff" "$(call "$staff" POST "/bookings/$booking/approve" '{}')"
expect '200' "the booking, read again" "$(call "$resident" GET "/bookings/$booking")"
[ "$(field status)" = approved ] || fail "the booking is $(field status), not approved"

until_ok 60 "the approval mail" approval_mail_is_there
# Long enough for a second one to show itself.
sleep 3
[[ "$(approval_mails)" == "1 "* ]] || fail "more than one mail: $(approval_mails)"
say "one approval mail: $(approval_mails)"

member="$(token --sub member-1 --name '이대표' --role member --org org-1)"
expect '201' "a call" "$(call "$staff" POST /calls "$(call_for_tenants)")"
found="$(field id)"
expect '200' "its publishing" "$(call "$staff" POST "/calls/$found/publish" '{}')"
expect '201' "an application" "$(call "$member" POST "/calls/$found/applications" "$draft")"
document="/applications/$(field id)/documents/business_plan"
printf '%%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%%%EOF\n' > "$answer.pdf"
expect '200' "its business plan" "$(upload "$member" "$document" "$answer.pdf")"
expect '200' "the business plan, read again" "$(call "$member" GET "$document")"
cmp "$answer" "$answer.pdf" || fail "the business plan came back different"

say "the walk is done"
