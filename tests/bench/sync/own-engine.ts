import { percentile } from '../percentile.ts';

import { planDocuments } from './documents.ts';
import type { Plan } from './plan.ts';
import type { DocumentKind } from './replica.ts';
import { startLoad, startServer, type ServerSetting } from './servers.ts';
import { costOf, setStage } from './stage.ts';

/** How many changes a second our server takes, acknowledges after their commit and passes on. */
export type CommitRow = {
	readonly kind: DocumentKind;
	readonly perSecond: number;
	/** Of the server and of Postgres, for each change. */
	readonly microseconds: number;
	readonly postgresMicroseconds: number;
};

const documents = 30;
const peopleEach = 40;
const longBoard = { ideas: 5_000, groups: 40 };
const warmVisits = 7;

/** Thirty tables, where each writer sends the next change as soon as the one before was acknowledged. */
export async function measureCommits(kind: DocumentKind, plan: Plan, setting: ServerSetting): Promise<CommitRow> {
	await using stage = await setStage('ours', { kind, documents, peopleEach }, setting);
	await stage.load.call('grow', { size: peopleEach, replicas: 1 });
	await stage.load.call('employ');
	await stage.load.call('saturate', { milliseconds: plan.saturateMs / 4 });
	const { result, serverMicroseconds, postgresMicroseconds } = await costOf(stage, () =>
		stage.load.call('saturate', { milliseconds: plan.saturateMs }),
	);
	return {
		kind,
		perSecond: result.acknowledged / result.seconds,
		microseconds: serverMicroseconds / result.acknowledged,
		postgresMicroseconds: postgresMicroseconds / result.acknowledged,
	};
}

/** From opening the socket to the last of 5,000 ideas in the replica: the first reader after a start, and later ones. */
export async function measureLongBoard(setting: ServerSetting): Promise<{ coldMs: number; warmMs: number }> {
	await using server = await startServer('ours', setting);
	await using load = startLoad();
	const wanted = { kind: 'board', documents: 1, peopleEach: 1, board: longBoard } as const;
	const [board] = await planDocuments('ours', wanted, setting.database.sql);
	if (board === undefined) throw new Error('There is no board');
	const document = { ...board, port: server.port };
	const openMs = await load.remote.call('visit', { document, times: 1 + warmVisits });
	return { coldMs: openMs[0] ?? Number.NaN, warmMs: percentile(openMs.slice(1), 0.5) };
}
