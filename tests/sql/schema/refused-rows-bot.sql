-- Rows that the rules of bots forbid. `what => answer`, then the statement.

-- a messenger nobody knows => 23514 chk_bot_chat_platform
INSERT INTO bot_chats (platform, chat_id, language) VALUES ('pigeon', 1, 'fa');

-- a language nobody here writes => 23514 chk_bot_chat_language
INSERT INTO bot_chats (platform, chat_id, language) VALUES ('bale', 1, 'de');

-- a chat that is linked to nobody => 23514 chk_bot_chat_linked
INSERT INTO bot_chats (platform, chat_id, language, linked_at) VALUES ('bale', 1, 'fa', now());

-- one chat twice => 23505 uq_bot_chats_chat
INSERT INTO bot_chats (platform, chat_id, language) VALUES ('bale', 1, 'fa'), ('bale', 1, 'en');

-- two chats of one account in a messenger => 23505 uq_bot_chats_user
INSERT INTO bot_chats (platform, chat_id, language, user_id, linked_at) VALUES
  ('bale', 1, 'fa', :user, now()), ('bale', 2, 'fa', :user, now());

-- an update of nobody => 23514 chk_bot_update_platform
INSERT INTO bot_updates (platform, update_id, body) VALUES ('pigeon', 1, '{}');

-- an update that was dealt with and is kept => 23514 chk_bot_update_done
INSERT INTO bot_updates (platform, update_id, body, next_at) VALUES ('bale', 1, '{}', NULL);

-- one update twice => 23505 bot_updates_pkey
INSERT INTO bot_updates (platform, update_id, body) VALUES ('bale', 1, '{}'), ('bale', 1, '{}');

-- one who asks nobody => 23514 chk_bot_poller_platform
INSERT INTO bot_pollers (platform, holder, held_until) VALUES ('pigeon', 'x', now());
