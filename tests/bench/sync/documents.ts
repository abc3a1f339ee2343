import { randomUUID } from 'node:crypto';

import type { Database } from '#server/db/client.ts';

import type { BoardSize } from './board-writers.ts';
import type { ServerName } from './dialects.ts';
import type { DocumentPlan } from './load.ts';
import type { DocumentKind } from './replica.ts';
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

/** A document whose server may not listen yet. */
type UnplacedDocument = Omit<DocumentPlan, 'port'>;

/** Documents with what stands in them from the start, for any of the servers. */
export async function planDocuments(
	server: ServerName,
	{ kind, documents, peopleEach, board = usualBoard }: DocumentsWanted,
	database: Database,
): Promise<UnplacedDocument[]> {
	if (server !== 'ours') {
		const content = kind === 'text' ? { text: usualText } : { board };
		return Array.from({ length: documents }, () => ({
			...{ server, kind, content },
			documentId: randomUUID(),
			cookies: [],
		}));
	}
	const { tables, code } = await seedBenchWorkshop(database, { tables: documents, peopleEach });
	const plans = tables.map(async ({ boardId, sheetId, cookies }): Promise<UnplacedDocument> => {
		const about = { server, kind, cookies };
		if (kind === 'text') return { ...about, documentId: sheetId, content: { text: usualText } };
		const groups = await seedBoard(database, boardId, board);
		return { ...about, documentId: boardId, content: { code, groups } };
	});
	return Promise.all(plans);
}
