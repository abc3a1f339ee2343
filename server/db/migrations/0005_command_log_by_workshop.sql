-- A workshop that is opened reads the answers that it has given so far.
create index command_log_of_workshop on command_log (workshop_id, at);
