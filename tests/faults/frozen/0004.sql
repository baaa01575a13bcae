-- The small world of tests/faults/world.py as a program of schema 4 would have left it. Not to be changed: such files are in use.
PRAGMA application_id = 1668047213;
PRAGMA user_version = 4;
BEGIN TRANSACTION;
CREATE TABLE actor (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	speaks_for_id INTEGER, 
	voice_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_actor_slug UNIQUE (slug), 
	CONSTRAINT ck_actor_name CHECK (slug <> '' AND name <> ''), 
	CONSTRAINT ck_actor_speaks_for CHECK (speaks_for_id IS NULL OR speaks_for_id <> id), 
	CONSTRAINT fk_actor_speaks_for_id FOREIGN KEY(speaks_for_id) REFERENCES actor (id), 
	CONSTRAINT fk_actor_voice_id FOREIGN KEY(voice_id) REFERENCES actor (id), 
	CONSTRAINT fk_actor_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "actor" VALUES(1,'ministry','Ministry',NULL,1,1);
INSERT INTO "actor" VALUES(2,'spokesman','Ann Singh',1,1,1);
INSERT INTO "actor" VALUES(3,'paper','The Paper',NULL,3,1);
INSERT INTO "actor" VALUES(4,'ben','Ben',NULL,4,2);
INSERT INTO "actor" VALUES(5,'eve','Eve',NULL,5,2);
INSERT INTO "actor" VALUES(6,'agency','Agency',NULL,6,2);
INSERT INTO "actor" VALUES(7,'وزاره-اخري','وزارة أخرى',NULL,7,2);
CREATE TABLE actor_alias (
	id INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	language TEXT, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_actor_alias_folded UNIQUE (folded), 
	CONSTRAINT ck_actor_alias_folded CHECK (folded <> ''), 
	CONSTRAINT fk_actor_alias_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id), 
	CONSTRAINT fk_actor_alias_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "actor_alias" VALUES(1,1,'Ministry','ministry',NULL,1);
INSERT INTO "actor_alias" VALUES(2,1,'The ministry','the ministry','en',1);
INSERT INTO "actor_alias" VALUES(3,1,'الوزارة','الوزاره','ar',1);
INSERT INTO "actor_alias" VALUES(4,2,'Ann Singh','ann singh',NULL,1);
INSERT INTO "actor_alias" VALUES(5,3,'The Paper','the paper',NULL,1);
INSERT INTO "actor_alias" VALUES(6,4,'Ben','ben',NULL,2);
INSERT INTO "actor_alias" VALUES(7,5,'Eve','eve',NULL,2);
INSERT INTO "actor_alias" VALUES(8,6,'Agency','agency',NULL,2);
INSERT INTO "actor_alias" VALUES(9,7,'وزارة أخرى','وزاره اخري',NULL,2);
CREATE TABLE actor_office (
	id INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	since TEXT, 
	until TEXT, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_actor_office_folded CHECK (folded <> ''), 
	CONSTRAINT fk_actor_office_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id), 
	CONSTRAINT fk_actor_office_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "actor_office" VALUES(1,2,'Mayor','mayor','2023','2024-12',1);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0004');
CREATE TABLE claim (
	version_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	ref TEXT, 
	question_id INTEGER NOT NULL, 
	claimant_id INTEGER NOT NULL, 
	source_id INTEGER NOT NULL, 
	value TEXT, 
	low REAL, 
	high REAL, 
	low_exact TEXT, 
	high_exact TEXT, 
	hedge TEXT, 
	interval_low REAL, 
	interval_high REAL, 
	value_text TEXT, 
	stance TEXT NOT NULL, 
	modality TEXT NOT NULL, 
	basis TEXT, 
	place TEXT, 
	as_of TEXT, 
	said_on TEXT, 
	day_from INTEGER, 
	day INTEGER, 
	said_day INTEGER, 
	horizon INTEGER, 
	relay TEXT, 
	quote TEXT, 
	quote_prefix TEXT, 
	quote_suffix TEXT, 
	quote_start INTEGER, 
	quote_end INTEGER, 
	review TEXT NOT NULL, 
	note TEXT, 
	recorded_at TEXT NOT NULL, 
	superseded_at TEXT, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (version_id), 
	CONSTRAINT ck_claim_hedge CHECK (hedge IN ('exact', 'about', 'more_than', 'at_least', 'less_than', 'at_most', 'range', 'vague')), 
	CONSTRAINT ck_claim_stance CHECK (stance IN ('asserts', 'denies', 'unconfirmed')), 
	CONSTRAINT ck_claim_modality CHECK (modality IN ('observed', 'forecast', 'target', 'conditional')), 
	CONSTRAINT ck_claim_review CHECK (review IN ('candidate', 'accepted', 'rejected')), 
	CONSTRAINT ck_claim_low_finite CHECK (low IS NULL OR (low >= -1e30 AND low <= 1e30)), 
	CONSTRAINT ck_claim_high_finite CHECK (high IS NULL OR (high >= -1e30 AND high <= 1e30)), 
	CONSTRAINT ck_claim_interval_low_finite CHECK (interval_low IS NULL OR (interval_low >= -1e30 AND interval_low <= 1e30)), 
	CONSTRAINT ck_claim_interval_high_finite CHECK (interval_high IS NULL OR (interval_high >= -1e30 AND interval_high <= 1e30)), 
	CONSTRAINT ck_claim_figure CHECK (low <= high), 
	CONSTRAINT ck_claim_interval CHECK (interval_low <= interval_high), 
	CONSTRAINT ck_claim_exact CHECK ((low IS NULL) = (low_exact IS NULL) AND (high IS NULL) = (high_exact IS NULL)), 
	CONSTRAINT ck_claim_hedged CHECK ((hedge IS NULL) = (low IS NULL AND high IS NULL) AND (hedge IS NULL) = (value IS NULL)), 
	CONSTRAINT ck_claim_days CHECK (day_from <= day), 
	CONSTRAINT ck_claim_day CHECK ((day IS NULL) = (day_from IS NULL)), 
	CONSTRAINT ck_claim_quote CHECK (quote_start < quote_end AND (quote_start IS NULL) = (quote_end IS NULL)), 
	CONSTRAINT ck_claim_superseded CHECK (superseded_at >= recorded_at), 
	CONSTRAINT fk_claim_question_id FOREIGN KEY(question_id) REFERENCES question (id), 
	CONSTRAINT fk_claim_claimant_id FOREIGN KEY(claimant_id) REFERENCES actor (id), 
	CONSTRAINT fk_claim_source_id FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT fk_claim_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "claim" VALUES(1,1,'f15c0e58b53f83d0eb90','a-400',1,1,1,'400',400.0,400.0,'400','400','exact',395.0,405.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(2,2,'c764c8a31b7ced4c65fe','ben-900',1,4,1,'~900',900.0,900.0,'900','900','about',810.0,990.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28',NULL,739187,739187,739187,NULL,'Eve > Agency',NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(3,3,'e9768caf8e0f182c91cb',NULL,1,2,1,'>=420',420.0,NULL,'420',NULL,'at_least',420.0,NULL,NULL,'asserts','observed',NULL,NULL,'2024-11-03','2024-11-03',739193,739193,739193,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(4,4,'5f22988e04c3eaaf72a0',NULL,1,1,1,'10000-12000',10000.0,12000.0,'10000','12000','range',10000.0,12000.0,NULL,'asserts','forecast',NULL,NULL,'2025',NULL,739252,739616,739616,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(5,5,'051a8487aa41e9103b9d',NULL,2,4,1,'1200',1200.0,1200.0,'1200','1200','exact',1150.0,1250.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28',NULL,739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted','=more than all','2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(6,6,'60112ab56f8c8321552b',NULL,3,4,1,'12',12.0,12.0,'12','12','exact',11.5,12.5,NULL,'asserts','observed',NULL,'North gate','2024-10-01','2024-10-02',739160,739160,739161,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(7,7,'0e1722df60dd8c3ce925','eve-dead',3,5,1,'9.5',9.5,9.5,'9.5','9.5','exact',9.45,9.55,NULL,'asserts','observed',NULL,NULL,'2024-10-20',NULL,739179,739179,739179,NULL,NULL,'about nine and a half',NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(8,8,'91d71e57638fd3887a31',NULL,4,7,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'asserts','observed',NULL,NULL,'2024-10-28',NULL,739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(9,9,'3fcfd85a1cc4d9997530',NULL,4,2,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'denies','observed',NULL,NULL,'2024-10-29',NULL,739188,739188,739188,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(10,10,'1016321582b11549c564',NULL,1,4,1,'5',5.0,5.0,'5','5','exact',4.5,5.5,NULL,'asserts','observed',NULL,NULL,'2024-10-27',NULL,739186,739186,739186,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'rejected','''tis, "quoted"
line','2024-11-20T00:00:00Z',NULL,2);
INSERT INTO "claim" VALUES(11,11,'eead812c009745c227ce',NULL,1,1,4,'400',400.0,400.0,'400','400','exact',395.0,405.0,'400','asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'400 شخص','قالت الوزارة أمس الإثنين إن ',' في المخيم، وإن 30 شخصاً نُقلوا ',28,35,'candidate','question by: person, مخيم, شخص*; claimant: الوزارة','2024-11-20T00:00:00Z','2024-11-20T00:00:00Z',3);
INSERT INTO "claim" VALUES(12,12,'69a6d673b9a74be9af85',NULL,5,1,4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'400 شخص في المخيم، وإن 30 شخصاً نُقلوا إلى خيام أخرى','قالت الوزارة أمس الإثنين إن ','.
',28,80,'candidate','no question of the codebook fits; claimant: الوزارة','2024-11-20T00:00:00Z',NULL,3);
INSERT INTO "claim" VALUES(13,13,'6d6ff761dddceb1b1e29',NULL,1,1,4,'30',30.0,30.0,'30','30','exact',29.5,30.5,'30','asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'30 شخصاً','إثنين إن 400 شخص في المخيم، وإن ',' نُقلوا إلى خيام أخرى.
',51,59,'candidate','question by: person, مخيم, شخص*; claimant: الوزارة','2024-11-20T00:00:00Z',NULL,3);
INSERT INTO "claim" VALUES(14,11,'eead812c009745c227ce',NULL,1,1,4,'400',400.0,400.0,'400','400','exact',395.0,405.0,'400','asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'400 شخص','قالت الوزارة أمس الإثنين إن ',' في المخيم، وإن 30 شخصاً نُقلوا ',28,35,'accepted','question by: person, مخيم, شخص*; claimant: الوزارة','2024-11-20T00:00:00Z',NULL,4);
CREATE TABLE claim_relay (
	version_id INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	PRIMARY KEY (version_id, step), 
	CONSTRAINT fk_claim_relay_version_id FOREIGN KEY(version_id) REFERENCES claim (version_id), 
	CONSTRAINT fk_claim_relay_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)
 STRICT

;
INSERT INTO "claim_relay" VALUES(2,0,5);
INSERT INTO "claim_relay" VALUES(2,1,6);
CREATE TABLE operation (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	command TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "operation" VALUES(1,'2024-11-20T00:00:00Z','desk','claims init --codebook book.toml','');
INSERT INTO "operation" VALUES(2,'2024-11-20T00:00:00Z','desk','claims import rows.jsonl','');
INSERT INTO "operation" VALUES(3,'2024-11-20T00:00:00Z','desk','claims ingest article.md','');
INSERT INTO "operation" VALUES(4,'2024-11-20T00:00:00Z','desk','claims review --accept-all --min 400','');
INSERT INTO "operation" VALUES(5,'2024-11-20T00:00:00Z','desk','claims rule camp-people@2024-10-28 --verdict cannot_be_settled --reason no list was published','');
INSERT INTO "operation" VALUES(6,'2024-11-20T00:00:00Z','desk','claims rule camp-people@2024-10-28 --verdict one_stands --reason its list was published since --claim a-400','');
CREATE TABLE question (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	topic_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	unit TEXT, 
	place TEXT, 
	population TEXT, 
	part_of_id INTEGER, 
	currency INTEGER NOT NULL, 
	day_scale REAL NOT NULL, 
	operation_id INTEGER NOT NULL, words TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_question_slug UNIQUE (slug), 
	CONSTRAINT ck_question_slug CHECK (slug <> ''), 
	CONSTRAINT ck_question_kind CHECK (kind IN ('level', 'cumulative', 'flow', 'rate', 'fixed')), 
	CONSTRAINT ck_question_unit CHECK (unit <> ''), 
	CONSTRAINT ck_question_currency CHECK (currency >= 0 AND currency <= 36525), 
	CONSTRAINT ck_question_part_of CHECK (part_of_id IS NULL OR part_of_id <> id), 
	CONSTRAINT fk_question_topic_id FOREIGN KEY(topic_id) REFERENCES topic (id), 
	CONSTRAINT fk_question_part_of_id FOREIGN KEY(part_of_id) REFERENCES question (id), 
	CONSTRAINT fk_question_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "question" VALUES(1,'camp-people',1,'How many people are in the camp?','level','person','Hill',NULL,NULL,4,250000.0,1,'camp | المخيم
people | شخص*');
INSERT INTO "question" VALUES(2,'camp-children',1,'How many children are in the camp?','level','person',NULL,NULL,1,3,3.3333333333333331394e+05,1,NULL);
INSERT INTO "question" VALUES(3,'camp-dead',1,'How many people died in the camp?','cumulative','person',NULL,NULL,NULL,3,3.3333333333333331394e+05,1,NULL);
INSERT INTO "question" VALUES(4,'camp-closed',1,'Is the camp closed?','fixed',NULL,NULL,NULL,NULL,3,3.3333333333333331394e+05,1,NULL);
INSERT INTO "question" VALUES(5,'unlinked-statements',2,'Statements that answer no question yet','fixed',NULL,NULL,NULL,NULL,3,3.3333333333333331394e+05,3,NULL);
CREATE TABLE ruling (
	id INTEGER NOT NULL, 
	"conflict" TEXT NOT NULL, 
	question_id INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	superseded_at TEXT, 
	operation_id INTEGER NOT NULL, claim_id INTEGER, cause TEXT CONSTRAINT ck_ruling_cause CHECK (cause IN ('correction', 'deduplication', 'reclassification', 'scope_change', 'source_switch', 'lag', 'period_merged', 'typo', 'unexplained')), 
	PRIMARY KEY (id), 
	CONSTRAINT ck_ruling_verdict CHECK (verdict IN ('one_stands', 'both_stand', 'source_in_error', 'cannot_be_settled')), 
	CONSTRAINT ck_ruling_reason CHECK (reason <> ''), 
	CONSTRAINT ck_ruling_superseded CHECK (superseded_at >= recorded_at), 
	CONSTRAINT fk_ruling_question_id FOREIGN KEY(question_id) REFERENCES question (id), 
	CONSTRAINT fk_ruling_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "ruling" VALUES(1,'camp-people@2024-10-28',1,'cannot_be_settled','no list was published','2024-11-20T00:00:00Z','2024-11-20T00:00:00Z',5,NULL,NULL);
INSERT INTO "ruling" VALUES(2,'camp-people@2024-10-28',1,'one_stands','its list was published since','2024-11-20T00:00:00Z',NULL,6,1,NULL);
CREATE TABLE ruling_claim (
	ruling_id INTEGER NOT NULL, 
	claim_id INTEGER NOT NULL, 
	PRIMARY KEY (ruling_id, claim_id), 
	CONSTRAINT fk_ruling_claim_ruling_id FOREIGN KEY(ruling_id) REFERENCES ruling (id)
)
 STRICT

;
INSERT INTO "ruling_claim" VALUES(1,1);
INSERT INTO "ruling_claim" VALUES(1,2);
INSERT INTO "ruling_claim" VALUES(1,5);
INSERT INTO "ruling_claim" VALUES(1,11);
INSERT INTO "ruling_claim" VALUES(2,1);
INSERT INTO "ruling_claim" VALUES(2,2);
INSERT INTO "ruling_claim" VALUES(2,5);
INSERT INTO "ruling_claim" VALUES(2,11);
CREATE TABLE source (
	id INTEGER NOT NULL, 
	uid TEXT NOT NULL, 
	publisher_id INTEGER, 
	title TEXT, 
	url TEXT, 
	language TEXT, 
	published_on TEXT, 
	published_from INTEGER, 
	published_to INTEGER, 
	text_hash TEXT, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_source_uid UNIQUE (uid), 
	CONSTRAINT ck_source_published CHECK (published_from <= published_to), 
	CONSTRAINT ck_source_text_hash CHECK (length(text_hash) = 64), 
	CONSTRAINT fk_source_publisher_id FOREIGN KEY(publisher_id) REFERENCES actor (id), 
	CONSTRAINT fk_source_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "source" VALUES(1,'2ed48ad4c4e32c574eb7',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO "source" VALUES(2,'dbf1102d5742d4085e0a',3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO "source" VALUES(3,'1558b1679bdbaf8de78a',NULL,NULL,'https://example.org/b?x=1',NULL,NULL,NULL,NULL,NULL,2);
INSERT INTO "source" VALUES(4,'0d25aa660f695be9af31',3,'الوزارة تتحدث','https://example.org/a','ar','2024-10-29',739188,739188,'53f2037240faeff985722c7c83f6c0e8488a7ec6f8155c08f05dae1f7ede4587',3);
CREATE TABLE source_text (
	source_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (source_id), 
	CONSTRAINT fk_source_text_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT

;
INSERT INTO "source_text" VALUES(4,'قالت الوزارة أمس الإثنين إن 400 شخص في المخيم، وإن 30 شخصاً نُقلوا إلى خيام أخرى.
');
CREATE TABLE topic (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	title TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_topic_slug UNIQUE (slug), 
	CONSTRAINT ck_topic_slug CHECK (slug <> ''), 
	CONSTRAINT fk_topic_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "topic" VALUES(1,'camps','Camps',1);
INSERT INTO "topic" VALUES(2,'unlinked','unlinked',3);
CREATE INDEX ix_actor_alias_actor_id ON actor_alias (actor_id);
CREATE INDEX ix_question_topic_id ON question (topic_id);
CREATE INDEX ix_question_part_of_id ON question (part_of_id);
CREATE UNIQUE INDEX uq_claim_id ON claim (id) WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX uq_claim_uid ON claim (uid) WHERE superseded_at IS NULL;
CREATE INDEX ix_claim_question ON claim (question_id, day, claimant_id, said_day, interval_low, interval_high);
CREATE INDEX ix_claim_claimant_id ON claim (claimant_id);
CREATE INDEX ix_claim_source_id ON claim (source_id);
CREATE INDEX ix_claim_relay_actor_id ON claim_relay (actor_id);
CREATE INDEX ix_ruling_conflict ON ruling ("conflict");
CREATE VIEW claim_view AS
SELECT
    c.id, c.uid, c.ref, t.slug AS topic, q.slug AS question, c.value, c.low, c.high, c.hedge, q.unit, c.stance, c.modality,
    a.name AS claimant, c.relay, COALESCE(c.place, q.place) AS place, c.as_of, c.said_on, s.published_on,
    p.name AS publisher, s.title, s.url, c.quote, c.value_text, c.review, c.recorded_at, c.note
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN topic t ON t.id = q.topic_id
JOIN actor a ON a.id = c.claimant_id
JOIN source s ON s.id = c.source_id
LEFT JOIN actor p ON p.id = s.publisher_id
WHERE c.superseded_at IS NULL;
CREATE VIEW conflict_view AS
WITH scoped AS (
    SELECT
        c.id, q.slug AS question, q.kind, q.day_scale, c.question_id, a.name AS claimant, c.value, c.interval_low, c.interval_high,
        c.stance, c.modality, c.as_of, c.day,
        CASE WHEN q.kind = 'flow' OR c.modality <> 'observed' THEN c.day_from ELSE 0 END AS period_from,
        CASE WHEN q.kind = 'flow' OR c.modality <> 'observed' THEN c.day ELSE 0 END AS period_to,
        CASE WHEN c.stance = 'asserts' THEN c.interval_low END AS floor,
        CASE WHEN c.stance = 'asserts' THEN c.interval_high END AS ceiling
    FROM claim c
    JOIN question q ON q.id = c.question_id
    JOIN actor a ON a.id = c.claimant_id
    WHERE c.superseded_at IS NULL AND c.review = 'accepted' AND c.modality <> 'conditional' AND c.day IS NOT NULL
),
measured AS (
    SELECT
        scoped.*,
        MAX(floor) OVER nearby AS floor_nearby, MIN(ceiling) OVER nearby AS ceiling_nearby,
        MAX(floor) OVER earlier AS floor_earlier, MIN(ceiling) OVER later AS ceiling_later,
        MAX(floor) OVER ever AS floor_ever, MIN(ceiling) OVER ever AS ceiling_ever,
        SUM(CASE WHEN stance = 'asserts' THEN 1 ELSE 0 END) OVER ever AS assertions,
        SUM(CASE WHEN stance = 'denies' THEN 1 ELSE 0 END) OVER ever AS denials
    FROM scoped
    WINDOW
        ever AS (PARTITION BY question_id, modality, period_from, period_to),
        nearby AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN 1000000 PRECEDING AND 1000000 FOLLOWING
        ),
        earlier AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ),
        later AS (
            PARTITION BY question_id, modality, period_from, period_to ORDER BY day
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        )
)
SELECT id, question, claimant, value, stance, modality, as_of
FROM measured
WHERE (stance = 'asserts' AND denials > 0) OR (stance = 'denies' AND assertions > 0)
    OR (kind IN ('level', 'rate', 'flow') AND (floor >= ceiling_nearby OR ceiling <= floor_nearby))
    OR (kind = 'cumulative' AND (floor >= ceiling_later OR ceiling <= floor_earlier))
    OR (kind = 'fixed' AND (floor >= ceiling_ever OR ceiling <= floor_ever));
CREATE VIEW trace_view AS
SELECT
    c.id AS claim, c.ref, q.slug AS question, c.said_on, c.as_of, a.name AS claimant, c.value, c.low, c.high, c.modality, c.stance,
    LAG(c.id) OVER own AS previous,
    CASE WHEN c.low = c.high AND LAG(c.low) OVER own = LAG(c.high) OVER own THEN c.low - LAG(c.low) OVER own END AS change
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN actor a ON a.id = c.claimant_id
WHERE c.superseded_at IS NULL AND c.review = 'accepted'
WINDOW own AS (PARTITION BY c.question_id, a.voice_id, c.modality ORDER BY c.said_day, c.day, c.id);
CREATE INDEX ix_actor_office_actor_id ON actor_office (actor_id);
CREATE INDEX ix_actor_office_folded ON actor_office (folded);
COMMIT;
