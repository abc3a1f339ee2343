import type { EditionId } from '#lib/domain/ids.ts';
import type { LocalizedText } from '#lib/domain/localized-text.ts';
import type { Sql } from '#server/db/client.ts';

import {
	ensureEdition,
	ensureProgramme,
	findFirstEdition,
	upsertCommune,
	upsertRegion,
	type NewCommune,
	type NewEdition,
	type NewProgramme,
	type NewRegion,
} from './programme-queries.ts';

/** What a programme is made of, in the caller's transaction. Each of these finds what is there already. */

export type EditionDraft = Omit<NewEdition, 'programmeId'> & { readonly programme: NewProgramme };

export async function addEdition(sql: Sql, { programme, ...edition }: EditionDraft): Promise<EditionId> {
	const programmeId = await ensureProgramme(sql, programme);
	return ensureEdition(sql, { ...edition, programmeId });
}

/** Adds a region with its communes, or brings their figures up to date. */
export async function addRegion(sql: Sql, region: NewRegion, communes: readonly NewCommune[]): Promise<string> {
	const regionId = await upsertRegion(sql, region);
	for (const commune of communes) await upsertCommune(sql, regionId, commune);
	return regionId;
}

const firstProgrammeName: LocalizedText = {
	lb: 'Eise Programm',
	fr: 'Notre programme',
	de: 'Unser Programm',
	en: 'Our programme',
	pt: 'O nosso programa',
};

/** The oldest edition; on a database without one, an edition to begin with. */
export async function editionToBeginWith(sql: Sql): Promise<EditionId> {
	const found = await findFirstEdition(sql);
	if (found !== undefined) return found;
	return addEdition(sql, {
		programme: { slug: 'programme', name: firstProgrammeName },
		slug: 'edition',
		title: firstProgrammeName,
		description: {},
		defaultLanguage: 'fr',
		regionId: null,
	});
}
