import type { Floor } from '#lib/domain/floor.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireFacilitator, requireIdea, requireLead } from '#server/live/require.ts';

type FloorCommandName = 'announcement.make' | 'announcement.clear' | 'spotlight.set' | 'gathering.call';

/** What has the room's attention: a word to all, one idea in the light, a call to come to the current step. */
export const floorCommands: CommandHandlers<FloorCommandName> = {
	'announcement.make'({ text }, context) {
		requireLead(context);
		return {
			changes: [
				put(context, { announcement: { text, at: context.now } }),
				logged('announcement.make', { inverse: { name: 'announcement.clear', payload: {} } }),
			],
		};
	},

	'announcement.clear'(_, context) {
		requireLead(context);
		return { changes: [put(context, { announcement: null }), logged('announcement.clear')] };
	},

	/** Whoever puts an idea in the light shows it to the room, also one that only its table saw. */
	'spotlight.set'({ ideaId }, context) {
		requireFacilitator(context);
		const { state } = context;
		const before = state.workshop.floor.spotlight;
		const changes: Change[] = [put(context, { spotlight: ideaId })];
		if (ideaId !== null) {
			const idea = requireIdea(state, ideaId);
			if (idea.state !== 'published') throw new AppError('idea.notPublished');
			const row = { ...idea, reach: 'room', shownAt: idea.shownAt ?? context.now } as const;
			changes.push({ type: 'put', entity: 'idea', row });
		}
		const back = { name: 'spotlight.set', payload: { ideaId: before } } as const;
		return { changes: [...changes, logged('spotlight.set', { subjectId: ideaId, inverse: back })] };
	},

	'gathering.call'(_, context) {
		requireLead(context);
		return { changes: [put(context, { gatheredAt: context.now }), logged('gathering.call')] };
	},
};

function put({ state }: CommandContext, change: Partial<Floor>): Change {
	const { workshop } = state;
	return { type: 'put', entity: 'workshop', row: { ...workshop, floor: { ...workshop.floor, ...change } } };
}
