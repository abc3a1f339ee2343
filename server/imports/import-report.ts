/** What became of the rows of one file. `read` is the sum of the other three. */
export type RowCounts = {
	read: number;
	imported: number;
	alreadyThere: number;
	refused: number;
};

/** A row that was left out. Lines count from 1, the header included. */
export type RefusedRow = {
	readonly file: string;
	readonly line: number;
	readonly reason: RefusalReason;
	/** The column that is wrong, if it is one. */
	readonly column?: string;
};

export type RefusalReason =
	| 'quotesBroken'
	| 'columnCount'
	| 'valueInvalid'
	| 'textEmpty'
	| 'textTooLong'
	| 'textMalformed'
	| 'commentUnknown'
	| 'commentRepeated'
	| 'participantRepeated'
	| 'boardFull';

/** The first so many refused rows are listed; the rest is counted. */
export const maxListedRefusals = 200;

export type ImportReport = {
	readonly workshopCode: string;
	/** What the conversation is about, if the export says so. */
	readonly topic: string | null;
	readonly comments: RowCounts & {
		/** Of the rows read and not refused, as the moderators left them. */
		published: number;
		heldBack: number;
		waiting: number;
	};
	readonly votes: RowCounts & {
		/** Distinct voters, and distinct pairs of voter and contribution, in the database after the import. */
		voters: number;
		pairs: number;
	};
	readonly participants: RowCounts & {
		/** People in each published opinion group; those in none aren't in it. */
		groups: Record<string, number>;
	};
	readonly refusals: RefusedRow[];
};

export function emptyCounts(): RowCounts {
	return { read: 0, imported: 0, alreadyThere: 0, refused: 0 };
}

/** Counts a row as refused, and lists it while there is room. */
export function refuse(report: ImportReport, counts: RowCounts, refusal: RefusedRow): void {
	counts.refused += 1;
	if (report.refusals.length < maxListedRefusals) report.refusals.push(refusal);
}

export function refusedInAll(report: ImportReport): number {
	return report.comments.refused + report.votes.refused + report.participants.refused;
}
