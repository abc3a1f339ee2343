import { percentile } from '../percentile.ts';

import type { ServerName } from './dialects.ts';
import type { DocumentKind } from './replica.ts';
import type { ServerSetting } from './servers.ts';
import { costOf, setStage } from './stage.ts';

export type Burst = { readonly people: number; readonly overMs: number };

/** A crowd that comes to a document with content. */
export type JoinRow = Burst & {
	readonly kind: DocumentKind;
	readonly server: ServerName;
	/** From opening the socket (for our texts: from asking for a clientID) to the first state. */
	readonly p50Ms: number;
	readonly p95Ms: number;
	readonly failed: number;
	/** CPU of the server and of Postgres, for each who came. */
	readonly microsecondsPerJoin: number;
	readonly postgresPerJoin: number;
};

/** People enough that the paths are compiled; they are gone when the burst comes. */
const rehearsal: Burst = { people: 30, overMs: 500 };

export async function join(
	name: ServerName,
	kind: DocumentKind,
	burst: Burst,
	setting: ServerSetting,
): Promise<JoinRow> {
	await using stage = await setStage(name, { kind, documents: 1, peopleEach: burst.people + 2 }, setting);
	await stage.load.call('burst', rehearsal);
	const { result, serverMicroseconds, postgresMicroseconds } = await costOf(stage, () =>
		stage.load.call('burst', burst),
	);
	return {
		...burst,
		kind,
		server: name,
		p50Ms: percentile(result.openMs, 0.5),
		p95Ms: percentile(result.openMs, 0.95),
		failed: burst.people - result.openMs.length,
		microsecondsPerJoin: serverMicroseconds / burst.people,
		postgresPerJoin: postgresMicroseconds / burst.people,
	};
}
