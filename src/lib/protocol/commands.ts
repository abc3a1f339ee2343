import * as z from 'zod';

import { dotBallot, dotRule, maxOptions } from '#lib/domain/dot-vote.ts';
import { defaultPitchMs, maxAnnouncementLength, maxClapsAtOnce } from '#lib/domain/floor.ts';
import {
	accountId,
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
import { groupTitle, ideaKey, ideaReach, ideaText, noteColour, singleLine } from '#lib/domain/idea.ts';
import { language } from '#lib/domain/language.ts';
import { maxProjectTitleLength } from '#lib/domain/project.ts';
import { screenLayout } from '#lib/domain/screen-layout.ts';
import { maxTimerMs, maxTimerTextLength } from '#lib/domain/timer.ts';

import { wireError } from './errors.ts';

const maxAtOnce = 200;
const maxTablesInQueue = 200;
const maxPollOptions = 8;
export const maxDeviceNameLength = 60;

const announcementText = z
	.partialRecord(language, singleLine(maxAnnouncementLength))
	.refine((text) => Object.keys(text).length > 0, { error: 'text.empty' });

/** Without a table it is the room's. */
const ofTimer = { tableId: tableId.optional() };

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
		/** Where names are not recorded, needed: it makes the idea its author's again, and is kept on their device alone. */
		key: ideaKey.optional(),
	}),
	'idea.edit': z.strictObject({ ideaId, text: ideaText, key: ideaKey.optional() }),
	'idea.withdraw': z.strictObject({ ideaId, key: ideaKey.optional() }),
	/** Takes an idea off its board; the reason is kept, and shown to its author. */
	'idea.hide': z.strictObject({ ideaId, reason: singleLine(200).optional() }),
	/** Puts an idea on its board (into a group, if one is named): out of the inbox, or one that was hidden, withdrawn or merged. */
	'idea.publish': z.strictObject({ ideaId, groupId: groupId.optional(), key: ideaKey.optional() }),
	/** Lets an idea stand in another one's words; both stay, and the one names the other. */
	'idea.merge': z.strictObject({ ideaId, intoIdeaId: ideaId }),
	/** Copies published ideas to another board (the plenary's unless given); each copy names where it comes from. */
	'idea.harvest': z.strictObject({ ideaIds: z.array(ideaId).min(1).max(maxAtOnce), boardId: boardId.optional() }),
	/** Takes ideas of the inbox for oneself, so that two moderators don't read the same, or gives them back. */
	'inbox.claim': z.strictObject({ ideaIds: z.array(ideaId).min(1).max(maxAtOnce), claimed: z.boolean() }),
	/** Puts an idea back into the inbox whose publishing, hiding or merging was a mistake. */
	'inbox.return': z.strictObject({ ideaId }),
	/** Puts an idea into a group (`null`: into none), before another idea of that group or at its end. */
	'idea.move': z.strictObject({ ideaId, groupId: groupId.nullable(), beforeIdeaId: ideaId.optional() }),
	'idea.recolour': z.strictObject({ ideaId, colour: noteColour }),

	'group.create': z.strictObject({ boardId, title: groupTitle, ideaIds: z.array(ideaId).max(200).default([]) }),
	'group.rename': z.strictObject({ groupId, title: groupTitle }),
	/** Moves a group before another one of its board, or to the end. */
	'group.move': z.strictObject({ groupId, beforeGroupId: groupId.optional() }),
	/** Deletes a group; its ideas stay, in no group. */
	'group.delete': z.strictObject({ groupId }),

	/**
	 * Goes to a step, forwards or backwards; the timer is set to the step's duration, paused. With a table only this table goes,
	 * where tables have their own pace; without one the whole room does, tables that were elsewhere included.
	 */
	'step.go': z.strictObject({ stepId, tableId: tableId.optional() }),
	/** Shows what people kept to themselves to their tables, or what tables kept among them to the room; of one table, or of all. */
	'step.reveal': z.strictObject({ to: ideaReach, tableId: tableId.optional() }),
	/** Whether tables go through the steps together or each by itself. Going together again brings all to the room's step. */
	'pace.set': z.strictObject({ pace: z.enum(['room', 'tables']) }),
	/** The room's time, or one table's. */
	'timer.start': z.strictObject({
		...ofTimer,
		durationMs: z.int().min(1000).max(maxTimerMs),
		text: singleLine(maxTimerTextLength).optional(),
		sound: z.boolean().optional(),
	}),
	'timer.add': z.strictObject({ ...ofTimer, milliseconds: z.int().min(-maxTimerMs).max(maxTimerMs) }),
	'timer.pause': z.strictObject(ofTimer),
	'timer.resume': z.strictObject(ofTimer),
	'timer.clear': z.strictObject(ofTimer),

	/** A word to everybody, until it is cleared or replaced. */
	'announcement.make': z.strictObject({ text: announcementText }),
	'announcement.clear': z.strictObject({}),
	/** One published idea in the light, on screens and phones. `null` puts it out. */
	'spotlight.set': z.strictObject({ ideaId: ideaId.nullable() }),
	/** Asks everybody to come to the current step; nobody who is writing is interrupted. */
	'gathering.call': z.strictObject({}),

	/** The tables that will pitch, in their order. */
	'pitch.queue': z.strictObject({ tableIds: z.array(tableId).max(maxTablesInQueue) }),
	/** Calls a table to the front, its time running; `null` ends the pitch. */
	'pitch.call': z.strictObject({
		tableId: tableId.nullable(),
		durationMs: z.int().min(1000).max(maxTimerMs).default(defaultPitchMs),
	}),
	'pitch.applaud': z.strictObject({ tableId, claps: z.int().min(1).max(maxClapsAtOnce) }),

	/** Who steers: taken by oneself, handed to somebody of the team, or given up. */
	'lead.take': z.strictObject({}),
	'lead.hand': z.strictObject({ accountId }),
	'lead.release': z.strictObject({}),

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
	/** A quick question to the whole room, one answer each, in whatever step it is. It is a vote like any other. */
	'poll.open': z.strictObject({
		question: singleLine(160),
		options: z.array(singleLine(80)).min(2).max(maxPollOptions),
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
	/** Whether somebody takes part from home. */
	'participant.attend': z.strictObject({ atHome: z.boolean() }),
	'participant.rename': z.strictObject({ nickname: singleLine(40).nullable() }),
	/** A facilitator moves a person to another table. */
	'participant.move': z.strictObject({ participantId, tableId: tableId.nullable() }),
	'participant.block': z.strictObject({ participantId, reason: singleLine(200).optional() }),
	'participant.unblock': z.strictObject({ participantId }),

	'table.signal': z.strictObject({ tableId, ready: z.boolean().optional(), needsHelp: z.boolean().optional() }),
	/** Tells a table that asked for help that somebody of the team is coming, or not after all. */
	'table.answer': z.strictObject({ tableId, coming: z.boolean() }),
	'table.set-host': z.strictObject({ tableId, participantId: participantId.nullable() }),

	'workshop.open-door': z.strictObject({ open: z.boolean() }),
	'workshop.freeze': z.strictObject({ frozen: z.boolean() }),
	/** Ends the evening (`true`) or takes it up again. */
	'workshop.end': z.strictObject({ ended: z.boolean() }),

	/** What a projector shows. `ideaId` names the one idea of the layout `idea` (the one in the light unless given). */
	'screen.show': z.strictObject({ deviceId, layout: screenLayout, ideaId: ideaId.optional() }),
	/** A projector tells which ideas the room has had before its eyes. */
	'screen.showed': z.strictObject({ ideaIds: z.array(ideaId).min(1).max(maxAtOnce) }),
	/** Name and place of a device; for a projector also its languages (none: the reader's) and the table it belongs to. */
	'device.set-up': z.strictObject({
		deviceId,
		name: singleLine(maxDeviceNameLength).optional(),
		place: singleLine(maxDeviceNameLength).nullable().optional(),
		languages: z.array(language).max(2).optional(),
		tableId: tableId.nullable().optional(),
	}),
	/** Carries a table's tablet to another table. */
	'device.move': z.strictObject({ deviceId, tableId }),
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
	/** Copies, in the order of what was copied. */
	ideaIds: z.array(ideaId).optional(),
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
