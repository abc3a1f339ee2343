import * as z from 'zod';

import { commandNames, type CommandInput, type CommandName } from './commands.ts';

/** Who did what in a workshop, the latest first. It never says what somebody voted or who wrote an anonymous idea. */
export const logPageSize = 100;

/**
 * What may stand in the log: mostly the name of the command. The server writes no other, and each has a sentence in the cockpit's
 * log, so that it never says only that something happened.
 */
export const logActions = [
	'step.go',
	'step.go-table',
	'step.reveal',
	'pace.set',
	'timer.start',
	'timer.add',
	'timer.pause',
	'timer.resume',
	'timer.clear',
	'announcement.make',
	'announcement.clear',
	'spotlight.set',
	'gathering.call',
	'pitch.queue',
	'pitch.call',
	'pitch.end',
	'lead.take',
	'lead.hand',
	'lead.release',
	'idea.hide',
	'idea.publish',
	'idea.merge',
	'idea.harvest',
	'inbox.return',
	'vote.open',
	'vote.close',
	'vote.publish',
	'vote.decide',
	'poll.open',
	'project.found',
	'participant.move',
	'participant.block',
	'participant.unblock',
	'table.answer',
	'table.set-host',
	'seat.issue',
	'seat.revoke',
	'seat.revoke-unused',
	'seat.reissue',
	'screen.show',
	'device.set-up',
	'device.move',
	'device.revoke',
	'snapshot.take',
	'snapshot.restore',
	'workshop.open-door',
	'workshop.freeze',
	'workshop.end',
	'workshop.reopen',
	'workshop.rehearse',
	'workshop.clear-test-data',
	'privacy.deleted',
] as const;
export type LogAction = (typeof logActions)[number];

export const logEntry = z.strictObject({
	id: z.int(),
	/** ISO 8601. */
	at: z.iso.datetime(),
	actor: z.strictObject({
		kind: z.enum(['participant', 'table', 'screen', 'facilitator', 'server']),
		id: z.uuid().nullable(),
		/** Of a facilitator; null for everybody else. */
		name: z.string().nullable(),
	}),
	/** One of {@link logActions}, or what an older or newer version wrote. */
	action: z.string(),
	subjectId: z.uuid().nullable(),
	/** The first words of the idea it was about. */
	words: z.string().nullable(),
	detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
	/** The command that takes it back, if there is one. Whether it still fits, the server decides. */
	inverse: z.strictObject({ name: z.enum(commandNames), payload: z.record(z.string(), z.unknown()) }).nullable(),
});
export type LogEntry = z.infer<typeof logEntry>;

export const logPage = z.strictObject({ entries: z.array(logEntry) });
export type LogPage = z.infer<typeof logPage>;

/** `before` is the id of the last entry one has; `subjectId` asks for what happened to one idea, person, table or device. */
export const logQuery = z.object({
	before: z.coerce.number().int().positive().optional(),
	subjectId: z.uuid().optional(),
});

/** A command of the log as it can be sent. */
export type LoggedCommand = {
	readonly [Name in CommandName]: { name: Name; payload: CommandInput<Name> };
}[CommandName];
