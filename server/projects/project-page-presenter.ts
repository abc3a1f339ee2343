import { sheetHeadings } from '#lib/domain/sheet.ts';
import type { OriginGroup, OriginTable, OriginVote, ProjectListItem, ProjectPage } from '#lib/protocol/projects.ts';

import type { EditionRow, OriginRow, ProjectDetailRow, ProjectRow } from './project-page-queries.ts';

export function presentListItem(row: ProjectRow): ProjectListItem {
	const { id: _, foundedAt, colours, ...item } = row;
	return { ...item, foundedAt: foundedAt.toISOString(), colours: [...colours] };
}

export function presentEdition({ slug, title, programmeName }: EditionRow): ProjectPage['edition'] {
	return { slug, title, programmeName };
}

/** @param today a calendar day */
export function presentProject(
	row: ProjectDetailRow,
	edition: EditionRow,
	origins: readonly OriginRow[],
	texts: Readonly<Record<string, string>>,
	today: string,
): ProjectPage {
	const { slug, title, summary, challenge, stage, foundedAt, ideas, tables, people } = row;
	return {
		slug,
		title,
		summary,
		challenge,
		stage,
		foundedAt: foundedAt.toISOString(),
		people,
		edition: presentEdition(edition),
		workshop: row.workshop,
		sheet: presentSheet(texts),
		origins: { ideas, tables, noLongerShown: ideas - origins.length, from: presentOrigins(origins) },
		signUp: { open: isSignUpOpen(row.keptUntil, today), keptUntil: row.keptUntil },
	};
}

/** Addresses are taken only for as long as they may be kept. Both are calendar days. */
export function isSignUpOpen(keptUntil: string | null, today: string): boolean {
	return keptUntil === null || today < keptUntil;
}

function presentSheet(texts: Readonly<Record<string, string>>): ProjectPage['sheet'] {
	return sheetHeadings.flatMap((heading) => {
		const text = texts[heading]?.trim() ?? '';
		return text === '' ? [] : [{ heading, text }];
	});
}

/** Sorts the notes by table and group, both in the order in which they first appear. */
function presentOrigins(origins: readonly OriginRow[]): OriginTable[] {
	return [...Map.groupBy(origins, (origin) => origin.boardId).values()].map((ofTable) => ({
		name: ofTable[0]?.tableName ?? null,
		groups: [...Map.groupBy(ofTable, (origin) => origin.groupTitle)].map(([title, ofGroup]) =>
			presentGroup(title, ofGroup),
		),
	}));
}

function presentGroup(title: string | null, origins: readonly OriginRow[]): OriginGroup {
	const ownVotes = (origin: OriginRow, on: OriginVote['on']) => origin.votes.filter((vote) => vote.on === on);
	return {
		title,
		votes: origins[0] === undefined ? [] : ownVotes(origins[0], 'group'),
		ideas: origins.map((origin) => ({
			text: origin.text,
			language: origin.language,
			colour: origin.colour,
			votes: ownVotes(origin, 'idea'),
		})),
	};
}
