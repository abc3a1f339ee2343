import { showableTally } from '#lib/domain/small-group.ts';
import { sheetHeadings } from '#lib/domain/sheet.ts';
import type { ReportGroup, ReportRound, ReportTable, WorkshopReport } from '#lib/protocol/reports.ts';

import type { IdeaRow, ProjectRow, RoundRow, StepRow, TableRow, WorkshopRow } from './report-queries.ts';

export type ReportRows = {
	readonly workshop: WorkshopRow;
	readonly steps: readonly StepRow[];
	readonly tables: readonly TableRow[];
	readonly ideas: readonly IdeaRow[];
	readonly rounds: readonly RoundRow[];
	readonly projects: readonly ProjectRow[];
	/** By table, the text under each heading. */
	readonly sheets: ReadonlyMap<string, Readonly<Record<string, string>>>;
};

export function presentReport(rows: ReportRows, writtenAt: Date): WorkshopReport {
	const { workshop, tables } = rows;
	const published = rows.ideas.filter((idea) => idea.state === 'published');
	const ofTables = new Set<string>(tables.map((table) => table.boardId));
	return {
		workshop: {
			id: workshop.id,
			code: workshop.code,
			title: workshop.title,
			startsAt: workshop.startsAt?.toISOString() ?? null,
			place: workshop.place,
			attribution: workshop.attribution,
			personalDataUntil: workshop.personalDataUntil,
		},
		edition: { slug: workshop.editionSlug, title: workshop.editionTitle, programmeName: workshop.programmeName },
		writtenAt: writtenAt.toISOString(),
		counts: {
			people: workshop.people,
			tables: tables.length,
			ideas: published.length,
			projects: rows.projects.length,
		},
		agenda: [...rows.steps],
		tables: tables.map((table) => presentTable(table, published, rows.sheets.get(table.id) ?? {})),
		plenary: presentGroups(published.filter((idea) => !ofTables.has(idea.boardId))),
		rounds: rows.rounds.map(presentRound),
		projects: [...rows.projects],
	};
}

function presentTable(
	table: TableRow,
	ideas: readonly IdeaRow[],
	texts: Readonly<Record<string, string>>,
): ReportTable {
	const { id, name, challenge, people, boardId } = table;
	const groups = presentGroups(ideas.filter((idea) => idea.boardId === boardId));
	return { id, name, challenge, people, groups, sheet: presentSheet(texts) };
}

function presentGroups(ideas: readonly IdeaRow[]): ReportGroup[] {
	return [...Map.groupBy(ideas, (idea) => idea.groupTitle)].map(([title, members]) => ({
		title,
		ideas: members.map(({ text, language, colour, by }) => ({ text, language, colour, by })),
	}));
}

export function presentSheet(texts: Readonly<Record<string, string>>): ReportTable['sheet'] {
	return sheetHeadings.flatMap((heading) => {
		const text = texts[heading]?.trim() ?? '';
		return text === '' ? [] : [{ heading, text }];
	});
}

export function presentRound(row: RoundRow): ReportRound {
	const { id, title, tableName, rule, turnout, options, decision } = row;
	const tally = showableTally(row);
	const chosen = new Set(decision?.optionIds);
	return {
		id,
		title,
		tableName,
		dots: rule.dots,
		maxPerOption: rule.maxPerOption,
		turnout,
		options:
			tally === null
				? null
				: options
						.map((option) => ({
							label: option.label,
							dots: tally.dots[option.id] ?? 0,
							voters: tally.voters[option.id] ?? 0,
							decided: chosen.has(option.id),
						}))
						.sort((one, other) => other.dots - one.dots),
		abstentions: tally?.abstentions ?? 0,
		decision:
			decision === null
				? null
				: {
						labels: options.filter((option) => chosen.has(option.id)).map((option) => option.label),
						reason: decision.reason,
					},
	};
}
