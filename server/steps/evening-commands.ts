import type { Change } from '#server/live/change.ts';
import type { CommandContext, CommandHandlers } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireLead } from '#server/live/require.ts';
import type { Workshop } from '#server/live/workshop-state.ts';

import { reveal } from './reveal.ts';

export type EveningCommandOptions = {
	/** Changes that go with the end of the evening, such as a snapshot. */
	readonly onWorkshopEnd: (context: CommandContext) => readonly Change[];
};

/** The evening as a whole: its door, holding everything still, its end. */
export function createEveningCommands({
	onWorkshopEnd,
}: EveningCommandOptions): CommandHandlers<'workshop.open-door' | 'workshop.freeze' | 'workshop.end'> {
	return {
		'workshop.open-door'({ open }, context) {
			requireLead(context);
			const { workshop } = context.state;
			const back = { name: 'workshop.open-door', payload: { open: workshop.doorOpen } } as const;
			return {
				changes: [
					put({ ...workshop, doorOpen: open }),
					logged('workshop.open-door', { detail: { open }, inverse: back }),
				],
			};
		},

		'workshop.freeze'({ frozen }, context) {
			requireLead(context);
			const { workshop } = context.state;
			const back = { name: 'workshop.freeze', payload: { frozen: workshop.frozen } } as const;
			return {
				changes: [put({ ...workshop, frozen }), logged('workshop.freeze', { detail: { frozen }, inverse: back })],
			};
		},

		'workshop.end'({ ended }, context) {
			requireLead(context);
			const { state, now } = context;
			const { workshop } = state;
			const subjectId = workshop.id;
			if (!ended) return { changes: [put({ ...workshop, phase: 'live' }), logged('workshop.reopen', { subjectId })] };
			return {
				changes: [
					...onWorkshopEnd(context),
					...reveal(state, now),
					put({ ...workshop, phase: 'ended', timer: null }),
					logged('workshop.end', { subjectId, inverse: { name: 'workshop.end', payload: { ended: false } } }),
				],
			};
		},
	};
}

function put(row: Workshop): Change {
	return { type: 'put', entity: 'workshop', row };
}
