import { fileURLToPath } from 'node:url';

import { openPolisExport } from '#server/imports/polis-export.ts';
import { importPolis } from '#server/imports/polis-import-service.ts';

import { seedWorkshop } from '../helpers/seeded-workshop.ts';

import { startBenchDatabase } from './bench-database.ts';
import type { Figures } from './run.ts';

const exportFolder = fileURLToPath(new URL('../../server/demo/data/klimarat-production', import.meta.url));

/** The whole Klimarat conversation into an empty workshop, and once more, when all of it is there already. */
export async function measureImport(): Promise<Figures> {
	await using database = await startBenchDatabase();
	const { workshopId } = await seedWorkshop(database.sql);
	const order = { workshopId, language: 'de', hideReason: '' } as const;
	const run = async () => {
		const start = performance.now();
		const report = await database.sql.begin(async (sql) =>
			importPolis(sql, { ...order, export: await openPolisExport(exportFolder) }),
		);
		return { report, seconds: (performance.now() - start) / 1000 };
	};
	const first = await run();
	const again = await run();
	return {
		comments: first.report.comments.imported,
		votes: first.report.votes.imported,
		importSeconds: first.seconds,
		votesPerSecond: first.report.votes.imported / first.seconds,
		importAgainSeconds: again.seconds,
		importedAgain: again.report.comments.imported + again.report.votes.imported,
	};
}
