import { randomUUID } from 'node:crypto';

import type { AccountId, EditionId, IdeaId, ParticipantId, StepId, TableId, WorkshopId } from '#lib/domain/ids.ts';
import type { Actor } from '#lib/domain/policy.ts';
import { sheetHeadings } from '#lib/domain/sheet.ts';
import { defaultRules, type StepKind } from '#lib/domain/step.ts';
import type { CommandAck, CommandInput, CommandName } from '#lib/protocol/commands.ts';
import type { Database } from '#server/db/client.ts';
import { GroupCommit } from '#server/db/group-commit.ts';
import { AnsweredCommands } from '#server/live/answered-commands.ts';
import type { CommandHandler } from '#server/live/command-handler.ts';
import { CommandQueue } from '#server/live/command-queue.ts';
import { loadWorkshopState } from '#server/live/state-queries.ts';
import { createLogger } from '#server/logger.ts';
import { createTextDocument } from '#server/sync/text-document-service.ts';

/** A workshop in the database: two tables with challenges and sheets, a facilitator, a step for each kind that matters. */
export type SeededWorkshop = {
	readonly workshopId: WorkshopId;
	readonly editionId: EditionId;
	readonly editionSlug: string;
	readonly programmeId: string;
	readonly accountId: AccountId;
	readonly code: string;
	readonly tables: readonly [SeededTable, SeededTable];
	readonly plenaryBoardId: string;
	readonly steps: Readonly<Record<'collect' | 'vote', StepId>>;
};

export type SeededTable = {
	readonly id: TableId;
	readonly boardId: string;
	readonly sheetId: string;
	readonly name: string;
};

export async function seedWorkshop(
	sql: Database,
	options: { step?: 'collect' | 'vote' } = {},
): Promise<SeededWorkshop> {
	const key = randomUUID().slice(0, 8);
	const editionSlug = `west-${key}`;
	const code = String(Math.floor(Math.random() * 90_000_000) + 10_000_000);
	const accountId = await idOf(sql`
		insert into account (email, name) values (${`${key}@example.org`}, 'Claire Facilitator') returning id`);
	const programmeId = await idOf(sql`
		insert into programme (slug, name) values (${`boost-${key}`}, ${sql.json({ en: 'Boost Lokal' })}) returning id`);
	await sql`
		insert into programme_member (programme_id, account_id, role) values (${programmeId}, ${accountId}, 'facilitator')`;
	const editionId = await idOf(sql`
		insert into edition (programme_id, slug, title)
		values (${programmeId}, ${editionSlug}, ${sql.json({ en: 'Region West', de: 'Region Westen' })}) returning id`);
	const workshopId = await idOf(sql`
		insert into workshop (edition_id, code, title, phase, personal_data_until)
		values (${editionId}, ${code}, ${sql.json({ en: 'An evening in Mamer', de: 'Ein Abend in Mamer' })}, 'live', '2099-12-31')
		returning id`);
	const collect = await seedStep(sql, workshopId, 1, 'collect');
	const vote = await seedStep(sql, workshopId, 2, 'vote');
	await sql`
		update workshop set current_step_id = ${options.step === 'collect' ? collect : vote}, step_started_at = now()
		where id = ${workshopId}`;
	const plenaryBoardId = await idOf(sql`insert into board (workshop_id) values (${workshopId}) returning id`);
	const tables = [
		await seedTable(sql, editionId, workshopId, 1),
		await seedTable(sql, editionId, workshopId, 2),
	] as const;
	return {
		workshopId: workshopId as WorkshopId,
		editionId: editionId as EditionId,
		editionSlug,
		programmeId,
		accountId: accountId as AccountId,
		code,
		tables,
		plenaryBoardId,
		steps: { collect: collect as StepId, vote: vote as StepId },
	};
}

async function seedStep(sql: Database, workshopId: string, position: number, kind: StepKind): Promise<string> {
	return idOf(sql`
		insert into step (workshop_id, position, kind, title, prompt, duration_ms, rules)
		values (${workshopId}, ${position}, ${kind}, ${sql.json({ en: kind })}, ${sql.json({ en: `What about ${kind}?` })},
			600000, ${sql.json(defaultRules(kind))})
		returning id`);
}

async function seedTable(sql: Database, editionId: string, workshopId: string, position: number): Promise<SeededTable> {
	const name = `Table ${String(position)}`;
	const question = { en: `How can we improve place ${String(position)}?` };
	const challengeId = await idOf(sql`
		insert into challenge (edition_id, question, position) values (${editionId}, ${sql.json(question)}, ${position})
		returning id`);
	const id = await idOf(sql`
		insert into workshop_table (workshop_id, position, name, challenge_id)
		values (${workshopId}, ${position}, ${name}, ${challengeId}) returning id`);
	const boardId = await idOf(sql`insert into board (workshop_id, table_id) values (${workshopId}, ${id}) returning id`);
	const sheetId = await createTextDocument(sql, {
		workshopId,
		tableId: id,
		projectId: null,
		headings: sheetHeadings,
		text: { dream: `A dream of table ${String(position)}` },
	});
	return { id: id as TableId, boardId, sheetId, name };
}

export async function seedParticipants(
	sql: Database,
	workshopId: string,
	count: number,
	tableId: TableId | null = null,
): Promise<ParticipantId[]> {
	const rows = await sql<{ id: ParticipantId }[]>`
		insert into participant (workshop_id, nickname, language, table_id)
		select ${workshopId}, 'Person ' || number, 'de', ${tableId} from generate_series(1, ${count}::integer) as number
		returning id`;
	return rows.map((row) => row.id);
}

export async function seedIdea(
	sql: Database,
	idea: { boardId: string; text: string; state?: string; groupId?: string; participantId?: string },
): Promise<IdeaId> {
	const id = await idOf(sql`
		insert into idea (board_id, text, state, shows_name, sort_order, colour, group_id, participant_id, published_at)
		values (${idea.boardId}, ${idea.text}, ${idea.state ?? 'published'}, true, 1, 'sun', ${idea.groupId ?? null},
			${idea.participantId ?? null}, now())
		returning id`);
	return id as IdeaId;
}

export async function seedGroup(sql: Database, boardId: string, title: string): Promise<string> {
	return idOf(sql`
		insert into idea_group (board_id, title, sort_order, colour) values (${boardId}, ${title}, 1, 'sky') returning id`);
}

async function idOf(query: PromiseLike<readonly unknown[]>): Promise<string> {
	const [row] = (await query) as readonly { id: string }[];
	if (row === undefined) throw new Error('The row was not made');
	return row.id;
}

export function facilitatorOf({ accountId, workshopId }: SeededWorkshop): Actor {
	return { kind: 'facilitator', id: accountId, workshopId, leads: true };
}

type SomeHandlers = { readonly [Name in CommandName]?: CommandHandler<Name> };

export type RunningWorkshop = {
	readonly queue: CommandQueue;
	run<Name extends CommandName>(actor: Actor, name: Name, payload: CommandInput<Name>): Promise<CommandAck>;
	as(participantId: ParticipantId): Actor;
	/** Takes over rows that the test changed behind the pipeline's back. */
	reload(): Promise<void>;
};

/** The command pipeline of a seeded workshop, with the handlers that a test is about. */
export async function runWorkshop(
	database: Database,
	workshopId: WorkshopId,
	handlers: SomeHandlers,
): Promise<RunningWorkshop> {
	const state = await loadWorkshopState(database, workshopId);
	if (state === undefined) throw new Error('The workshop is not there');
	const queue = new CommandQueue(state, {
		workshopId,
		database,
		commits: new GroupCommit({ database, logger: createLogger('silent') }),
		answered: await AnsweredCommands.read(database, workshopId),
		// Only the given commands are sent.
		handlers: handlers as { readonly [Name in CommandName]: CommandHandler<Name> },
		clock: { now: () => new Date() },
		logger: createLogger('silent'),
		newId: randomUUID,
		paceMs: () => 0,
		committed: () => undefined,
		reloaded: () => undefined,
	});
	return {
		queue,
		run: (actor, name, payload) =>
			queue.run(
				{ id: actor.id, actor: () => actor },
				{ id: randomUUID() as Parameters<CommandQueue['run']>[1]['id'], name, payload },
			),
		as(participantId) {
			const participant = queue.state.participants.get(participantId);
			if (participant === undefined) throw new Error('The participant is not in this workshop');
			const { tableId, blockedAt } = participant;
			return { kind: 'participant', id: participantId, workshopId, tableId, blocked: blockedAt !== null };
		},
		async reload() {
			await queue.exclusively(() => Promise.resolve());
			await queue.read(() => undefined);
		},
	};
}
