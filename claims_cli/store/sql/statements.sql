-- The claims on some questions, question by question and in order of when they were said; on which days each stands is told from them.
SELECT
    c.question_id AS asked, c.id, c.ref, q.slug AS question, w.slug AS whole, q.kind, q.unit, q.currency, a.voice_id AS voice,
    a.name AS claimant, c.source_id AS source, c.low_exact, c.high_exact, c.hedge, c.stance, c.modality, c.day_from, c.day,
    c.said_day, c.horizon, s.published_on, s.published_to, p.voice_id AS publisher,
    t.slug AS topic, q.text AS question_text, c.value, c.as_of, c.said_on, c.place
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN topic t ON t.id = q.topic_id
JOIN actor a ON a.id = c.claimant_id
JOIN source s ON s.id = c.source_id
LEFT JOIN actor p ON p.id = s.publisher_id
LEFT JOIN question w ON w.id = q.part_of_id
WHERE c.review = 'accepted' AND c.question_id BETWEEN :first_question AND :last_question
    AND q.topic_id BETWEEN :first_topic AND :last_topic AND a.voice_id BETWEEN :first_voice AND :last_voice
ORDER BY c.question_id, COALESCE(c.said_day, c.day, 0), COALESCE(c.day, 0), c.id
