/** The evening, moment by moment. A permission to know something holds from the beginning of one to the end of another. */
export const moments = [
	'coming in',
	'collecting',
	'rewording',
	'after the rewording',
	'a commit is held back',
	'the commit goes through',
	'words are held back',
	'the words go through',
	'a commit fails',
	'writing in silence',
	'the reveal',
	'the inbox',
	'clearing the inbox',
	'hidden names',
	'among the table',
	'before the room',
	'without a trace',
	'through every kind of step',
	'on the sheet',
	'striking words out',
	'the pitch',
	'after the pitch',
	'hiding a note',
	'after the hiding',
	'changing tables',
	'after the change of tables',
	'blocking',
	'after the block',
	'leaving',
	'after they left',
	'voting',
	'counting',
	'showing the result',
	'founding',
	'unpublishing',
	'after the unpublishing',
	'restoring',
	'after the restore',
	'the last silence',
	'the end',
	'afterwards',
] as const;
export type Moment = (typeof moments)[number];

/** A part of the evening; open ends reach to its beginning and end. */
export type Span = { readonly from?: Moment | undefined; readonly until?: Moment | undefined };

/** What two spans share; nothing if they don't meet. */
export function overlap(left: Span, right: Span): Span | undefined {
	const from = Math.max(start(left), start(right));
	const until = Math.min(end(left), end(right));
	return from > until ? undefined : { from: moments[from], until: moments[until] };
}

function start({ from }: Span): number {
	return from === undefined ? 0 : moments.indexOf(from);
}

function end({ until }: Span): number {
	return until === undefined ? moments.length - 1 : moments.indexOf(until);
}
