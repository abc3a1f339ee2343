import { isDeepStrictEqual } from 'node:util';

import { vi } from 'vitest';

import type { BoardContent } from '#lib/protocol/board-document.ts';
import type { Database } from '#server/db/client.ts';
import { readTextDocument } from '#server/sync/text-document-service.ts';

import { BoardReader } from '../helpers/guest.ts';
import type { Load } from './load.ts';
import { scribedHeading } from './scribe.ts';

const patience = { timeout: 30_000, interval: 25 };

/** Compares rows and documents when everything is at rest, in words; empty if they agree. */
export async function replicaFaults(sql: Database, load: Load): Promise<string[]> {
	return [...(await boardFaults(sql, load)), ...(await textFaults(sql, load))];
}

/** What somebody sees who opens the board now, against its rows. */
async function boardFaults(sql: Database, { server, evening }: Load): Promise<string[]> {
	const { boardId } = evening.seeded.tables[0];
	const reader = new BoardReader(server.origin, evening.people[0]?.cookie ?? '', boardId);
	try {
		await vi.waitFor(() => {
			if (!reader.synced) throw new Error('The board does not come');
		}, patience);
		const rows = await boardInRows(sql, boardId);
		const shown = { ideas: reader.content.ideas.map(placed), groups: reader.content.groups.map(placed) };
		return isDeepStrictEqual(shown, rows)
			? []
			: [`the board shows ${JSON.stringify(shown)} instead of ${JSON.stringify(rows)}`];
	} finally {
		reader.close();
	}
}

type Placed = { readonly id: string; readonly words: string; readonly order: number; readonly groupId: string | null };

function placed(entry: BoardContent['ideas'][number] | BoardContent['groups'][number]): Placed {
	return 'text' in entry
		? { id: entry.id, words: entry.text, order: entry.order, groupId: entry.groupId }
		: { id: entry.id, words: entry.title, order: entry.order, groupId: null };
}

async function boardInRows(sql: Database, boardId: string): Promise<{ ideas: Placed[]; groups: Placed[] }> {
	const ideas = await sql<Placed[]>`
		select id, text as words, sort_order as "order", group_id as "groupId"
		from idea where board_id = ${boardId} and state = 'published'`;
	const groups = await sql<Placed[]>`
		select id, title as words, sort_order as "order", null as "groupId"
		from idea_group where board_id = ${boardId} and deleted_at is null`;
	const inPlace = (rows: readonly Placed[]) =>
		rows.map((row) => ({ ...row })).sort((left, right) => left.order - right.order || (left.id < right.id ? -1 : 1));
	return { ideas: inPlace(ideas), groups: inPlace(groups) };
}

/** Every writer's screen shows what is stored, in the instance that it began with, and nothing was handed back as a draft. */
async function textFaults(sql: Database, { evening, scribes }: Load): Promise<string[]> {
	const stored = (await readTextDocument(sql, evening.seeded.tables[0].sheetId))[scribedHeading];
	await vi
		.waitFor(() => {
			if (scribes.some(({ shown }) => shown !== stored)) throw new Error('Not everybody shows the same');
		}, patience)
		.catch(() => undefined);
	return scribes.flatMap(({ name, shown, text }) => [
		...(shown === stored ? [] : [`${name} shows ${String(shown)} instead of ${String(stored)}`]),
		...(text.instance?.number === 1 ? [] : [`${name} had to begin anew`]),
		...(Object.keys(text.drafts).length === 0 ? [] : [`${name} got ${JSON.stringify(text.drafts)} back`]),
	]);
}
