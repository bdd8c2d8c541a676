CREATE TABLE scenarios ( -- Every scenario text that was ever probed with
  sha256 TEXT NOT NULL PRIMARY KEY, -- SHA-256 of the file's bytes
  casino TEXT NOT NULL, -- Slug of the casino
  yaml TEXT, -- The file's text, secrets not filled in
  first_seen TEXT -- When it was first used
);

CREATE TABLE slots ( -- Planned times, one row for one planned probe
  id TEXT NOT NULL PRIMARY KEY, -- ULID
  casino TEXT NOT NULL, -- Slug of the casino
  depth TEXT NOT NULL, -- presence or chat
  cell INTEGER, -- Hour of the week in the scenario's time zone, 0-167; 0 is Monday 00:00-00:59
  planned_at TEXT, -- When the probe is due
  mode TEXT, -- How it was drawn: even or adaptive
  probability REAL, -- Chance with which this cell was drawn, for weighting
  seed INTEGER, -- Seed of the draw
  status TEXT, -- planned, running, done, missed, skipped or cancelled
  reason TEXT, -- Why it was missed, skipped or cancelled
  claimed_at TEXT, -- When a process took it
  probe_id TEXT -- The probe that it became
);

CREATE TABLE probes ( -- One measurement, one browser context
  id TEXT NOT NULL PRIMARY KEY, -- ULID
  casino TEXT NOT NULL, -- Slug of the casino
  scenario_sha256 TEXT REFERENCES scenarios(sha256), -- The scenario text it ran with
  slot_id TEXT REFERENCES slots(id), -- The planned time it belongs to, if any
  origin TEXT NOT NULL DEFAULT 'plan', -- plan, run, new or doctor; statistics use plan only
  depth TEXT NOT NULL, -- presence (nothing is sent) or chat
  cell INTEGER, -- Hour of the week 0-167 of asked_at, else of started_at; as it was when written
  question_id TEXT, -- The scenario's question
  language TEXT, -- Language it was asked in
  vantage TEXT, -- Name of the place this machine stands at
  machine TEXT, -- Name of the machine that ran it
  planned_at TEXT, -- When it was due
  started_at TEXT, -- When the browser set out
  finished_at TEXT, -- When it was over; for a lost process the last thing it wrote
  requested_at TEXT, -- First act that put the visitor in line, else asked_at
  asked_at TEXT, -- The send action of the question
  outcome TEXT, -- How it ended; NULL while it runs
  side TEXT, -- Whose doing the outcome is: casino or ours
  failed_step TEXT, -- Dotted path of the step that failed
  detail TEXT, -- A sentence on what went wrong
  page_ms REAL, -- started_at to the page loaded
  open_ms REAL, -- started_at to the chat open
  greeted_ms REAL, -- requested_at to a human text that came before the question
  first_bot_ms REAL, -- asked_at to the first text of a bot
  first_unknown_ms REAL, -- asked_at to the first text of an unknown speaker
  agent_joined_ms REAL, -- asked_at to the notice that an agent joined
  first_human_ms REAL, -- asked_at to the first text of a human: the first response time
  queue_entered_ms REAL, -- asked_at to the first queue notice
  queue_first INTEGER, -- First position in line that was announced
  queue_last INTEGER, -- Last position in line that was announced
  handoff_ms REAL, -- asked_at to our request for a person
  handoff_turns INTEGER, -- Messages it took to get past the bot
  handoff_clicks INTEGER, -- Clicks it took to get past the bot
  waited_ms REAL, -- asked_at to the end of listening
  deadline_ms REAL, -- Longest wait allowed from asked_at
  ended_by TEXT, -- What ended the chat
  resolution_ms REAL, -- The widget's own polling interval; 0 for push
  page_lag_ms REAL, -- Longest gap of a 100 ms beat in the chat's frame while listening
  clock_offset_ms REAL, -- Page clock against system clock
  answer_match INTEGER, -- 1 if a human's text held an expected answer, 0 if not, NULL if none is expected
  agent TEXT, -- Pseudonym of the human who answered first
  pseudonym_key TEXT, -- Which key the pseudonyms were made with
  overrides TEXT, -- JSON: options that departed from the scenario, such as force or deadline
  rules TEXT, -- Version of the rules that decided last; then /scenario/floor_ms where those are not its own any more
  software TEXT, -- Version of chatprobe
  browser TEXT, -- Name and version of the browser
  pruned_at TEXT -- When texts and wire events were emptied
);

CREATE TABLE messages ( -- What was said, with the newest decision on who said it
  probe_id TEXT NOT NULL REFERENCES probes(id), -- The probe
  seq INTEGER NOT NULL, -- Number within the probe, in order of appearance
  at TEXT, -- When its text first stood in the page
  at_ms REAL, -- The same from asked_at; negative before it, NULL when nothing was asked
  wire_ms REAL, -- asked_at to the network frame that carried it
  settled_ms REAL, -- asked_at to the last change of its text
  speaker TEXT NOT NULL, -- human, bot, system, visitor or unknown
  confidence REAL, -- Rank of the evidence: 0, .25, .5, .75 or 1; no probability
  evidence TEXT, -- JSON: list of {source, detail, weight, speaker}
  agent TEXT, -- Pseudonym of the displayed name
  text TEXT NOT NULL, -- Text with e-mail addresses, phone, card and bank numbers masked
  language TEXT, -- ISO 639-1 code
  PRIMARY KEY (probe_id, seq)
);

CREATE TABLE events ( -- Everything that happened in a probe
  probe_id TEXT NOT NULL REFERENCES probes(id), -- The probe
  seq INTEGER NOT NULL, -- Number within the probe
  at_ms REAL, -- From started_at
  name TEXT, -- Name from a closed list, such as asking or message
  detail TEXT, -- JSON: what is to be known about it
  PRIMARY KEY (probe_id, seq)
);

CREATE TABLE decisions ( -- Every decision on a message's speaker; nothing is ever changed here
  probe_id TEXT NOT NULL, -- The probe
  seq INTEGER NOT NULL, -- The message
  decided_at TEXT NOT NULL, -- When it was decided
  author TEXT NOT NULL, -- chatprobe, or the person who corrected it
  rules TEXT, -- Version of the rules as in probes; of a person NULL, or opinion: a second look that decides nothing
  speaker TEXT, -- The decision
  confidence REAL, -- Rank of the evidence
  evidence TEXT, -- JSON: list of {source, detail, weight, speaker}
  PRIMARY KEY (probe_id, seq, decided_at, author),
  FOREIGN KEY (probe_id, seq) REFERENCES messages(probe_id, seq)
);

CREATE TABLE outcomes ( -- Every decision on a probe's outcome; nothing is ever changed here
  probe_id TEXT NOT NULL REFERENCES probes(id), -- The probe
  decided_at TEXT NOT NULL, -- When it was decided
  author TEXT NOT NULL, -- chatprobe, or the person who corrected it
  rules TEXT, -- Version of the rules as in probes
  outcome TEXT, -- The decision
  side TEXT, -- Whose doing it is
  first_human_ms REAL, -- asked_at to the first text of a human
  first_unknown_ms REAL, -- asked_at to the first text of an unknown speaker
  first_bot_ms REAL, -- asked_at to the first text of a bot
  PRIMARY KEY (probe_id, decided_at, author)
);

CREATE TABLE artifacts ( -- Files beside the database: pictures, DOM snapshots, traces, reports of the doctor
  probe_id TEXT NOT NULL REFERENCES probes(id), -- The probe
  seq INTEGER NOT NULL, -- Number within the probe
  kind TEXT, -- screenshot, dom, trace, crop (of one part), structure or report
  path TEXT, -- Relative to the database's folder
  sha256 TEXT, -- SHA-256 of the file
  bytes INTEGER, -- Size of the file
  PRIMARY KEY (probe_id, seq)
);

CREATE TABLE leases ( -- Who visits which casino now: one visitor at a time
  casino TEXT NOT NULL PRIMARY KEY, -- Slug of the casino
  probe_id TEXT REFERENCES probes(id), -- The running probe
  machine TEXT, -- Where it runs
  pid INTEGER, -- Its process
  boot_id TEXT, -- The machine's boot, so that a process number means one process
  expires_at TEXT -- When it is over at the latest
);

CREATE TABLE uptime ( -- Stretches of time in which the daemon was alive
  machine TEXT NOT NULL, -- Where it ran
  from_at TEXT NOT NULL, -- Start of the stretch
  to_at TEXT, -- Its last heartbeat
  PRIMARY KEY (machine, from_at)
);

CREATE INDEX probes_casino_started_at ON probes (casino, started_at);
CREATE INDEX messages_speaker ON messages (speaker);
CREATE INDEX events_asking ON events (probe_id, at_ms) WHERE name = 'asking';
CREATE INDEX slots_status_planned_at ON slots (status, planned_at);
CREATE INDEX slots_planned_at ON slots (planned_at);
CREATE INDEX slots_casino_planned_at ON slots (casino, planned_at);
CREATE INDEX probes_started_at ON probes (started_at);
CREATE INDEX probes_running ON probes (started_at) WHERE outcome IS NULL;
CREATE INDEX probes_slot_id ON probes (slot_id) WHERE slot_id IS NOT NULL;

CREATE VIEW replies AS -- What a casino's side said after the question, one row for one message
SELECT
  p.id AS probe_id, -- The probe
  m.seq AS seq, -- Number of the message within the probe
  p.casino AS casino, -- Slug of the casino
  p.origin AS origin, -- plan, run, new or doctor
  p.cell AS cell, -- Hour of the week 0-167
  p.question_id AS question_id, -- The scenario's question
  p.language AS asked_in, -- Language of the question
  p.asked_at AS asked_at, -- When it was asked
  m.at_ms AS at_ms, -- asked_at to this text
  m.speaker AS speaker, -- human, bot or unknown
  m.confidence AS confidence, -- Rank of the evidence
  m.agent AS agent, -- Pseudonym of the displayed name
  p.pseudonym_key AS pseudonym_key, -- Never mix pseudonyms of two keys
  m.language AS language, -- Language of this text
  m.text AS text -- The text, masked
FROM messages m JOIN probes p ON p.id = m.probe_id
WHERE m.at_ms >= 0 AND m.speaker IN ('human', 'bot', 'unknown');

CREATE VIEW availability_by_hour AS -- Planned visits by casino and hour of the week; only what is the casino's doing
SELECT
  p.casino AS casino, -- Slug of the casino
  p.cell AS cell, -- Hour of the week 0-167
  count(*) AS visits, -- Visits that tell something about the casino
  sum(p.outcome NOT IN ('offline', 'not_offered', 'site_down')) AS open, -- The chat could be used
  sum(p.outcome = 'offline') AS offline, -- The widget said that it is closed
  sum(p.outcome = 'not_offered') AS not_offered, -- No chat, though seen up to 48 h before and after with the same scenario
  sum(p.outcome = 'site_down') AS site_down, -- The page failed
  sum(p.asked_at IS NOT NULL) AS asked, -- A question was asked
  sum(p.outcome = 'human_reply') AS human_reply, -- A human answered
  sum(p.outcome = 'unsure_reply') AS unsure_reply -- Somebody answered, perhaps a human
FROM probes p
WHERE p.origin = 'plan' AND p.side = 'casino' AND (p.outcome <> 'not_offered' OR (
  EXISTS (
    SELECT 1 FROM probes q WHERE q.casino = p.casino AND q.scenario_sha256 = p.scenario_sha256
    AND q.side = 'casino' AND q.outcome NOT IN ('not_offered', 'site_down')
    AND q.started_at < p.started_at AND q.started_at >= strftime('%Y-%m-%dT%H:%M:%fZ', p.started_at, '-48 hours'))
  AND EXISTS (
    SELECT 1 FROM probes q WHERE q.casino = p.casino AND q.scenario_sha256 = p.scenario_sha256
    AND q.side = 'casino' AND q.outcome NOT IN ('not_offered', 'site_down')
    AND q.started_at > p.started_at AND q.started_at <= strftime('%Y-%m-%dT%H:%M:%fZ', p.started_at, '+48 hours'))))
GROUP BY p.casino, p.cell;

CREATE VIEW waits AS -- Planned chats as (possibly censored) waits, one row for one question asked, or one line stood in
SELECT
  p.id AS probe_id, -- The probe
  p.casino AS casino, -- Slug of the casino
  p.cell AS cell, -- Hour of the week 0-167
  p.question_id AS question_id, -- The scenario's question
  p.language AS language, -- Language it was asked in
  p.requested_at AS requested_at, -- When the visitor got in line
  p.asked_at AS asked_at, -- When the question was sent
  p.outcome AS outcome, -- How it ended
  p.greeted_ms AS greeted_ms, -- requested_at to a human text before the question
  CASE WHEN p.outcome <> 'offline' THEN coalesce(p.first_human_ms, p.waited_ms) END
    AS wait_ms, -- Wait for a human; censored if answered is 0; NULL when told "closed": a miss at every limit
  p.first_human_ms IS NOT NULL AS answered, -- 1: a human answered after wait_ms. 0: not within wait_ms
  CASE WHEN p.outcome <> 'offline' THEN coalesce(min(p.first_human_ms, p.first_unknown_ms),
    p.first_human_ms, p.first_unknown_ms, p.waited_ms) END
    AS wait_if_unsure_counts_ms, -- The same if every unknown speaker was a human
  coalesce(p.first_human_ms, p.first_unknown_ms) IS NOT NULL
    AS answered_if_unsure_counts -- The same if every unknown speaker was a human
FROM probes p
WHERE p.origin = 'plan' AND (p.asked_at IS NOT NULL OR (p.requested_at IS NOT NULL AND p.waited_ms IS NOT NULL))
  AND (p.side = 'casino' OR p.outcome = 'interrupted');
