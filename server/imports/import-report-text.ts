import { refusedInAll, type ImportReport, type RefusalReason, type RowCounts } from './import-report.ts';

const reasons: Readonly<Record<RefusalReason, string>> = {
	quotesBroken: 'the quotes are broken',
	columnCount: 'it has another number of columns than the header',
	valueInvalid: 'the value is not one of those expected',
	textEmpty: 'the text is empty',
	textTooLong: 'the text is too long',
	textMalformed: 'the text is not UTF-8',
	commentUnknown: 'there is no such contribution',
	commentRepeated: 'a contribution with this number came before',
	participantRepeated: 'a participant with this number came before',
	boardFull: 'the board is full',
};

const columns = ['read', 'imported', 'already there', 'refused'] as const;

/** The report as the terminal shows it: a table of the rows, what they come to, and the rows that were refused. */
export function importReportLines(report: ImportReport): string[] {
	const { comments, votes, participants, topic, workshopCode } = report;
	const { groups } = participants;
	const code = `${workshopCode.slice(0, 4)} ${workshopCode.slice(4)}`;
	return [
		`${topic ?? 'The conversation'} is in the workshop with the join code ${code}.`,
		'',
		...table([
			['', ...columns],
			['contributions', ...cells(comments)],
			['votes', ...cells(votes)],
			['participants', ...cells(participants)],
		]),
		'',
		`${number(comments.published)} contributions published, ${number(comments.heldBack)} held back by moderators, ${number(comments.waiting)} waiting for a moderator.`,
		`${number(votes.voters)} people voted, on ${number(votes.pairs)} different pairs of a person and a contribution.`,
		...Object.entries(groups).map(([group, people]) => `Opinion group ${group}: ${number(people)} people.`),
		...refusalLines(report),
	];
}

function refusalLines(report: ImportReport): string[] {
	const refused = refusedInAll(report);
	if (refused === 0) return [];
	const unlisted = refused - report.refusals.length;
	return [
		'',
		'Left out:',
		...report.refusals.map(({ file, line, reason, column }) => {
			return `  ${file}, line ${line}${column === undefined ? '' : `, ${column}`}: ${reasons[reason]}`;
		}),
		...(unlisted > 0 ? [`  … and ${number(unlisted)} more`] : []),
	];
}

function cells({ read, imported, alreadyThere, refused }: RowCounts): string[] {
	return [read, imported, alreadyThere, refused].map(number);
}

function number(value: number): string {
	return value.toLocaleString('en');
}

/** The first column to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
	const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
	return rows.map((row) =>
		row
			.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
			.join('   ')
			.trimEnd(),
	);
}
