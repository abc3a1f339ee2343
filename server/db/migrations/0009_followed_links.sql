-- What other rows point to, so that deleting many of them doesn't look through all others for each.
create index idea_merged_into on idea (merged_into) where merged_into is not null;
create index idea_copied_from on idea (copied_from) where copied_from is not null;
create index idea_group_id on idea (group_id) where group_id is not null;
create index roll_participant on roll (participant_id);
create index device_idea on device (idea_id) where idea_id is not null;
