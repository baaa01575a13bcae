-- Where claims are listed from; what is told of them, filters and order are put around it by name (store/reading.py).
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN topic t ON t.id = q.topic_id
JOIN actor a ON a.id = c.claimant_id
JOIN source s ON s.id = c.source_id
LEFT JOIN actor p ON p.id = s.publisher_id
