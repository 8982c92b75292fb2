-- Rows that the rules of webhooks forbid. `what => answer`, then the statement.

-- an endpoint of nobody => 23514 chk_webhook_owner
INSERT INTO webhook_endpoints (url, events) VALUES ('https://a.example', '{payment.completed}');

-- an endpoint in clear => 23514 chk_webhook_url
INSERT INTO webhook_endpoints (user_id, url, events) VALUES (:user, 'http://a.example', '{payment.completed}');

-- an event of the other kind => 23514 chk_webhook_events
INSERT INTO webhook_endpoints (user_id, url, events) VALUES (:user, 'https://a.example', '{picture.published}');

-- a secret without a version => 23514 chk_webhook_version
INSERT INTO webhook_endpoints (user_id, url, events, secret_version) VALUES (:user, 'https://a.example', '{payment.completed}', 0);

-- a message that arrived and waits => 23514 chk_webhook_message_delivered
WITH e AS (INSERT INTO webhook_endpoints (user_id, url, events) VALUES (:user, 'https://a.example', '{payment.completed}') RETURNING id)
INSERT INTO webhook_messages (endpoint_id, event, subject_id, delivered_at) SELECT id, 'payment.completed', id, now() FROM e;

-- an address that is off and well => 23514 chk_webhook_disabled
INSERT INTO webhook_endpoints (user_id, url, events, disabled_at) VALUES (:user, 'https://a.example', '{payment.completed}', now());
