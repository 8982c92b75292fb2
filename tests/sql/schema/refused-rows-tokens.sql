-- Rows that the rules of tokens forbid. `what => answer`, then the statement.

-- a token of nobody => 23514 chk_token_owner
INSERT INTO api_tokens (name, token_hash, hint, scopes) VALUES ('x', repeat('a', 64), 'abcd', '{account:read}');

-- a token without a name => 23514 chk_token_name
INSERT INTO api_tokens (user_id, name, token_hash, hint, scopes) VALUES (:user, '', repeat('a', 64), 'abcd', '{account:read}');

-- a token in clear => 23514 chk_token_hash
INSERT INTO api_tokens (user_id, name, token_hash, hint, scopes) VALUES (:user, 'x', 'stayler_abc', 'abcd', '{account:read}');

-- a hint that says more => 23514 chk_token_hint
INSERT INTO api_tokens (user_id, name, token_hash, hint, scopes) VALUES (:user, 'x', repeat('a', 64), 'abcde', '{account:read}');

-- a permission of the other kind => 23514 chk_token_scopes
INSERT INTO api_tokens (user_id, name, token_hash, hint, scopes) VALUES (:user, 'x', repeat('a', 64), 'abcd', '{gallery:write}');

-- a token that may nothing => 23514 chk_token_scopes
INSERT INTO api_tokens (vendor_id, name, token_hash, hint, scopes) VALUES (:vendor, 'x', repeat('a', 64), 'abcd', '{}');

-- a token twice => 23505 uq_api_tokens_hash
INSERT INTO api_tokens (user_id, name, token_hash, hint, scopes) SELECT :user, 'x', repeat('a', 64), 'abcd', '{account:read}' FROM generate_series(1, 2);

-- an answer to nobody => 23514 chk_answer_owner
INSERT INTO api_answers (id, request_hash) VALUES (gen_random_uuid(), repeat('a', 64));

-- an answer to a request that is not known => 23514 chk_answer_hash
INSERT INTO api_answers (id, user_id, request_hash) VALUES (gen_random_uuid(), :user, 'x');

-- an answer that may be another the next time => 23514 chk_answer_status
INSERT INTO api_answers (id, user_id, request_hash, status) VALUES (gen_random_uuid(), :user, repeat('a', 64), 503);

-- a body before an answer => 23514 chk_answer_body
INSERT INTO api_answers (id, user_id, request_hash, body) VALUES (gen_random_uuid(), :user, repeat('a', 64), '{}');
