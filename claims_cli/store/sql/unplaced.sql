-- The claims that disputed.sql leaves out, since they are held against none: those under a condition, and those of no known day.
SELECT
    c.question_id AS asked, c.question_id, c.id, c.ref, c.claimant_id, c.source_id, c.low_exact, c.high_exact, c.hedge, c.stance,
    c.modality, c.day_from, c.day, c.said_day, c.horizon, s.published_on, s.published_to,
    s.publisher_id
FROM claim c
JOIN source s ON s.id = c.source_id
WHERE c.review = 'accepted' AND (c.modality = 'conditional' OR c.day IS NULL)
    AND c.question_id BETWEEN :first_question AND :last_question
    AND c.question_id IN (SELECT id FROM question WHERE topic_id BETWEEN :first_topic AND :last_topic)
ORDER BY asked, c.id
