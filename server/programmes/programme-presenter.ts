import type { EditionsOfAccount, PublicEdition, RegionOfEdition } from '#lib/protocol/programmes.ts';
import type { WorkshopSummary } from '#lib/protocol/workshops.ts';
import type { WorkshopSummaryRow } from '#server/workshops/workshop-list-service.ts';

import type { CommuneRow, EditionRow, RegionRow } from './programme-queries.ts';

export function presentEditions(
	editions: readonly EditionRow[],
	workshops: readonly WorkshopSummaryRow[],
): EditionsOfAccount {
	return {
		editions: editions.map(({ id, slug, title, programmeId, programmeName }) => ({
			...{ id, slug, title },
			programme: { id: programmeId, name: programmeName },
			workshops: workshops.filter(({ editionId }) => editionId === id).map(presentSummary),
		})),
	};
}

/** The public hears of a workshop once it has a date, or has begun. */
function isAnnounced({ phase, startsAt }: WorkshopSummaryRow): boolean {
	return phase !== 'preparing' || startsAt !== null;
}

export function presentPublicEdition(
	{ slug, title, description, defaultLanguage, programmeName }: EditionRow,
	region: RegionOfEdition | null,
	workshops: readonly WorkshopSummaryRow[],
): PublicEdition {
	return {
		...{ slug, title, description, defaultLanguage, programmeName, region },
		workshops: workshops.filter(isAnnounced).map((workshop) => {
			const { id: _id, code: _code, ...rest } = presentSummary(workshop);
			return rest;
		}),
	};
}

export function presentRegion(region: RegionRow, communes: readonly CommuneRow[]): RegionOfEdition {
	return {
		...region,
		communes: communes.map(({ tileColumn, tileRow, ...commune }) => ({ ...commune, column: tileColumn, row: tileRow })),
	};
}

function presentSummary({ editionId: _, startsAt, ...summary }: WorkshopSummaryRow): WorkshopSummary {
	return { ...summary, startsAt: startsAt?.toISOString() ?? null };
}
