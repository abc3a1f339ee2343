import * as z from 'zod';

import { commandNames, type CommandInput, type CommandName } from './commands.ts';

/** Who did what in a workshop, the latest first. It never says what somebody voted or who wrote an anonymous idea. */
export const logPageSize = 100;

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
	/** Mostly the name of the command. */
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
