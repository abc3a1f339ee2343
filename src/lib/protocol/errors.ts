import * as z from 'zod';

/**
 * The one table of refusals: a stable code, the HTTP status it travels with, and what the person can do next.
 * The sentence a citizen reads stands in the catalogues under `errors:<code>`, in every language.
 *
 * `next` says what the interface offers: `fix` (what was typed stays, change it), `retry` (it will be sent again or can be),
 * `rejoin` (join or sign in again), `wait` (nothing to do but wait), `leave` (this place is not for you).
 */
const table = {
	'text.empty': { status: 400, next: 'fix' },
	'text.tooLong': { status: 400, next: 'fix' },
	'text.malformed': { status: 400, next: 'fix' },
	'request.invalid': { status: 400, next: 'fix' },
	'request.tooLarge': { status: 413, next: 'fix' },
	'request.tooMany': { status: 429, next: 'wait' },
	'request.origin': { status: 403, next: 'leave' },
	'protocol.version': { status: 400, next: 'retry' },
	'protocol.invalid': { status: 400, next: 'retry' },
	'command.invalid': { status: 400, next: 'fix' },
	'command.unknown': { status: 400, next: 'retry' },
	'command.reused': { status: 409, next: 'retry' },
	'command.busy': { status: 503, next: 'retry' },
	'connection.lost': { status: 503, next: 'retry' },
	'access.denied': { status: 403, next: 'leave' },
	'access.blocked': { status: 403, next: 'leave' },
	'access.otherTable': { status: 403, next: 'leave' },
	'session.missing': { status: 401, next: 'rejoin' },
	'session.expired': { status: 401, next: 'rejoin' },
	'signIn.failed': { status: 401, next: 'fix' },
	'signIn.linkInvalid': { status: 400, next: 'rejoin' },
	'account.emailTaken': { status: 409, next: 'fix' },
	'account.passwordWeak': { status: 400, next: 'fix' },
	'account.emailInvalid': { status: 400, next: 'fix' },
	'account.lastLead': { status: 409, next: 'fix' },
	'join.codeUnknown': { status: 404, next: 'fix' },
	'join.doorClosed': { status: 403, next: 'wait' },
	'join.workshopEnded': { status: 410, next: 'leave' },
	'table.full': { status: 409, next: 'fix' },
	'table.unknown': { status: 404, next: 'fix' },
	'table.tooMany': { status: 409, next: 'fix' },
	'challenge.unknown': { status: 404, next: 'fix' },
	'pairing.codeUnknown': { status: 404, next: 'fix' },
	'pairing.expired': { status: 410, next: 'retry' },
	'step.notNow': { status: 409, next: 'wait' },
	'step.otherBoard': { status: 409, next: 'fix' },
	'step.unknown': { status: 404, next: 'fix' },
	'step.running': { status: 409, next: 'fix' },
	'step.tooMany': { status: 409, next: 'fix' },
	'template.unknown': { status: 404, next: 'fix' },
	'template.nameTaken': { status: 409, next: 'fix' },
	'template.tooMany': { status: 409, next: 'fix' },
	'agenda.fileUnreadable': { status: 400, next: 'fix' },
	'agenda.fileInvalid': { status: 400, next: 'fix' },
	'agenda.fileNewer': { status: 400, next: 'fix' },
	'workshop.unknown': { status: 404, next: 'leave' },
	'workshop.frozen': { status: 409, next: 'wait' },
	'workshop.notLead': { status: 403, next: 'fix' },
	'workshop.notPreparing': { status: 409, next: 'fix' },
	'idea.unknown': { status: 404, next: 'fix' },
	'idea.tooMany': { status: 409, next: 'wait' },
	'idea.alreadyMerged': { status: 409, next: 'fix' },
	'idea.claimed': { status: 409, next: 'wait' },
	'idea.keyMissing': { status: 400, next: 'retry' },
	'idea.notPublished': { status: 409, next: 'fix' },
	'group.unknown': { status: 404, next: 'fix' },
	'board.unknown': { status: 404, next: 'leave' },
	'board.full': { status: 409, next: 'wait' },
	'board.readOnly': { status: 403, next: 'leave' },
	'timer.notRunning': { status: 409, next: 'fix' },
	'vote.unknown': { status: 404, next: 'leave' },
	'vote.closed': { status: 409, next: 'leave' },
	'vote.stillOpen': { status: 409, next: 'wait' },
	'vote.overBudget': { status: 400, next: 'fix' },
	'vote.tooManyOnOne': { status: 400, next: 'fix' },
	'vote.unknownOption': { status: 400, next: 'fix' },
	'vote.noOptions': { status: 400, next: 'fix' },
	'vote.ruleInvalid': { status: 400, next: 'fix' },
	'vote.keyLost': { status: 409, next: 'leave' },
	'project.unknown': { status: 404, next: 'leave' },
	'project.noIdeas': { status: 400, next: 'fix' },
	'project.consentMissing': { status: 400, next: 'fix' },
	'project.emailInvalid': { status: 400, next: 'fix' },
	'project.signUpClosed': { status: 410, next: 'leave' },
	'project.linkInvalid': { status: 404, next: 'fix' },
	'seat.codeUnknown': { status: 404, next: 'fix' },
	'seat.unknown': { status: 404, next: 'fix' },
	'seat.revoked': { status: 410, next: 'leave' },
	'seat.alreadyIn': { status: 409, next: 'leave' },
	'seat.tooMany': { status: 409, next: 'fix' },
	'snapshot.unknown': { status: 404, next: 'fix' },
	'snapshot.damaged': { status: 409, next: 'fix' },
	'account.unknown': { status: 404, next: 'fix' },
	'participant.unknown': { status: 404, next: 'fix' },
	'device.unknown': { status: 404, next: 'fix' },
	'document.unknown': { status: 404, next: 'leave' },
	'text.refused': { status: 409, next: 'fix' },
	'rehearsal.peopleJoined': { status: 409, next: 'fix' },
	'rehearsal.running': { status: 409, next: 'wait' },
	'rehearsal.tooMany': { status: 409, next: 'fix' },
	'import.fileMissing': { status: 400, next: 'fix' },
	'import.columnMissing': { status: 400, next: 'fix' },
	'import.fileUnreadable': { status: 400, next: 'fix' },
	'page.unknown': { status: 404, next: 'leave' },
	'database.away': { status: 503, next: 'wait' },
	'server.failed': { status: 500, next: 'retry' },
} as const satisfies Record<string, { status: number; next: ErrorNext }>;

export type ErrorNext = 'fix' | 'retry' | 'rejoin' | 'wait' | 'leave';
export type ErrorCode = keyof typeof table;

export const errorCodes = Object.keys(table) as [ErrorCode, ...ErrorCode[]];

/** Values for the sentence's placeholders (`{{max}}`), and nothing that was typed. */
export const errorParams = z.record(z.string(), z.union([z.string(), z.number()]));
export type ErrorParams = z.infer<typeof errorParams>;

/** A refusal as it travels, in REST bodies as `{ error }` and in acknowledgements alike. */
export const wireError = z.object({ code: z.enum(errorCodes), params: errorParams.optional() });
export type WireError = z.infer<typeof wireError>;

export function statusOf(code: ErrorCode): number {
	return table[code].status;
}

export function nextOf(code: ErrorCode): ErrorNext {
	return table[code].next;
}

export function isErrorCode(value: unknown): value is ErrorCode {
	return typeof value === 'string' && Object.hasOwn(table, value);
}

/** A refusal inside the program. Anything else that is thrown is a fault and leaves as `server.failed`. */
export class AppError extends Error {
	readonly code: ErrorCode;
	readonly params: ErrorParams | undefined;

	constructor(code: ErrorCode, params?: ErrorParams, options?: ErrorOptions) {
		super(code, options);
		this.name = 'AppError';
		this.code = code;
		this.params = params;
	}

	toWire(): WireError {
		return this.params === undefined ? { code: this.code } : { code: this.code, params: this.params };
	}
}
