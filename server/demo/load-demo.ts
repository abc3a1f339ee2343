import { fileURLToPath } from 'node:url';

import { coCreationTemplate } from '#lib/domain/templates/co-creation-template.ts';
import type { EditionId, WorkshopId } from '#lib/domain/ids.ts';
import type { Clock } from '#server/clock.ts';
import type { Database, Sql } from '#server/db/client.ts';
import { conversationKey, heldBackReason } from '#server/imports/import-cli.ts';
import { openPolisExport } from '#server/imports/polis-export.ts';
import { importPolis } from '#server/imports/polis-import-service.ts';
import { addEdition, addRegion } from '#server/programmes/programme-setup-service.ts';
import {
	addChallenge,
	addTable,
	addWorkshop,
	findWorkshopBySource,
	goLive,
	joinCodeOf,
} from '#server/workshops/workshop-setup-service.ts';

import * as texts from './demo-texts.ts';
import { mamerChallenges } from './mamer-challenges.ts';
import { readRegionFile } from './region-file.ts';

export type Demo = {
	/** Of the evening in Mamer: whoever types it is in. */
	readonly joinCode: string;
	/** Of the Klimarat conversation. */
	readonly conversationCode: string;
};

const dataFolder = new URL('data/', import.meta.url);
/** The day of the evening in Mamer, and the last day of the Klimarat conversation. */
const mamerCode = '20240606';
const klimaratCode = '20220508';
const mamerSource = 'demo:mamer';
const seatsAtATable = 12;
const minuteMs = 60_000;

/**
 * Loads two evenings on real data: the seven tables of Mamer, open to whoever joins, and the Klimarat conversation with its
 * contributions and votes. One transaction; what is there already stays as it is, so loading again changes nothing.
 */
export async function loadDemo(database: Database, clock: Clock): Promise<Demo> {
	return database.begin(async (sql) => {
		const editionId = await loadEdition(sql);
		const now = clock.now();
		const mamer = (await findWorkshopBySource(sql, mamerSource)) ?? (await buildMamerEvening(sql, editionId, now));
		const klimarat = await loadKlimarat(sql, editionId, now);
		return { joinCode: await joinCodeOf(sql, mamer), conversationCode: await joinCodeOf(sql, klimarat) };
	});
}

async function loadEdition(sql: Sql): Promise<EditionId> {
	const { region, population, communes } = await readRegionFile(new URL('region-west.json', dataFolder));
	const regionId = await addRegion(
		sql,
		{
			...region,
			population: population.total,
			populationAsOf: population.asOf,
			source: texts.regionSource,
		},
		communes.map(({ centre, ...commune }) => ({ ...commune, centre: { latitude: centre.lat, longitude: centre.lon } })),
	);
	return addEdition(sql, {
		programme: { slug: 'boost-lokal', name: texts.programmeName },
		regionId,
		slug: 'region-west',
		title: region.name,
		description: texts.editionDescription,
		defaultLanguage: 'lb',
	});
}

async function buildMamerEvening(sql: Sql, editionId: EditionId, now: Date): Promise<WorkshopId> {
	const workshopId = await addWorkshop(
		sql,
		{
			editionId,
			title: texts.mamerTitle,
			steps: coCreationTemplate.steps,
			startsAt: new Date(Math.floor(now.getTime() / minuteMs) * minuteMs),
			place: 'Mamer',
			attribution: texts.mamerAttribution,
			sourceKey: mamerSource,
			wishedCode: mamerCode,
		},
		now,
	);
	for (const [index, { key, question }] of mamerChallenges.entries()) {
		const challengeId = await addChallenge(sql, editionId, question, `${mamerSource}:${key}`);
		await addTable(sql, workshopId, {
			name: `Dësch ${index + 1}`,
			challengeId,
			capacity: seatsAtATable,
			atHome: false,
		});
	}
	await goLive(sql, workshopId, now);
	return workshopId;
}

async function loadKlimarat(sql: Sql, editionId: EditionId, now: Date): Promise<WorkshopId> {
	const source = await openPolisExport(fileURLToPath(new URL('klimarat-production/', dataFolder)));
	const sourceKey = conversationKey(source);
	const found = await findWorkshopBySource(sql, sourceKey);
	if (found !== undefined) return found;
	const steps = coCreationTemplate.steps.filter(({ kind }) => ['group', 'vote', 'results', 'closing'].includes(kind));
	const draft = { editionId, steps, sourceKey, title: texts.klimaratTitle, attribution: texts.klimaratAttribution };
	const workshopId = await addWorkshop(sql, { ...draft, wishedCode: klimaratCode }, now);
	await importPolis(sql, { export: source, workshopId, language: 'de', hideReason: heldBackReason });
	await goLive(sql, workshopId, now);
	return workshopId;
}
