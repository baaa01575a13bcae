-- How many claims each question within some bounds has, in order of their numbers; those without any are left out.
SELECT question_id, COUNT(*)
FROM claim
WHERE question_id BETWEEN :first_question AND :last_question
    AND question_id IN (SELECT id FROM question WHERE topic_id BETWEEN :first_topic AND :last_topic)
GROUP BY question_id
ORDER BY question_id
