import type { TableId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireAllowed, requireFacilitator, requireParticipant } from '#server/live/require.ts';
import type { Participant } from '#server/live/workshop-state.ts';

import { hostless, requireSeat } from './seats.ts';

type ParticipantCommandName =
	| 'participant.choose-table'
	| 'participant.attend'
	| 'participant.rename'
	| 'participant.move'
	| 'participant.block'
	| 'participant.unblock';

/** People: where they sit, what they are called, and whether they may take part. */
export const participantCommands: CommandHandlers<ParticipantCommandName> = {
	'participant.choose-table'({ tableId }, context) {
		requireAllowed(context, { name: 'table.choose' });
		return { changes: seat(self(context), tableId, context) };
	},

	'participant.attend'({ atHome }, context) {
		const person = self(context);
		return { changes: person.atHome === atHome ? [] : [put({ ...person, atHome })] };
	},

	'participant.rename'({ nickname }, context) {
		const person = self(context);
		// Notes carry the name of their author: those on a board are shown anew with the new one.
		const notes = [...context.state.ideas.values()].filter(
			(idea) => idea.participantId === person.id && idea.showsName && idea.state === 'published',
		);
		return {
			changes: [put({ ...person, nickname }), ...notes.map((row): Change => ({ type: 'put', entity: 'idea', row }))],
		};
	},

	'participant.move'({ participantId, tableId }, context) {
		requireFacilitator(context);
		const person = requireParticipant(context.state, participantId);
		const changes = seat(person, tableId, context);
		if (changes.length === 0) return { changes };
		const back = { name: 'participant.move', payload: { participantId, tableId: person.tableId } } as const;
		const detail = { from: person.tableId, to: tableId };
		return {
			changes: [...changes, logged('participant.move', { subjectId: participantId, detail, inverse: back })],
		};
	},

	'participant.block'({ participantId, reason }, context) {
		requireFacilitator(context);
		const person = requireParticipant(context.state, participantId);
		return {
			changes: [
				put({ ...person, blockedAt: person.blockedAt ?? context.now, blockReason: reason ?? null }),
				...hostless(context.state, person),
				logged('participant.block', {
					subjectId: participantId,
					detail: { reason: reason ?? null },
					inverse: { name: 'participant.unblock', payload: { participantId } },
				}),
			],
		};
	},

	'participant.unblock'({ participantId }, context) {
		requireFacilitator(context);
		const person = requireParticipant(context.state, participantId);
		return {
			changes: [
				put({ ...person, blockedAt: null, blockReason: null }),
				logged('participant.unblock', { subjectId: participantId }),
			],
		};
	},
};

function self({ actor, state }: CommandContext): Participant {
	if (actor.kind !== 'participant') throw new AppError('access.denied');
	if (actor.blocked) throw new AppError('access.blocked');
	return requireParticipant(state, actor.id);
}

function seat(person: Participant, tableId: TableId | null, { state }: CommandContext): Change[] {
	if (person.tableId === tableId) return [];
	if (tableId !== null) requireSeat(state, tableId);
	return [put({ ...person, tableId }), ...hostless(state, person)];
}

function put(row: Participant): Change {
	return { type: 'put', entity: 'participant', row };
}
