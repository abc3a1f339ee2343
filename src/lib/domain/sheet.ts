import * as z from 'zod';

/** The headings of a project sheet, in their order on the page. Keys are stable; their words come from the catalogues or the edition. */
export const sheetHeadings = [
	'challenge',
	'dream',
	'proposal',
	'audiences',
	'possibleBearers',
	'possiblePartners',
	'resourcesHuman',
	'resourcesMaterial',
	'resourcesFinancial',
	'firstSteps',
	'join',
] as const;
export const sheetHeading = z.enum(sheetHeadings);
export type SheetHeading = z.infer<typeof sheetHeading>;

export const maxSheetTextLength = 20_000;
