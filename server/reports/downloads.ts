import type { Language } from '#lib/domain/language.ts';
import { pickText } from '#lib/domain/localized-text.ts';
import { sheetHeadings } from '#lib/domain/sheet.ts';
import { translator } from '#lib/i18n/translator.ts';
import type { ReportProject, ReportRound } from '#lib/protocol/reports.ts';

import { csvOf, type CsvColumn } from './csv.ts';
import { presentRound, type ReportRows } from './report-presenter.ts';
import type { IdeaRow, MemberRow, TableRow } from './report-queries.ts';

/** The tables that go with a report, with headings in the reader's language. */

export function ideasCsv({ ideas }: ReportRows, language: Language): string {
	const t = translator(language);
	const columns: CsvColumn<IdeaRow>[] = [
		{ heading: t('report:column.table'), value: (idea) => idea.tableName ?? t('report:wholeRoom') },
		{ heading: t('report:column.group'), value: (idea) => idea.groupTitle ?? '' },
		{ heading: t('report:column.idea'), value: (idea) => idea.text },
		{ heading: t('report:column.language'), value: (idea) => idea.language ?? '' },
		{ heading: t('report:column.state'), value: (idea) => t(`report:state.${idea.state}`) },
		{ heading: t('report:column.by'), value: (idea) => idea.by ?? '' },
		{ heading: t('report:column.agrees'), value: (idea) => idea.agrees ?? '' },
		{ heading: t('report:column.disagrees'), value: (idea) => idea.disagrees ?? '' },
		{ heading: t('report:column.passes'), value: (idea) => idea.passes ?? '' },
	];
	return csvOf(columns, ideas, language);
}

type OptionLine = { readonly round: ReportRound; readonly option: NonNullable<ReportRound['options']>[number] | null };

/** One line an option; a round whose result isn't shown has one line without figures. */
export function votesCsv({ rounds }: ReportRows, language: Language): string {
	const t = translator(language);
	const lines = rounds.map(presentRound).flatMap((round): OptionLine[] => {
		return round.options === null ? [{ round, option: null }] : round.options.map((option) => ({ round, option }));
	});
	const columns: CsvColumn<OptionLine>[] = [
		{ heading: t('report:column.vote'), value: ({ round }) => round.title },
		{ heading: t('report:column.table'), value: ({ round }) => round.tableName ?? t('report:wholeRoom') },
		{ heading: t('report:column.option'), value: ({ option }) => option?.label ?? t('report:votes.withheld') },
		{ heading: t('report:column.dots'), value: ({ option }) => option?.dots ?? '' },
		{ heading: t('report:column.voters'), value: ({ option }) => option?.voters ?? '' },
		{ heading: t('report:column.decided'), value: ({ option }) => (option?.decided === true ? t('common:yes') : '') },
		{ heading: t('report:column.voted'), value: ({ round }) => round.turnout.voted },
		{ heading: t('report:column.eligible'), value: ({ round }) => round.turnout.eligible },
		{
			heading: t('report:column.abstentions'),
			value: ({ round }) => (round.options === null ? '' : round.abstentions),
		},
		{ heading: t('report:column.reason'), value: ({ round }) => round.decision?.reason ?? '' },
	];
	return csvOf(columns, lines, language);
}

/** One line a table, one column a heading. */
export function sheetsCsv({ tables, sheets }: ReportRows, language: Language): string {
	const t = translator(language);
	const columns: CsvColumn<TableRow>[] = [
		{ heading: t('report:column.table'), value: (table) => table.name },
		{ heading: t('report:column.challenge'), value: ({ challenge }) => pickText(challenge ?? {}, language) },
		...sheetHeadings.map((heading) => ({
			heading: t(`sheet:heading.${heading}`),
			value: (table: TableRow) => sheets.get(table.id)?.[heading] ?? '',
		})),
	];
	return csvOf(columns, tables, language);
}

/** @param addressOf where a project's public page stands */
export function projectsCsv(
	{ projects }: ReportRows,
	language: Language,
	addressOf: (project: { readonly slug: string }) => string,
): string {
	const t = translator(language);
	const columns: CsvColumn<ReportProject>[] = [
		{ heading: t('report:column.project'), value: (project) => project.title },
		{ heading: t('report:column.summary'), value: (project) => project.summary },
		{ heading: t('project:stages.label'), value: (project) => t(`project:stages.${project.stage}`) },
		{ heading: t('report:column.ideas'), value: (project) => project.ideas },
		{ heading: t('report:column.tables'), value: (project) => project.tables },
		{ heading: t('project:signUp.join'), value: (project) => project.people.join },
		{ heading: t('project:signUp.help'), value: (project) => project.people.help },
		{ heading: t('project:signUp.follow'), value: (project) => project.people.follow },
		{ heading: t('report:column.page'), value: addressOf },
	];
	return csvOf(columns, projects, language);
}

/** Names and addresses of those who signed up. */
export function membersCsv(members: readonly MemberRow[], language: Language): string {
	const t = translator(language);
	const columns: CsvColumn<MemberRow>[] = [
		{ heading: t('report:column.project'), value: (member) => member.project },
		{ heading: t('project:members.involvement'), value: (member) => t(`project:signUp.${member.involvement}`) },
		{ heading: t('project:members.name'), value: (member) => member.name },
		{ heading: t('project:members.email'), value: (member) => member.email },
		{ heading: t('project:members.message'), value: (member) => member.message },
		{ heading: t('project:members.language'), value: (member) => member.language },
		{ heading: t('project:members.since'), value: (member) => member.since.toISOString().slice(0, 10) },
	];
	return csvOf(columns, members, language);
}
