import type { WorkshopId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import type { CommandAck } from '#lib/protocol/commands.ts';
import type { Transaction } from '#server/db/client.ts';

import type { Change } from './change.ts';
import type { Device, Group, Idea, Participant, Round, Table, Workshop } from './workshop-state.ts';

/** One accepted command of a batch: who sent it (nobody, when the server itself changes something), and what it changes. */
export type AcceptedCommand = {
	readonly actor: Actor | null;
	readonly id: string;
	readonly name: string;
	readonly ack: CommandAck;
	readonly changes: readonly Change[];
	/** The command log keeps nothing of it. */
	readonly unlogged: boolean;
};

/**
 * Writes the changes of a batch: one statement an entity, whatever the number of rows.
 * Rows go as one JSON parameter each, so that a statement stays the same for every batch size.
 */
export async function writeChanges(tx: Transaction, workshopId: WorkshopId, commands: readonly AcceptedCommand[]) {
	const rows = collectRows(commands.flatMap((command) => command.changes));
	await Promise.all([
		rows.workshop && writeWorkshop(tx, rows.workshop),
		rows.tables.size > 0 && writeTables(tx, [...rows.tables.values()]),
		rows.participants.size > 0 && writeParticipants(tx, workshopId, [...rows.participants.values()]),
		rows.devices.size > 0 && writeDevices(tx, workshopId, [...rows.devices.values()]),
		rows.groups.size > 0 && writeGroups(tx, [...rows.groups.values()]),
		rows.ideas.size > 0 && writeIdeas(tx, [...rows.ideas.values()]),
		rows.rounds.size > 0 && writeRounds(tx, workshopId, [...rows.rounds.values()]),
		rows.ballots.length > 0 && writeBallots(tx, rows.ballots),
		rows.roll.length > 0 && writeRoll(tx, rows.roll),
		writeAudit(tx, workshopId, commands),
	]);
}

function collectRows(changes: readonly Change[]) {
	const rows = {
		workshop: undefined as Workshop | undefined,
		tables: new Map<string, Table>(),
		participants: new Map<string, Participant>(),
		devices: new Map<string, Device>(),
		groups: new Map<string, Group>(),
		ideas: new Map<string, Idea>(),
		rounds: new Map<string, Round>(),
		ballots: [] as Extract<Change, { type: 'ballot' }>[],
		roll: [] as Extract<Change, { type: 'roll' }>[],
	};
	for (const change of changes) {
		if (change.type === 'ballot') rows.ballots.push(change);
		else if (change.type === 'roll') rows.roll.push(change);
		else if (change.type === 'put') {
			if (change.entity === 'workshop') rows.workshop = change.row;
			else if (change.entity === 'table') rows.tables.set(change.row.id, change.row);
			else if (change.entity === 'participant') rows.participants.set(change.row.id, change.row);
			else if (change.entity === 'device') rows.devices.set(change.row.id, change.row);
			else if (change.entity === 'group') rows.groups.set(change.row.id, change.row);
			else if (change.entity === 'idea') rows.ideas.set(change.row.id, change.row);
			else if (change.entity === 'round') rows.rounds.set(change.row.id, change.row);
		}
	}
	return rows;
}

async function writeWorkshop(tx: Transaction, row: Workshop) {
	await tx`
		update workshop set
			phase = ${row.phase},
			door_open = ${row.doorOpen},
			frozen = ${row.frozen},
			current_step_id = ${row.currentStepId},
			step_started_at = to_timestamp(${row.stepStartedAt === null ? null : row.stepStartedAt / 1000}::double precision),
			timer = ${row.timer === null ? null : tx.json(row.timer)},
			floor = ${tx.json(row.floor)},
			lead_id = ${row.leadId}
		where id = ${row.id}`;
}

async function writeTables(tx: Transaction, rows: readonly Table[]) {
	await tx`
		update workshop_table set
			ready = r.ready, needs_help = r."needsHelp", help_asked_at = to_timestamp(r."helpAskedAt" / 1000),
			help_by = r."helpBy", host_id = r."hostId", step_id = r."stepId",
			step_started_at = to_timestamp(r."stepStartedAt" / 1000), timer = nullif(r.timer, 'null')
		from jsonb_to_recordset(${json(tx, rows)}) as r(
			id uuid, ready boolean, "needsHelp" boolean, "helpAskedAt" double precision, "helpBy" uuid, "hostId" uuid,
			"stepId" uuid, "stepStartedAt" double precision, timer jsonb)
		where workshop_table.id = r.id`;
}

async function writeParticipants(tx: Transaction, workshopId: WorkshopId, rows: readonly Participant[]) {
	await tx`
		insert into participant (
			id, workshop_id, guest_id, nickname, language, table_id, at_home, joined_at, blocked_at, block_reason)
		select id, ${workshopId}, "guestId", nickname, language, "tableId", "atHome",
			to_timestamp("joinedAt" / 1000), to_timestamp("blockedAt" / 1000), "blockReason"
		from jsonb_to_recordset(${json(tx, rows)}) as r(
			id uuid, "guestId" uuid, nickname text, language text, "tableId" uuid, "atHome" boolean,
			"joinedAt" double precision, "blockedAt" double precision, "blockReason" text)
		on conflict (id) do update set
			nickname = excluded.nickname, language = excluded.language, table_id = excluded.table_id,
			at_home = excluded.at_home, blocked_at = excluded.blocked_at, block_reason = excluded.block_reason`;
}

async function writeDevices(tx: Transaction, workshopId: WorkshopId, rows: readonly Device[]) {
	await tx`
		insert into device (id, workshop_id, kind, name, place, table_id, layout, idea_id, languages, revoked_at)
		select id, ${workshopId}, kind, name, place, "tableId", layout, "ideaId", languages, to_timestamp("revokedAt" / 1000)
		from jsonb_to_recordset(${json(tx, rows)}) as r(
			id uuid, kind text, name text, place text, "tableId" uuid, layout text, "ideaId" uuid, languages text[],
			"revokedAt" double precision)
		on conflict (id) do update set
			name = excluded.name, place = excluded.place, table_id = excluded.table_id, layout = excluded.layout,
			idea_id = excluded.idea_id, languages = excluded.languages, revoked_at = excluded.revoked_at`;
}

async function writeGroups(tx: Transaction, rows: readonly Group[]) {
	await tx`
		insert into idea_group (id, board_id, title, sort_order, colour, deleted_at)
		select id, "boardId", title, "order", colour, to_timestamp("deletedAt" / 1000)
		from jsonb_to_recordset(${json(tx, rows)}) as r(
			id uuid, "boardId" uuid, title text, "order" double precision, colour text, "deletedAt" double precision)
		on conflict (id) do update set
			title = excluded.title, sort_order = excluded.sort_order, colour = excluded.colour, deleted_at = excluded.deleted_at`;
}

async function writeIdeas(tx: Transaction, rows: readonly Idea[]) {
	await tx`
		insert into idea (
			id, board_id, text, language, state, reach, participant_id, device_id, key_hash, shows_name, group_id, sort_order,
			colour, hide_reason, merged_into, copied_from, claimed_by, claimed_at, shown_at, step_id, created_at, published_at)
		select id, "boardId", text, language, state, reach, "participantId", "deviceId", decode("keyHash", 'hex'), "showsName",
			"groupId", "order", colour, "hideReason", "mergedInto", "copiedFrom", "claimedBy", to_timestamp("claimedAt" / 1000),
			to_timestamp("shownAt" / 1000), "stepId", to_timestamp("createdAt" / 1000), to_timestamp("publishedAt" / 1000)
		from jsonb_to_recordset(${json(tx, rows)}) as r(
			id uuid, "boardId" uuid, text text, language text, state text, reach text, "participantId" uuid, "deviceId" uuid,
			"keyHash" text, "showsName" boolean, "groupId" uuid, "order" double precision, colour text, "hideReason" text,
			"mergedInto" uuid, "copiedFrom" uuid, "claimedBy" uuid, "claimedAt" double precision, "shownAt" double precision,
			"stepId" uuid, "createdAt" double precision, "publishedAt" double precision)
		on conflict (id) do update set
			text = excluded.text, language = excluded.language, state = excluded.state, reach = excluded.reach,
			shows_name = excluded.shows_name, group_id = excluded.group_id, sort_order = excluded.sort_order,
			colour = excluded.colour, hide_reason = excluded.hide_reason, merged_into = excluded.merged_into,
			claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at, shown_at = excluded.shown_at,
			published_at = excluded.published_at, changed_at = now()`;
}

async function writeRounds(tx: Transaction, workshopId: WorkshopId, rows: readonly Round[]) {
	await tx`
		insert into vote_round (
			id, workshop_id, kind, table_id, position, title, rule, state, opened_at, closed_at, tally, published, decision)
		select id, ${workshopId}, kind, "tableId", position, title, rule, state, to_timestamp("openedAt" / 1000),
			to_timestamp("closedAt" / 1000), nullif(tally, 'null'), published, nullif(decision, 'null')
		from jsonb_to_recordset(${json(tx, rows)}) as r(
			id uuid, kind text, "tableId" uuid, position integer, title text, rule jsonb, state text, "openedAt" double precision,
			"closedAt" double precision, tally jsonb, published boolean, decision jsonb)
		on conflict (id) do update set
			state = excluded.state, closed_at = excluded.closed_at, tally = excluded.tally,
			published = excluded.published, decision = excluded.decision`;
	const options = rows.flatMap((round) => round.options.map((option) => ({ ...option, roundId: round.id })));
	await tx`
		insert into vote_option (id, round_id, position, label, idea_id, group_id)
		select id, "roundId", position, label, "ideaId", "groupId"
		from jsonb_to_recordset(${json(tx, options)}) as r(
			id uuid, "roundId" uuid, position integer, label text, "ideaId" uuid, "groupId" uuid)
		on conflict (id) do nothing`;
}

async function writeBallots(tx: Transaction, ballots: readonly Extract<Change, { type: 'ballot' }>[]) {
	const latest = new Map(ballots.map((ballot) => [`${ballot.roundId} ${hex(ballot.voterKey)}`, ballot]));
	const rows = [...latest.values()].map(({ roundId, voterKey, ballot }) => ({
		roundId,
		voterKey: hex(voterKey),
		ballot,
	}));
	await tx`
		insert into ballot (round_id, voter_key, choices)
		select "roundId", decode("voterKey", 'hex'), ballot
		from jsonb_to_recordset(${json(tx, rows)}) as r("roundId" uuid, "voterKey" text, ballot jsonb)
		on conflict (round_id, voter_key) do update set choices = excluded.choices`;
}

async function writeRoll(tx: Transaction, entries: readonly Extract<Change, { type: 'roll' }>[]) {
	const latest = new Map(entries.map((entry) => [`${entry.roundId} ${entry.participantId}`, entry]));
	await tx`
		insert into roll (round_id, participant_id, voted)
		select "roundId", "participantId", voted
		from jsonb_to_recordset(${json(tx, [...latest.values()])}) as r("roundId" uuid, "participantId" uuid, voted boolean)
		on conflict (round_id, participant_id) do update set voted = excluded.voted`;
}

async function writeAudit(tx: Transaction, workshopId: WorkshopId, commands: readonly AcceptedCommand[]) {
	const lines = commands.flatMap(({ actor, changes }) =>
		changes.flatMap((change) =>
			change.type === 'audit'
				? [
						{
							kind: actor?.kind ?? 'server',
							actorId: actor?.id ?? null,
							action: change.action,
							subjectId: change.subjectId,
							detail: change.detail,
							inverse: change.inverse ?? null,
						},
					]
				: [],
		),
	);
	if (lines.length === 0) return;
	await tx`
		insert into audit_log (workshop_id, actor_kind, actor_id, action, subject_id, detail, inverse)
		select ${workshopId}, kind, "actorId", action, "subjectId", detail, nullif(inverse, 'null')
		from jsonb_to_recordset(${json(tx, lines)}) as r(
			kind text, "actorId" uuid, action text, "subjectId" uuid, detail jsonb, inverse jsonb)`;
}

/** Remembers the answers, so that a resend gets the same one. */
export async function writeCommandLog(
	tx: Transaction,
	workshopId: WorkshopId,
	commands: readonly (AcceptedCommand & { readonly actor: Actor })[],
) {
	const rows = commands.map(({ actor, id, name, ack }) => ({ actorId: actor.id, id, name, ack }));
	await tx`
		insert into command_log (actor_id, id, workshop_id, name, ack)
		select "actorId", id, ${workshopId}, name, ack
		from jsonb_to_recordset(${json(tx, rows)}) as r("actorId" uuid, id uuid, name text, ack jsonb)`;
}

/** The rows of a batch are typed by their entities; JSON.stringify is all that happens to them. */
function json(tx: Transaction, rows: readonly object[]) {
	return tx.json(rows as Parameters<Transaction['json']>[0]);
}

function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('hex');
}
