import type { AccountId } from '#lib/domain/ids.ts';
import { can } from '#lib/domain/policy.ts';
import type { CommandName } from '#lib/protocol/commands.ts';
import type { FacilitatorView } from '#lib/protocol/live.ts';

/** Somebody of the team, as the others see them. */
export type TeamMember = { readonly id: AccountId; readonly name: string; readonly present: boolean };

export type Team = Pick<FacilitatorView, 'team' | 'leadId'>;

/** Who leads the evening now; null while everybody of the team may steer. */
export function leadOf({ team, leadId }: Team): TeamMember | null {
	if (leadId === null) return null;
	const lead = team[leadId];
	return { id: leadId, name: lead?.name ?? '', present: lead?.present ?? false };
}

/** Those of the team who are here, besides oneself, by name. */
export function othersHere({ team }: Team, me: AccountId | null): TeamMember[] {
	return (Object.entries(team) as [AccountId, FacilitatorView['team'][AccountId]][])
		.map(([id, { name, present }]) => ({ id, name, present }))
		.filter(({ id, present }) => present && id !== me)
		.sort((one, other) => one.name.localeCompare(other.name));
}

/** Whether this person may steer now: step, time, votes, doors, the end. */
export function maySteer(view: FacilitatorView, me: AccountId | null): boolean {
	if (me === null) return view.leadId === null;
	const leads = view.leadId === null || view.leadId === me;
	const step = view.currentStepId === null ? undefined : view.steps[view.currentStepId];
	return can(
		{ kind: 'facilitator', id: me, workshopId: view.workshop.id, leads },
		{ name: 'workshop.steer' },
		{ rules: step?.rules ?? null, frozen: view.workshop.frozen, pace: view.floor.pace },
	).allowed;
}

/** Commands that one person gives at a time, so that the room hears one voice. */
const steering: ReadonlySet<CommandName> = new Set<CommandName>([
	'step.go',
	'step.reveal',
	'pace.set',
	'announcement.make',
	'announcement.clear',
	'gathering.call',
	'pitch.queue',
	'pitch.call',
	'timer.start',
	'timer.add',
	'timer.pause',
	'timer.resume',
	'timer.clear',
	'vote.open',
	'vote.close',
	'vote.publish',
	'vote.decide',
	'poll.open',
	'workshop.open-door',
	'workshop.freeze',
	'workshop.end',
	'snapshot.restore',
]);

/** Whether a command is for the lead alone. A table's own step and time are everybody's of the team. */
export function isForLead(name: CommandName, payload: object): boolean {
	const ofTable = 'tableId' in payload && (name === 'step.go' || name.startsWith('timer.'));
	return steering.has(name) && !ofTable;
}

/**
 * What a change of the lead means to this person: somebody else has it now, or it was given to them. Null where they did it
 * themselves (`own`), or it is between others.
 */
export function leadChange(
	before: AccountId | null,
	now: AccountId | null,
	me: AccountId | null,
	own: boolean,
): 'lost' | 'given' | null {
	if (before === now || own || me === null) return null;
	if (before === me && now !== null) return 'lost';
	return now === me ? 'given' : null;
}
