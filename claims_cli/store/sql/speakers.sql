-- Every actor, with whose voice it is.
SELECT id, name, voice_id FROM actor
