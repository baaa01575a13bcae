-- The small world of tests/faults/world.py as a program of schema 6 would have left it. Not to be changed: such files are in use.
PRAGMA application_id = 1668047213;
PRAGMA user_version = 6;
BEGIN TRANSACTION;
CREATE TABLE actor (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	speaks_for_id INTEGER, 
	voice_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, content_hash TEXT, 
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
INSERT INTO "actor" VALUES(1,'ministry','Ministry',NULL,1,1,'e27a48fba761bc0de4999ecb564d23a1');
INSERT INTO "actor" VALUES(2,'spokesman','Ann Singh',1,1,1,'a3e62ed8714c59c0ac7df37b90c15e2f');
INSERT INTO "actor" VALUES(3,'paper','The Paper',NULL,3,1,'ca65c22c469ec7d0822f88fc3b27a35f');
INSERT INTO "actor" VALUES(4,'ben','Ben',NULL,4,2,'064392210f1473b747551f36bd30221a');
INSERT INTO "actor" VALUES(5,'eve','Eve',NULL,5,2,'86fdf6b70fbde9c2595d6b1d89111b6c');
INSERT INTO "actor" VALUES(6,'agency','Agency',NULL,6,2,'291ee11c7bb37144f8a5294855325c08');
INSERT INTO "actor" VALUES(7,'وزاره-اخري','وزارة أخرى',NULL,7,2,'1ea38239697a62e67a5cb0aa8707cc91');
CREATE TABLE actor_alias (
	id INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	language TEXT, 
	operation_id INTEGER NOT NULL, content_hash TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_actor_alias_folded UNIQUE (folded), 
	CONSTRAINT ck_actor_alias_folded CHECK (folded <> ''), 
	CONSTRAINT fk_actor_alias_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id), 
	CONSTRAINT fk_actor_alias_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "actor_alias" VALUES(1,1,'Ministry','ministry',NULL,1,'4126908c342947607c08840ebca28a7a');
INSERT INTO "actor_alias" VALUES(2,1,'The ministry','the ministry','en',1,'3970e88d97a511e5aaacff5ae22e7074');
INSERT INTO "actor_alias" VALUES(3,1,'الوزارة','الوزاره','ar',1,'0cbfecb470ecb96e3aea7e705280d528');
INSERT INTO "actor_alias" VALUES(4,2,'Ann Singh','ann singh',NULL,1,'7e9ab44f10a11bdf9b7361ede71e4d18');
INSERT INTO "actor_alias" VALUES(5,3,'The Paper','the paper',NULL,1,'dcd4b01002fa56078536a3f04cc02543');
INSERT INTO "actor_alias" VALUES(6,4,'Ben','ben',NULL,2,'a82e2521d70bfe6e3a68773663d639b0');
INSERT INTO "actor_alias" VALUES(7,5,'Eve','eve',NULL,2,'a039b17183f9e59814d5756295ded622');
INSERT INTO "actor_alias" VALUES(8,6,'Agency','agency',NULL,2,'ee7f71d68add088cc277a3d99d17d706');
INSERT INTO "actor_alias" VALUES(9,7,'وزارة أخرى','وزاره اخري',NULL,2,'e6ae32ca4deb3a314018764381a0f0df');
CREATE TABLE actor_alias_history (
	id INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	language TEXT, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
CREATE TABLE actor_history (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	speaks_for_id INTEGER, 
	voice_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
CREATE TABLE actor_office (
	id INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	since TEXT, 
	until TEXT, 
	operation_id INTEGER NOT NULL, content_hash TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_actor_office_folded CHECK (folded <> ''), 
	CONSTRAINT fk_actor_office_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id), 
	CONSTRAINT fk_actor_office_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "actor_office" VALUES(1,2,'Mayor','mayor','2023','2024-12',1,'f11ff58dc64d65a5e445e75feee05395');
CREATE TABLE actor_office_history (
	id INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	since TEXT, 
	until TEXT, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0006');
CREATE TABLE claim (
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
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_claim_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id), 
	CONSTRAINT uq_claim_uid UNIQUE (uid), 
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
	CONSTRAINT fk_claim_question_id FOREIGN KEY(question_id) REFERENCES question (id), 
	CONSTRAINT fk_claim_claimant_id FOREIGN KEY(claimant_id) REFERENCES actor (id), 
	CONSTRAINT fk_claim_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT

;
INSERT INTO "claim" VALUES(1,'f15c0e58b53f83d0eb90','a-400',1,1,1,'400',400.0,400.0,'400','400','exact',395.0,405.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted','seen thrice','2024-12-08T23:23:20Z',13,'d78d55cf706d32c06d21aac25cbcedf5');
INSERT INTO "claim" VALUES(2,'c764c8a31b7ced4c65fe','ben-900',1,4,1,'~900',900.0,900.0,'900','900','about',810.0,990.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28',NULL,739187,739187,739187,NULL,'Eve > Agency',NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',9,'9a53bcc7c786660eb73bf2b8e62cf513');
INSERT INTO "claim" VALUES(4,'5f22988e04c3eaaf72a0',NULL,1,1,1,'10000-12000',10000.0,12000.0,'10000','12000','range',10000.0,12000.0,NULL,'asserts','forecast',NULL,NULL,'2025',NULL,739252,739616,739616,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'911ecb18834f96697d8de80da2195d7e');
INSERT INTO "claim" VALUES(5,'051a8487aa41e9103b9d',NULL,2,4,1,'1200',1200.0,1200.0,'1200','1200','exact',1150.0,1250.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28',NULL,739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted','=more than all','2024-11-20T00:00:00Z',2,'2736ec124b1f168801fd4f7532d44c52');
INSERT INTO "claim" VALUES(6,'60112ab56f8c8321552b',NULL,3,4,1,'12',12.0,12.0,'12','12','exact',11.5,12.5,NULL,'asserts','observed',NULL,'North gate','2024-10-01','2024-10-02',739160,739160,739161,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'17eccc3d2b8771ae8bb54f939f4f29df');
INSERT INTO "claim" VALUES(7,'0e1722df60dd8c3ce925','eve-dead',3,5,1,'9.5',9.5,9.5,'9.5','9.5','exact',9.45,9.55,NULL,'asserts','observed',NULL,NULL,'2024-10-20',NULL,739179,739179,739179,NULL,NULL,'about nine and a half',NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'2048bf8e26f20176c81a85295f6e968e');
INSERT INTO "claim" VALUES(8,'91d71e57638fd3887a31',NULL,4,7,2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'asserts','observed',NULL,NULL,'2024-10-28',NULL,739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'21f0f1d4b637f3520d5626cb73cddd61');
INSERT INTO "claim" VALUES(9,'3fcfd85a1cc4d9997530',NULL,4,2,3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'denies','observed',NULL,NULL,'2024-10-29',NULL,739188,739188,739188,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'50de9a61cdb7c826e597bdbdd43d88e2');
INSERT INTO "claim" VALUES(10,'1016321582b11549c564',NULL,1,4,1,'5',5.0,5.0,'5','5','exact',4.5,5.5,NULL,'asserts','observed',NULL,NULL,'2024-10-27',NULL,739186,739186,739186,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'rejected','''tis, "quoted"
line','2024-11-20T00:00:00Z',2,'0f943c4f5df15635cef5408e66133b88');
INSERT INTO "claim" VALUES(11,'eead812c009745c227ce',NULL,1,1,4,'400',400.0,400.0,'400','400','exact',395.0,405.0,'400','asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'400 شخص','قالت الوزارة أمس الإثنين إن ',' في المخيم، وإن 30 شخصاً نُقلوا ',28,35,'accepted','question by: person, مخيم, شخص*; claimant: الوزارة','2024-11-20T00:00:00Z',4,'352298689135d87d0c607e87c7ef622e');
INSERT INTO "claim" VALUES(12,'69a6d673b9a74be9af85',NULL,5,1,4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'400 شخص في المخيم، وإن 30 شخصاً نُقلوا إلى خيام أخرى','قالت الوزارة أمس الإثنين إن ','.
',28,80,'candidate','no question of the codebook fits; claimant: الوزارة','2024-11-20T00:00:00Z',3,'ff746ae7206e3e6d100c56e86cda8430');
INSERT INTO "claim" VALUES(13,'6d6ff761dddceb1b1e29',NULL,1,1,4,'30',30.0,30.0,'30','30','exact',29.5,30.5,'30','asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'30 شخصاً','إثنين إن 400 شخص في المخيم، وإن ',' نُقلوا إلى خيام أخرى.
',51,59,'candidate','question by: person, مخيم, شخص*; claimant: الوزارة','2024-11-20T00:00:00Z',3,'092a767990fdda7508d6db3e0ca28475');
CREATE TABLE claim_history (
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
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
INSERT INTO "claim_history" VALUES(11,'eead812c009745c227ce',NULL,1,1,4,'400',400.0,400.0,'400','400','exact',395.0,405.0,'400','asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,'400 شخص','قالت الوزارة أمس الإثنين إن ',' في المخيم، وإن 30 شخصاً نُقلوا ',28,35,'candidate','question by: person, مخيم, شخص*; claimant: الوزارة','2024-11-20T00:00:00Z',3,'8a371668eae5e950c5a219b505468f10',4);
INSERT INTO "claim_history" VALUES(1,'f15c0e58b53f83d0eb90','a-400',1,1,1,'400',400.0,400.0,'400','400','exact',395.0,405.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'58d0ef12a2b697ecf6f9b2c15e360e8a',7);
INSERT INTO "claim_history" VALUES(2,'c764c8a31b7ced4c65fe','ben-900',1,4,1,'~900',900.0,900.0,'900','900','about',810.0,990.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28',NULL,739187,739187,739187,NULL,'Eve > Agency',NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'9a53bcc7c786660eb73bf2b8e62cf513',8);
INSERT INTO "claim_history" VALUES(3,'e9768caf8e0f182c91cb',NULL,1,2,1,'>=420',420.0,NULL,'420',NULL,'at_least',420.0,NULL,NULL,'asserts','observed',NULL,NULL,'2024-11-03','2024-11-03',739193,739193,739193,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted',NULL,'2024-11-20T00:00:00Z',2,'a45f7a53135dff47ec1c1c70d0823a40',10);
INSERT INTO "claim_history" VALUES(1,'f15c0e58b53f83d0eb90','a-400',1,1,1,'400',400.0,400.0,'400','400','exact',395.0,405.0,NULL,'asserts','observed',NULL,NULL,'2024-10-28','2024-10-28',739187,739187,739187,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'accepted','seen again','2024-12-06T15:46:40Z',7,'f969579daa359118fb46145ecff9df20',13);
CREATE TABLE claim_relay (
	claim_id INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	PRIMARY KEY (claim_id, step), 
	CONSTRAINT fk_claim_relay_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id), 
	CONSTRAINT fk_claim_relay_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id), 
	CONSTRAINT fk_claim_relay_actor_id FOREIGN KEY(actor_id) REFERENCES actor (id)
)
 STRICT

;
INSERT INTO "claim_relay" VALUES(2,0,5,9,'e2dc901e211eb9328da5eecbe99d3608');
INSERT INTO "claim_relay" VALUES(2,1,6,9,'cc9c72b12864f592cd8c9ec3dd762bbf');
CREATE TABLE claim_relay_history (
	claim_id INTEGER NOT NULL, 
	step INTEGER NOT NULL, 
	actor_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (claim_id, step, operation_id)
)
 STRICT

;
INSERT INTO "claim_relay_history" VALUES(2,0,5,2,'e2dc901e211eb9328da5eecbe99d3608',8);
INSERT INTO "claim_relay_history" VALUES(2,1,6,2,'cc9c72b12864f592cd8c9ec3dd762bbf',8);
CREATE TABLE operation (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	who TEXT NOT NULL, 
	command TEXT NOT NULL, 
	summary TEXT NOT NULL, undoes INTEGER, digest TEXT, entry TEXT, chain TEXT, 
	PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "operation" VALUES(1,'2024-11-20T00:00:00Z','desk','claims init --codebook book.toml','',NULL,'00000000000000000000000000000007c41f58237bedcfbefe70139138210e98','fca43aaf13aed6df8e58c34b82ae645c2ed8bd4247a915d0b31f806aa928c4a5','020b688f4f2b530593fd6dab33ea67d969d51dfb9152d25744d549c4bd242766');
INSERT INTO "operation" VALUES(2,'2024-11-20T00:00:00Z','desk','claims import rows.jsonl','',NULL,'00000000000000000000000000000009dbf70af410d615ad44d03fb2ba9ea4bb','2c444fce6d272f1c0f0050dbfcb62d2e09d67954ccddd4b455375f794d5d1a09','36bbadaab6da0845f103a1d53f1b11ca2eff5349c194ce0c91293ec5ebbd6215');
INSERT INTO "operation" VALUES(3,'2024-11-20T00:00:00Z','desk','claims ingest article.md','',NULL,'0000000000000000000000000000000432c4fe5b893be1271aa3a0aaa3a14720','7cc0865e307372600257e3e4966f45f8434e0fd413d6a029ffe895d28b7dc520','8cc6d7e0ef9884d67ee15d6dc3893e973d680acf2f6f414606c7f7a2810df1e9');
INSERT INTO "operation" VALUES(4,'2024-11-20T00:00:00Z','desk','claims review --accept-all --min 400','',NULL,'0000000000000000000000000000000087c9abf176a77443ddd0645591828651','196de3164563693acae16c62f126e47daa355e40121d3bec8000f4bd034d5a1f','14f01e49401c10968f1821e49acef6dea453eb377fbc1bc90c208e9c2a0cadfa');
INSERT INTO "operation" VALUES(5,'2024-11-20T00:00:00Z','desk','claims rule camp-people@2024-10-28 --verdict cannot_be_settled --reason no list was published','',NULL,'000000000000000000000000000000022bdafa39b6a517835ac60da767a85386','69cecf76b3b6fe29a087abd165f1561ad472b0cbcf0d216a2c358838053401cb','f3305e9821940928f65523669d705962f99bc4efff1cd9449621e770cb9e4f4d');
INSERT INTO "operation" VALUES(6,'2024-11-20T00:00:00Z','desk','claims rule camp-people@2024-10-28 --verdict one_stands --reason its list was published since --claim a-400','',NULL,'00000000000000000000000000000005ef0df6ae17ac36ac3b76bf2223d9fda0','ed6ccc1cb470f656e17184412610a3ebe7c7c0044bba51f167088c4c4eb717a4','806449e64ed35bd8f3ff4614f814f643084e2ca5f8029aed057596fb8f66797c');
INSERT INTO "operation" VALUES(7,'2024-12-06T15:46:40Z','desk','claims edit 1 note=seen again','',NULL,'00000000000000000000000000000001e9d1dca80530727229d88344e8c480cc','95de4dd9093b1010f73175f91bbe1843be5ee78c7912030103adee15427f8b46','f0dbfd493cab581aca6c96fa6373e49efe31113dfabd486c973d6aaa5226134b');
INSERT INTO "operation" VALUES(8,'2024-12-06T15:48:20Z','desk','claims retract 2 --reason withdrawn','withdrawn',NULL,'0000000000000000000000000000000102aeb4641fc8e181cdec1be7bdbffa2b','61d1ef1d7e90cf3231381887da9df55aae917d112d02aabb77447b88e29e39ca','ec1be9e2d0abb40e5696c85aeb0ef9f904493990ac33fae20c320dc9aa40f8f3');
INSERT INTO "operation" VALUES(9,'2024-12-06T15:50:00Z','desk','claims undo','undo of operation 8: claims retract 2 --reason withdrawn',8,'0000000000000000000000000000000249ccbf97110a14d4126e8048ad4056da','6426a53b0f8cb42b663f429b8c659196ed3f5796764161db20ca34e6b37eee07','43ef3e92c9f121b44bf97347fc9ff09e27a5a33e82191850a385396ba42ce3eb');
INSERT INTO "operation" VALUES(10,'2024-12-06T15:51:40Z','desk','claims retract 3 --reason a slip','a slip',NULL,'00000000000000000000000000000000f77805269c2ebded4dfeb51898caaa18','ee3e843220a76c4573cb588ac19e6a8271262fc4a83631f2d24147244b229927','994555eef03fd3044b8b1df576d55bdde0f2f72f5b4771a847a522f493f68736');
INSERT INTO "operation" VALUES(11,'2024-12-08T23:20:00Z','desk','claims rule camp-dead@2024-10-20 --verdict both_stand --reason they count two camps','',NULL,'00000000000000000000000000000001e90ef48750aff13e0d92acb430bb5ed0','04e81303a9f12ac0fd6cdeba699eeabc1a4fdfd1a821cd0a50bfe047c1eecc95','40fe35c514bed17c273106aca6c0d265586129b37630b5c2b255c42d62305feb');
INSERT INTO "operation" VALUES(12,'2024-12-08T23:21:40Z','desk','claims rule camp-dead@2024-10-20 --verdict cannot_be_settled --reason nobody counted','',NULL,'00000000000000000000000000000002bb1d467e78bbe1bb7c6210a7d22ed713','dd0cbe603322fbf3931d0dc440399d7e08357a71a05405f35271c7a513be7c35','6b222ee96be4e5565c7e31309a01a9c551bb386917f01e4899e6c09b2fc0b37b');
INSERT INTO "operation" VALUES(13,'2024-12-08T23:23:20Z','desk','claims edit 1 note=seen thrice','',NULL,'000000000000000000000000000000016c5b0ef213cc3942f0ab425f80fe4e28','725fc956fd8a3fd6c0b333b0eaa1e1c4497f4a785d1543353bd29983106ab914','07f7f3ba3ec1267202875e343d17c580ac49d597ad75c00cb5144cdaaf2061f6');
CREATE TABLE purge (
	id INTEGER NOT NULL, 
	table_name TEXT NOT NULL, 
	row_key TEXT NOT NULL, 
	row_operation_id INTEGER NOT NULL, 
	content_hash TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_purge_reason CHECK (reason <> ''), 
	CONSTRAINT fk_purge_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
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
	operation_id INTEGER NOT NULL, words TEXT, content_hash TEXT, 
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
people | شخص*','f0b3ef313d9e35ecd99cd5142127059e');
INSERT INTO "question" VALUES(2,'camp-children',1,'How many children are in the camp?','level','person',NULL,NULL,1,3,3.3333333333333331394e+05,1,NULL,'8887f5dbd4cfbed5d961e6c162374e00');
INSERT INTO "question" VALUES(3,'camp-dead',1,'How many people died in the camp?','cumulative','person',NULL,NULL,NULL,3,3.3333333333333331394e+05,1,NULL,'f287608999b22134421b152d9ff9f562');
INSERT INTO "question" VALUES(4,'camp-closed',1,'Is the camp closed?','fixed',NULL,NULL,NULL,NULL,3,3.3333333333333331394e+05,1,NULL,'0940ef5dac266f23d1ecf04a7a106c6d');
INSERT INTO "question" VALUES(5,'unlinked-statements',2,'Statements that answer no question yet','fixed',NULL,NULL,NULL,NULL,3,3.3333333333333331394e+05,3,NULL,'9b1c81cc2aefe97c1a36bae51c21b398');
CREATE TABLE question_history (
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
	operation_id INTEGER NOT NULL, 
	words TEXT, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
CREATE TABLE ruling (
	id INTEGER NOT NULL, 
	"conflict" TEXT NOT NULL, 
	question_id INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	claim_id INTEGER, 
	cause TEXT, 
	recorded_at TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT fk_ruling_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id), 
	CONSTRAINT ck_ruling_verdict CHECK (verdict IN ('one_stands', 'both_stand', 'source_in_error', 'cannot_be_settled')), 
	CONSTRAINT ck_ruling_cause CHECK (cause IN ('correction', 'deduplication', 'reclassification', 'scope_change', 'source_switch', 'lag', 'period_merged', 'typo', 'unexplained')), 
	CONSTRAINT ck_ruling_reason CHECK (reason <> ''), 
	CONSTRAINT fk_ruling_question_id FOREIGN KEY(question_id) REFERENCES question (id)
)
 STRICT

;
INSERT INTO "ruling" VALUES(2,'camp-people@2024-10-28',1,'one_stands','its list was published since',1,NULL,'2024-11-20T00:00:00Z',6,'81268117151a00b00a09d61c1070b20b');
INSERT INTO "ruling" VALUES(4,'camp-dead@2024-10-20',3,'cannot_be_settled','nobody counted',NULL,NULL,'2024-12-08T23:21:40Z',12,'c83446cc094afeb43bffff0975c742e4');
CREATE TABLE ruling_claim (
	ruling_id INTEGER NOT NULL, 
	claim_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, position INTEGER, 
	PRIMARY KEY (ruling_id, claim_id), 
	CONSTRAINT fk_ruling_claim_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id), 
	CONSTRAINT fk_ruling_claim_ruling_id FOREIGN KEY(ruling_id) REFERENCES ruling (id)
)
 STRICT

;
INSERT INTO "ruling_claim" VALUES(2,1,6,'124da26d4fe28280bed71bd6d5108219',NULL);
INSERT INTO "ruling_claim" VALUES(2,2,6,'dad50e8a0d04194f4b05a93eca3aa4cb',NULL);
INSERT INTO "ruling_claim" VALUES(2,5,6,'416d49f4b75d534daa44755642c9d3a8',NULL);
INSERT INTO "ruling_claim" VALUES(2,11,6,'9d851b38a465c76bfd52068b2862f4e0',NULL);
INSERT INTO "ruling_claim" VALUES(4,6,12,'6b3ad23f2751a1b4fff68cadbaead930',1);
INSERT INTO "ruling_claim" VALUES(4,7,12,'2815da681e338b144aa7abc3e741881e',0);
CREATE TABLE ruling_claim_history (
	ruling_id INTEGER NOT NULL, 
	claim_id INTEGER NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, position INTEGER, 
	PRIMARY KEY (ruling_id, claim_id, operation_id)
)
 STRICT

;
INSERT INTO "ruling_claim_history" VALUES(1,1,5,'8db41db6af3a02f84725f432ca1dd25f',6,NULL);
INSERT INTO "ruling_claim_history" VALUES(1,2,5,'4f33af3416aba7c371ef94e57a97a396',6,NULL);
INSERT INTO "ruling_claim_history" VALUES(1,5,5,'33450b9287001467967c14cd870d64bc',6,NULL);
INSERT INTO "ruling_claim_history" VALUES(1,11,5,'e456c1f89b7750bc59aee6f76fab9a40',6,NULL);
INSERT INTO "ruling_claim_history" VALUES(3,6,11,'413a69a15e2bb30497f1eda18c3c58ef',12,1);
INSERT INTO "ruling_claim_history" VALUES(3,7,11,'f1b292f6017ef4fbc7113d968cb1b64d',12,0);
CREATE TABLE ruling_history (
	id INTEGER NOT NULL, 
	"conflict" TEXT NOT NULL, 
	question_id INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	claim_id INTEGER, 
	cause TEXT, 
	recorded_at TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
INSERT INTO "ruling_history" VALUES(1,'camp-people@2024-10-28',1,'cannot_be_settled','no list was published',NULL,NULL,'2024-11-20T00:00:00Z',5,'37575fc3ce4807a3b18588ca2c39de95',6);
INSERT INTO "ruling_history" VALUES(3,'camp-dead@2024-10-20',3,'both_stand','they count two camps',NULL,NULL,'2024-12-08T23:20:00Z',11,'b621f7eff105493dae8f817c17cd4f94',12);
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
	operation_id INTEGER NOT NULL, encoding TEXT, bytes_hash TEXT CONSTRAINT ck_source_bytes_hash CHECK (length(bytes_hash) = 64), content_hash TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_source_uid UNIQUE (uid), 
	CONSTRAINT ck_source_published CHECK (published_from <= published_to), 
	CONSTRAINT ck_source_text_hash CHECK (length(text_hash) = 64), 
	CONSTRAINT fk_source_publisher_id FOREIGN KEY(publisher_id) REFERENCES actor (id), 
	CONSTRAINT fk_source_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "source" VALUES(1,'2ed48ad4c4e32c574eb7',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,'6f7927ebb6c4b400b55f04a833803734');
INSERT INTO "source" VALUES(2,'dbf1102d5742d4085e0a',3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,'6d805660151974bb9c2a99aaf2e1a121');
INSERT INTO "source" VALUES(3,'1558b1679bdbaf8de78a',NULL,NULL,'https://example.org/b?x=1',NULL,NULL,NULL,NULL,NULL,2,NULL,NULL,'5277f0cd4341b6b90301b58ffb90e2e4');
INSERT INTO "source" VALUES(4,'0d25aa660f695be9af31',3,'الوزارة تتحدث','https://example.org/a','ar','2024-10-29',739188,739188,'53f2037240faeff985722c7c83f6c0e8488a7ec6f8155c08f05dae1f7ede4587',3,NULL,NULL,'b64088beeb8f9cadcccaf84fda557a51');
CREATE TABLE source_history (
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
	encoding TEXT, 
	bytes_hash TEXT, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
CREATE TABLE source_original (
	source_id INTEGER NOT NULL, 
	bytes BLOB NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	PRIMARY KEY (source_id), 
	CONSTRAINT fk_source_original_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id), 
	CONSTRAINT fk_source_original_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT

;
CREATE TABLE source_original_history (
	source_id INTEGER NOT NULL, 
	bytes BLOB NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (source_id, operation_id)
)
 STRICT

;
CREATE TABLE source_text (
	source_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	PRIMARY KEY (source_id), 
	CONSTRAINT fk_source_text_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id), 
	CONSTRAINT fk_source_text_source_id FOREIGN KEY(source_id) REFERENCES source (id)
)
 STRICT

;
INSERT INTO "source_text" VALUES(4,'قالت الوزارة أمس الإثنين إن 400 شخص في المخيم، وإن 30 شخصاً نُقلوا إلى خيام أخرى.
',3,'c83dbc6d90306ec475984bc596e8f5f4');
CREATE TABLE source_text_history (
	source_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (source_id, operation_id)
)
 STRICT

;
CREATE TABLE topic (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	title TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, content_hash TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT uq_topic_slug UNIQUE (slug), 
	CONSTRAINT ck_topic_slug CHECK (slug <> ''), 
	CONSTRAINT fk_topic_operation_id FOREIGN KEY(operation_id) REFERENCES operation (id)
)
 STRICT

;
INSERT INTO "topic" VALUES(1,'camps','Camps',1,'2a6e2973adb682c3bd9247e864719df6');
INSERT INTO "topic" VALUES(2,'unlinked','unlinked',3,'86543f994639ea05df8455d4977d8b8e');
CREATE TABLE topic_history (
	id INTEGER NOT NULL, 
	slug TEXT NOT NULL, 
	title TEXT NOT NULL, 
	operation_id INTEGER NOT NULL, 
	content_hash TEXT, 
	closed_by INTEGER NOT NULL, 
	PRIMARY KEY (id, operation_id)
)
 STRICT

;
CREATE INDEX ix_actor_alias_actor_id ON actor_alias (actor_id);
CREATE INDEX ix_question_topic_id ON question (topic_id);
CREATE INDEX ix_question_part_of_id ON question (part_of_id);
CREATE INDEX ix_actor_office_actor_id ON actor_office (actor_id);
CREATE INDEX ix_actor_office_folded ON actor_office (folded);
CREATE INDEX ix_claim_question ON claim (question_id, day, claimant_id, said_day, interval_low, interval_high);
CREATE INDEX ix_claim_ref ON claim (ref) WHERE ref IS NOT NULL;
CREATE INDEX ix_claim_claimant_id ON claim (claimant_id);
CREATE INDEX ix_claim_source_id ON claim (source_id);
CREATE INDEX ix_claim_relay_actor_id ON claim_relay (actor_id);
CREATE INDEX ix_ruling_conflict ON ruling ("conflict");
CREATE INDEX ix_topic_history_closed_by ON topic_history (closed_by);
CREATE INDEX ix_actor_history_closed_by ON actor_history (closed_by);
CREATE INDEX ix_actor_alias_history_closed_by ON actor_alias_history (closed_by);
CREATE INDEX ix_actor_office_history_closed_by ON actor_office_history (closed_by);
CREATE INDEX ix_question_history_closed_by ON question_history (closed_by);
CREATE INDEX ix_source_history_closed_by ON source_history (closed_by);
CREATE INDEX ix_source_history_uid ON source_history (uid);
CREATE INDEX ix_source_text_history_closed_by ON source_text_history (closed_by);
CREATE INDEX ix_source_original_history_closed_by ON source_original_history (closed_by);
CREATE INDEX ix_claim_history_closed_by ON claim_history (closed_by);
CREATE INDEX ix_claim_history_uid ON claim_history (uid);
CREATE INDEX ix_claim_relay_history_closed_by ON claim_relay_history (closed_by);
CREATE INDEX ix_ruling_history_closed_by ON ruling_history (closed_by);
CREATE INDEX ix_ruling_claim_history_closed_by ON ruling_claim_history (closed_by);
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
LEFT JOIN actor p ON p.id = s.publisher_id;
CREATE VIEW conflict_view AS
WITH scoped AS (
    SELECT
        c.id, q.slug AS question, q.kind, q.unit, q.day_scale, q.part_of_id, c.question_id, a.name AS claimant, c.value, c.stance,
        c.modality, c.as_of, c.day,
        CASE WHEN c.horizon IS NULL THEN 0 ELSE 1 END AS foretells_a_day,
        CASE WHEN q.kind = 'flow' OR c.modality = 'target' OR c.horizon IS NOT NULL THEN c.day_from ELSE 0 END AS period_from,
        CASE WHEN q.kind = 'flow' OR c.modality = 'target' OR c.horizon IS NOT NULL THEN c.day ELSE 0 END AS period_to,
        CASE WHEN c.stance <> 'denies' THEN c.interval_low END AS floor,
        CASE WHEN c.stance <> 'denies' THEN c.interval_high END AS ceiling
    FROM claim c
    JOIN question q ON q.id = c.question_id
    JOIN actor a ON a.id = c.claimant_id
    WHERE c.review = 'accepted' AND c.modality <> 'conditional' AND c.day IS NOT NULL
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
        ever AS (PARTITION BY question_id, modality, foretells_a_day, period_from, period_to),
        nearby AS (
            PARTITION BY question_id, modality, foretells_a_day, period_from, period_to ORDER BY day * day_scale
            RANGE BETWEEN 1000000 PRECEDING AND 1000000 FOLLOWING
        ),
        earlier AS (
            PARTITION BY question_id, modality, foretells_a_day, period_from, period_to ORDER BY day
            RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ),
        later AS (
            PARTITION BY question_id, modality, foretells_a_day, period_from, period_to ORDER BY day
            RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
        )
)
SELECT m.id, m.question, m.claimant, m.value, m.stance, m.modality, m.as_of
FROM measured m
LEFT JOIN (
    SELECT p.part_of_id AS whole_id, p.unit, MAX(c.interval_low) AS floor
    FROM claim c
    JOIN question p ON p.id = c.question_id
    WHERE p.part_of_id IS NOT NULL AND p.kind NOT IN ('flow', 'rate')
        AND c.review = 'accepted' AND c.modality = 'observed' AND c.stance = 'asserts' AND c.day IS NOT NULL
    GROUP BY p.part_of_id, p.unit
) part ON part.whole_id = m.question_id AND part.unit = m.unit
LEFT JOIN (
    SELECT q.id, q.unit, MIN(c.interval_high) AS ceiling
    FROM claim c
    JOIN question q ON q.id = c.question_id
    WHERE q.kind IN ('level', 'cumulative', 'fixed')
        AND c.review = 'accepted' AND c.modality = 'observed' AND c.stance = 'asserts' AND c.day IS NOT NULL
    GROUP BY q.id, q.unit
) whole ON whole.id = m.part_of_id AND whole.unit = m.unit
WHERE (m.stance = 'asserts' AND m.denials > 0) OR (m.stance = 'denies' AND m.assertions > 0)
    OR (m.kind = 'cumulative' AND m.modality = 'observed' AND (m.floor >= m.ceiling_later OR m.ceiling <= m.floor_earlier))
    OR (m.kind = 'fixed' AND (m.floor >= m.ceiling_ever OR m.ceiling <= m.floor_ever))
    OR (
        NOT (m.kind = 'fixed' OR (m.kind = 'cumulative' AND m.modality = 'observed'))
        AND (m.floor >= m.ceiling_nearby OR m.ceiling <= m.floor_nearby)
    )
    OR (
        m.stance = 'asserts' AND m.modality = 'observed' AND m.kind NOT IN ('flow', 'rate')
        AND (m.ceiling <= part.floor OR m.floor >= whole.ceiling)
    );
CREATE VIEW trace_view AS
SELECT
    c.id AS claim, c.ref, q.slug AS question, c.said_on, c.as_of, a.name AS claimant, c.value, c.low, c.high, c.modality, c.stance,
    LAG(c.id) OVER own AS previous,
    CASE WHEN c.low = c.high AND LAG(c.low) OVER own = LAG(c.high) OVER own THEN c.low - LAG(c.low) OVER own END AS change
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN actor a ON a.id = c.claimant_id
WHERE c.review = 'accepted'
WINDOW own AS (
    PARTITION BY c.question_id, a.voice_id, c.modality ORDER BY COALESCE(c.said_day, c.day, 0), COALESCE(c.day, 0), c.id
);
COMMIT;
