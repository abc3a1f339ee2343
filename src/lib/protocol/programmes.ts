import * as z from 'zod';

import { editionId, programmeId } from '#lib/domain/ids.ts';
import { language } from '#lib/domain/language.ts';

import { localizedText } from './localized-text.ts';
import { workshopSummary } from './workshops.ts';

/** The editions of the programmes that an account belongs to, newest first, with their workshops. */
export const editionsOfAccount = z.strictObject({
	editions: z.array(
		z.strictObject({
			id: editionId,
			slug: z.string(),
			title: localizedText,
			programme: z.strictObject({ id: programmeId, name: localizedText }),
			workshops: z.array(workshopSummary),
		}),
	),
});
export type EditionsOfAccount = z.infer<typeof editionsOfAccount>;

/** A commune on the region's tile map; neighbouring tiles are neighbouring communes. */
export const communeOnMap = z.strictObject({
	key: z.string(),
	name: localizedText,
	canton: z.string(),
	population: z.int(),
	column: z.int(),
	row: z.int(),
	/** Names of places that belong to it, and of communes it was merged from. */
	aliases: z.array(z.string()),
});
export type CommuneOnMap = z.infer<typeof communeOnMap>;

export const regionOfEdition = z.strictObject({
	name: localizedText,
	population: z.int(),
	populationAsOf: z.iso.date(),
	source: z.string(),
	communes: z.array(communeOnMap),
});
export type RegionOfEdition = z.infer<typeof regionOfEdition>;

/** What the public reads of an edition. Workshops appear once they have a date or have begun, and without a way in. */
export const publicEdition = z.strictObject({
	slug: z.string(),
	title: localizedText,
	description: localizedText,
	defaultLanguage: language,
	programmeName: localizedText,
	region: regionOfEdition.nullable(),
	workshops: z.array(workshopSummary.omit({ id: true, code: true })),
});
export type PublicEdition = z.infer<typeof publicEdition>;
