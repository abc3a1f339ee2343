import type { LogAction } from '#lib/protocol/log.ts';

import type { AuditDetail, Change, Inverse } from './change.ts';

export type LogWords = {
	readonly subjectId?: string | null;
	readonly detail?: AuditDetail;
	readonly inverse?: Inverse | undefined;
};

/** One entry of the log of who did what, with the command that takes it back where there is one. */
export function logged(action: LogAction, { subjectId = null, detail = {}, inverse }: LogWords = {}): Change {
	return { type: 'audit', action, subjectId, detail, ...(inverse === undefined ? {} : { inverse }) };
}
