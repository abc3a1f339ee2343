import { randomUUID } from 'node:crypto';

import type { Database } from '#server/db/client.ts';

import type { BoardSize } from './board-writers.ts';
import type { DocumentPlan } from './load.ts';
import type { DocumentKind } from './replica.ts';
import type { MeasuredServer } from './servers.ts';
import { proseOf } from './words.ts';
import { seedBenchWorkshop, seedBoard } from './workshop.ts';

const usualText = proseOf(10_000);
/** What a full evening leaves on one board. */
const usualBoard: BoardSize = { ideas: 500, groups: 12 };

export type DocumentsWanted = {
	readonly kind: DocumentKind;
	/** How many documents there are; ours are the tables' of one workshop. */
	readonly documents: number;
	/** How many people each may have at most. */
	readonly peopleEach: number;
	readonly board?: BoardSize;
};

/** Documents with what stands in them from the start, at any of the servers. */
export async function planDocuments(
	{ name: server, port }: Pick<MeasuredServer, 'name' | 'port'>,
	{ kind, documents, peopleEach, board = usualBoard }: DocumentsWanted,
	database: Database,
): Promise<DocumentPlan[]> {
	if (server !== 'ours') {
		const content = kind === 'text' ? { text: usualText } : { board };
		return Array.from({ length: documents }, () => ({
			...{ server, port, kind, content },
			documentId: randomUUID(),
			cookies: [],
		}));
	}
	const { tables, code } = await seedBenchWorkshop(database, { tables: documents, peopleEach });
	const plans = tables.map(async ({ boardId, sheetId, cookies }): Promise<DocumentPlan> => {
		const about = { server, port, kind, cookies };
		if (kind === 'text') return { ...about, documentId: sheetId, content: { text: usualText } };
		const groups = await seedBoard(database, boardId, board);
		return { ...about, documentId: boardId, content: { code, groups } };
	});
	return Promise.all(plans);
}
