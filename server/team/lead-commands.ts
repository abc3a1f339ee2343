import type { AccountId } from '#lib/domain/ids.ts';
import { AppError } from '#lib/protocol/errors.ts';
import type { LogAction } from '#lib/protocol/log.ts';
import type { CommandContext, CommandHandlers, Decision } from '#server/live/command-handler.ts';
import { logged } from '#server/live/logged.ts';
import { requireFacilitator, requireLead } from '#server/live/require.ts';

/**
 * Who steers the evening. It is kept with the workshop, so that neither a closed laptop nor a restart changes it, and it changes only
 * because somebody says so: the lead hands it over, or a colleague takes it.
 */
export const leadCommands: CommandHandlers<'lead.take' | 'lead.hand' | 'lead.release'> = {
	'lead.take'(_, context) {
		requireFacilitator(context);
		return leadBy(context.actor.id as AccountId, 'lead.take', context);
	},

	'lead.hand'({ accountId }, context) {
		requireLead(context);
		if (!context.state.team.has(accountId)) throw new AppError('account.unknown');
		return leadBy(accountId, 'lead.hand', context);
	},

	'lead.release'(_, context) {
		requireLead(context);
		return leadBy(null, 'lead.release', context);
	},
};

function leadBy(leadId: AccountId | null, action: LogAction, { state }: CommandContext): Decision {
	const { workshop } = state;
	if (workshop.leadId === leadId) return { changes: [] };
	return {
		changes: [
			{ type: 'put', entity: 'workshop', row: { ...workshop, leadId } },
			logged(action, { subjectId: leadId, detail: { from: workshop.leadId } }),
		],
	};
}
