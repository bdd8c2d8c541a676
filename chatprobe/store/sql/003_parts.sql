CREATE TABLE parts ( -- What a scenario's keys found at visits that went well, where that was new: never what was said
  probe_id TEXT NOT NULL REFERENCES probes(id), -- The probe
  seq INTEGER NOT NULL, -- Number within the probe
  part TEXT, -- Dotted path of the scenario's key, such as chat.launcher
  selector TEXT, -- The alternative that matched; NULL where the generic method found it
  structure TEXT, -- JSON: tag, role, name, attributes, box, and the elements and frames around it
  PRIMARY KEY (probe_id, seq)
);

CREATE INDEX parts_part ON parts (part);
