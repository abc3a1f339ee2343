import * as z from 'zod';

import { dotBallot, dotRule, maxOptions } from '#lib/domain/dot-vote.ts';
import {
	boardId,
	commandId,
	deviceId,
	groupId,
	ideaId,
	optionId,
	participantId,
	roundId,
	snapshotId,
	stepId,
	tableId,
} from '#lib/domain/ids.ts';
import { groupTitle, ideaText, noteColour, singleLine } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';
import { maxProjectTitleLength } from '#lib/domain/project.ts';
import { maxTimerMs } from '#lib/domain/timer.ts';

import { wireError } from './errors.ts';

/**
 * What a client asks the server to do in a live workshop.
 *
 * A command travels as an envelope `{ id, name, payload }` on the socket event `command` and is answered by exactly one
 * {@link CommandAck}, after the change is in Postgres. The id is made by the client and stays the same when the command is sent
 * again: the server then answers what it answered the first time. A command that is refused changes nothing.
 */
export const commandPayloads = {
	/** A new idea. `boardId` is the author's own board unless given; facilitators must give it. */
	'idea.submit': z.strictObject({
		text: ideaText,
		language: language.optional(),
		boardId: boardId.optional(),
		groupId: groupId.optional(),
	}),
	'idea.edit': z.strictObject({ ideaId, text: ideaText }),
	'idea.withdraw': z.strictObject({ ideaId }),
	/** Takes an idea off its board; the reason is kept, and shown to its author. */
	'idea.hide': z.strictObject({ ideaId, reason: singleLine(200).optional() }),
	/** Puts an idea on its board: out of the inbox, or one that was hidden or withdrawn. */
	'idea.publish': z.strictObject({ ideaId }),
	/** Puts an idea into a group (`null`: into none), before another idea of that group or at its end. */
	'idea.move': z.strictObject({ ideaId, groupId: groupId.nullable(), beforeIdeaId: ideaId.optional() }),
	'idea.recolour': z.strictObject({ ideaId, colour: noteColour }),

	'group.create': z.strictObject({ boardId, title: groupTitle, ideaIds: z.array(ideaId).max(200).default([]) }),
	'group.rename': z.strictObject({ groupId, title: groupTitle }),
	/** Moves a group before another one of its board, or to the end. */
	'group.move': z.strictObject({ groupId, beforeGroupId: groupId.optional() }),
	/** Deletes a group; its ideas stay, in no group. */
	'group.delete': z.strictObject({ groupId }),

	/** Goes to a step, forwards or backwards; the timer is set to the step's duration, paused. */
	'step.go': z.strictObject({ stepId }),
	'timer.start': z.strictObject({ durationMs: z.int().min(1000).max(maxTimerMs) }),
	'timer.add': z.strictObject({ milliseconds: z.int().min(-maxTimerMs).max(maxTimerMs) }),
	'timer.pause': z.strictObject({}),
	'timer.resume': z.strictObject({}),
	'timer.clear': z.strictObject({}),

	/** Opens a dot vote over ideas or groups, whose words are frozen now. `tableId: null` asks the whole room. */
	'vote.open': z.strictObject({
		title: singleLine(160),
		rule: dotRule,
		tableId: tableId.nullable().default(null),
		options: z
			.array(z.union([z.strictObject({ ideaId }), z.strictObject({ groupId })]))
			.min(2)
			.max(maxOptions),
	}),
	/** The whole ballot, replacing the one before; `{}` abstains. */
	'vote.cast': z.strictObject({ roundId, ballot: dotBallot }),
	'vote.close': z.strictObject({ roundId }),
	/** Shows or hides a closed round's result to everybody. */
	'vote.publish': z.strictObject({ roundId, published: z.boolean() }),
	/** What was decided after the vote, in words and apart from the tally. */
	'vote.decide': z.strictObject({
		roundId,
		optionIds: z.array(optionId).max(maxOptions),
		reason: z.string().max(1000).default(''),
	}),

	/** Founds a project out of published ideas (those of a group count too). */
	'project.found': z.strictObject({
		title: singleLine(maxProjectTitleLength),
		summary: z.string().max(1000).default(''),
		tableId: tableId.nullable().default(null),
		ideaIds: z.array(ideaId).max(500).default([]),
		groupIds: z.array(groupId).max(100).default([]),
	}),

	'participant.choose-table': z.strictObject({ tableId: tableId.nullable() }),
	'participant.rename': z.strictObject({ nickname: singleLine(40).nullable() }),
	/** A facilitator moves a person to another table. */
	'participant.move': z.strictObject({ participantId, tableId: tableId.nullable() }),
	'participant.block': z.strictObject({ participantId, reason: singleLine(200).optional() }),
	'participant.unblock': z.strictObject({ participantId }),

	'table.signal': z.strictObject({ tableId, ready: z.boolean().optional(), needsHelp: z.boolean().optional() }),

	'workshop.open-door': z.strictObject({ open: z.boolean() }),
	'workshop.freeze': z.strictObject({ frozen: z.boolean() }),
	/** Ends the evening (`true`) or takes it up again. */
	'workshop.end': z.strictObject({ ended: z.boolean() }),

	'screen.show': z.strictObject({
		deviceId,
		layout: z.enum(['auto', 'join', 'prompt', 'wall', 'results', 'projects', 'blank']),
	}),
	'device.revoke': z.strictObject({ deviceId }),

	'snapshot.take': z.strictObject({ note: singleLine(120).optional() }),
	'snapshot.restore': z.strictObject({ snapshotId }),
} as const;

export type CommandName = keyof typeof commandPayloads;
export const commandNames = Object.keys(commandPayloads) as [CommandName, ...CommandName[]];

/** A payload as the server works with it, after parsing. */
export type CommandPayload<Name extends CommandName> = z.output<(typeof commandPayloads)[Name]>;
/** A payload as a client may write it: defaults left out, ids plain. */
export type CommandInput<Name extends CommandName> = z.input<(typeof commandPayloads)[Name]>;

export const commandEnvelope = z.strictObject({
	id: commandId,
	name: z.enum(commandNames),
	payload: z.unknown(),
});
export type CommandEnvelope = z.infer<typeof commandEnvelope>;

/** What a command answers beyond "done": the ids of what it made. */
export const commandResult = z.object({
	ideaId: ideaId.optional(),
	groupId: groupId.optional(),
	roundId: roundId.optional(),
	snapshotId: snapshotId.optional(),
	projectSlug: z.string().optional(),
});
export type CommandResult = z.infer<typeof commandResult>;

export const commandAck = z.discriminatedUnion('ok', [
	z.object({ ok: z.literal(true), result: commandResult }),
	z.object({ ok: z.literal(false), error: wireError }),
]);
export type CommandAck = z.infer<typeof commandAck>;
