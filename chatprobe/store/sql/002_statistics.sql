CREATE INDEX messages_language ON messages (probe_id, at_ms, language) WHERE speaker = 'human' AND language IS NOT NULL;
CREATE INDEX slots_adaptive ON slots (id) WHERE mode = 'adaptive';
