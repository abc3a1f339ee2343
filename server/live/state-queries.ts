import { floor as floorSchema } from '#lib/domain/floor.ts';
import type { AccountId, BoardId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { CommandAck } from '#lib/protocol/commands.ts';
import type { Database, Sql } from '#server/db/client.ts';

import { Ideas } from './ideas.ts';
import type {
	Board,
	Challenge,
	Device,
	Group,
	Idea,
	Participant,
	Project,
	Round,
	RoundOption,
	SnapshotEntry,
	Step,
	Table,
	Workshop,
	WorkshopState,
} from './workshop-state.ts';

export async function findWorkshopIdByCode(sql: Sql, code: string): Promise<WorkshopId | undefined> {
	const [row] = await sql<{ id: WorkshopId }[]>`select id from workshop where code = ${code}`;
	return row?.id;
}

export async function findWorkshopIdOfBoard(sql: Sql, boardId: BoardId): Promise<WorkshopId | undefined> {
	const [row] = await sql<
		{ workshopId: WorkshopId }[]
	>`select workshop_id as "workshopId" from board where id = ${boardId}`;
	return row?.workshopId;
}

/** A board, or a text document, and whose it is; no table means the plenary or the whole workshop. */
export type DocumentLocation = {
	readonly kind: 'board' | 'text';
	readonly workshopId: WorkshopId;
	readonly tableId: TableId | null;
};

export async function findDocumentLocation(sql: Sql, documentId: string): Promise<DocumentLocation | undefined> {
	const [row] = await sql<DocumentLocation[]>`
		select 'board' as kind, workshop_id as "workshopId", table_id as "tableId" from board where id = ${documentId}
		union all
		select 'text', workshop_id, table_id from text_document where id = ${documentId} and workshop_id is not null`;
	return row;
}

export type AckRow = { actorId: string; id: string; name: string; ack: CommandAck };

/** The answers already given to these commands. */
export async function findAcks(sql: Sql, keys: readonly { actorId: string; id: string }[]): Promise<readonly AckRow[]> {
	return sql<AckRow[]>`
		select actor_id as "actorId", id, name, ack from command_log
		where (actor_id, id) in (
			select * from unnest(${sql.array(keys.map((key) => key.actorId))}::uuid[], ${sql.array(keys.map((key) => key.id))}::uuid[]))`;
}

/** The latest answers given in a workshop, the oldest of them first. */
export async function latestAcks(sql: Sql, workshopId: WorkshopId, most: number): Promise<readonly AckRow[]> {
	const rows = await sql<AckRow[]>`
		select actor_id as "actorId", id, name, ack from command_log
		where workshop_id = ${workshopId} order by at desc limit ${most}`;
	return rows.toReversed();
}

/** Reads a whole workshop in one snapshot of the database; `undefined` if there is none. */
export async function loadWorkshopState(
	database: Database,
	workshopId: WorkshopId,
): Promise<WorkshopState | undefined> {
	return database.begin('isolation level repeatable read read only', async (tx) => {
		const [workshop] = await tx<(Omit<Workshop, 'floor'> & { floor: unknown })[]>`
			select id, edition_id as "editionId", code, title, phase, door_open as "doorOpen", frozen,
				current_step_id as "currentStepId", extract(epoch from step_started_at)::double precision * 1000 as "stepStartedAt",
				timer, attribution, generation, rehearsal, floor, lead_id as "leadId"
			from workshop where id = ${workshopId}`;
		if (workshop === undefined) return undefined;

		const [
			steps,
			challenges,
			tables,
			boards,
			participants,
			devices,
			groups,
			ideas,
			rounds,
			options,
			roll,
			projects,
			snapshots,
			team,
			log,
		] = await Promise.all([
			tx<Step[]>`
					select id, position, kind, title, prompt, duration_ms::double precision as "durationMs", rules
					from step where workshop_id = ${workshopId} order by position`,
			tx<Challenge[]>`
					select id, position, question from challenge where id in (
						select challenge_id from workshop_table where workshop_id = ${workshopId}) order by position`,
			tx<Table[]>`
					select t.id, t.position, t.name, t.challenge_id as "challengeId", t.capacity, t.ready,
						t.needs_help as "needsHelp", extract(epoch from t.help_asked_at)::double precision * 1000 as "helpAskedAt",
						t.help_by as "helpBy", t.host_id as "hostId", t.at_home as "atHome", t.step_id as "stepId",
						extract(epoch from t.step_started_at)::double precision * 1000 as "stepStartedAt", t.timer,
						b.id as "boardId", d.id as "sheetId"
					from workshop_table t
					join board b on b.table_id = t.id
					join text_document d on d.table_id = t.id and d.kind = 'sheet'
					where t.workshop_id = ${workshopId} order by t.position`,
			tx<Board[]>`select id, table_id as "tableId" from board where workshop_id = ${workshopId}`,
			tx<Participant[]>`
					select id, guest_id as "guestId", nickname, language, table_id as "tableId", at_home as "atHome",
						extract(epoch from joined_at)::double precision * 1000 as "joinedAt",
						extract(epoch from blocked_at)::double precision * 1000 as "blockedAt", block_reason as "blockReason"
					from participant where workshop_id = ${workshopId} order by joined_at, id`,
			tx<Device[]>`
					select id, kind, name, place, table_id as "tableId", layout, idea_id as "ideaId", languages,
						extract(epoch from revoked_at)::double precision * 1000 as "revokedAt"
					from device where workshop_id = ${workshopId} and revoked_at is null order by paired_at, id`,
			tx<Group[]>`
					select g.id, g.board_id as "boardId", g.title, g.sort_order as "order", g.colour,
						extract(epoch from g.deleted_at)::double precision * 1000 as "deletedAt"
					from idea_group g join board b on b.id = g.board_id where b.workshop_id = ${workshopId}`,
			tx<Idea[]>`
					select i.id, i.board_id as "boardId", i.text, i.language, i.state, i.participant_id as "participantId",
						i.device_id as "deviceId", encode(i.key_hash, 'hex') as "keyHash", i.shows_name as "showsName", i.reach,
						i.group_id as "groupId", i.sort_order as "order", i.colour, i.hide_reason as "hideReason",
						i.merged_into as "mergedInto", i.copied_from as "copiedFrom", i.step_id as "stepId",
						i.claimed_by as "claimedBy", extract(epoch from i.claimed_at)::double precision * 1000 as "claimedAt",
						extract(epoch from i.shown_at)::double precision * 1000 as "shownAt",
						extract(epoch from i.created_at)::double precision * 1000 as "createdAt",
						extract(epoch from i.published_at)::double precision * 1000 as "publishedAt"
					from idea i join board b on b.id = i.board_id where b.workshop_id = ${workshopId}
					order by i.created_at, i.id`,
			tx<Omit<Round, 'options'>[]>`
					select id, kind, table_id as "tableId", position, title, rule, state,
						extract(epoch from opened_at)::double precision * 1000 as "openedAt",
						extract(epoch from closed_at)::double precision * 1000 as "closedAt", tally, published, decision
					from vote_round where workshop_id = ${workshopId} order by position`,
			tx<(RoundOption & { roundId: Round['id'] })[]>`
					select o.round_id as "roundId", o.id, o.position, o.label, o.idea_id as "ideaId", o.group_id as "groupId"
					from vote_option o join vote_round r on r.id = o.round_id
					where r.workshop_id = ${workshopId} order by o.position`,
			tx<{ roundId: Round['id']; participantId: Participant['id']; voted: boolean }[]>`
					select l.round_id as "roundId", l.participant_id as "participantId", l.voted
					from roll l join vote_round r on r.id = l.round_id where r.workshop_id = ${workshopId}`,
			tx<Project[]>`
					select p.id, p.slug, p.title, p.table_id as "tableId", p.published,
						(select count(*)::integer from project_idea i where i.project_id = p.id) as ideas,
						count(m.id) filter (where m.involvement = 'join')::integer as joined,
						count(m.id) filter (where m.involvement = 'help')::integer as helping,
						count(m.id) filter (where m.involvement = 'follow')::integer as following
					from project p left join project_member m on m.project_id = p.id and m.withdrawn_at is null
					where p.workshop_id = ${workshopId} group by p.id order by p.founded_at, p.id`,
			tx<SnapshotEntry[]>`
					select id, extract(epoch from taken_at)::double precision * 1000 as "takenAt", reason, note,
						step_id as "stepId", account_id as "accountId", ideas, hash
					from snapshot where workshop_id = ${workshopId} order by taken_at, id`,
			tx<{ id: AccountId; name: string }[]>`
					select account.id, account.name from programme_member member
					join edition on edition.programme_id = member.programme_id
					join workshop on workshop.edition_id = edition.id
					join account on account.id = member.account_id
					where workshop.id = ${workshopId} and account.blocked_at is null order by account.name, account.id`,
			tx<[{ entries: number }]>`
					select count(*)::integer as entries from audit_log where workshop_id = ${workshopId}`,
		]);

		const plenary = boards.find((board) => board.tableId === null);
		if (plenary === undefined) throw new Error(`Workshop ${workshopId} has no plenary board`);

		const rolls: WorkshopState['rolls'] = new Map(
			rounds.map((round) => [round.id, new Map<Participant['id'], boolean>()]),
		);
		for (const entry of roll) rolls.get(entry.roundId)?.set(entry.participantId, entry.voted);

		return {
			workshop: { ...workshop, floor: floorSchema.parse(workshop.floor) },
			steps: byId(steps),
			challenges: byId(challenges),
			tables: byId(tables),
			boards: byId(boards),
			plenaryBoardId: plenary.id,
			participants: byId(participants),
			devices: byId(devices),
			ideas: new Ideas(ideas),
			groups: byId(groups),
			rounds: byId(
				rounds.map((round) => ({
					...round,
					options: options.filter((option) => option.roundId === round.id).map(({ roundId: _, ...option }) => option),
				})),
			),
			rolls,
			projects: byId(projects),
			snapshots: byId(snapshots),
			team: new Map(team.map(({ id, name }) => [id, name])),
			logEntries: log[0].entries,
		};
	});
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<Row['id'], Row> {
	return new Map(rows.map((row) => [row.id, row]));
}
