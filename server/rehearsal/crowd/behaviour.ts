import type { DotBallot, DotRule } from '#lib/domain/dot-vote.ts';
import type { BoardId, OptionId, TableId } from '#lib/domain/ids.ts';
import { can, type Action, type Actor, type PolicyContext } from '#lib/domain/policy.ts';
import type { LiveView, RoundView } from '#lib/protocol/live.ts';

import { below, oneOf, type Random } from './seeded-random.ts';

/** What synthetic people do, without any wire: which of the things a step allows somebody does next, and how they vote. */

/** What somebody does next. */
export type Deed = 'write' | 'edit' | 'withdraw' | 'arrange' | 'signal' | 'compose';

/** Of each hundred occasions; the rest pass without anything. */
const occasions: Readonly<Record<Exclude<Deed, 'compose'>, number>> = {
	write: 60,
	edit: 12,
	withdraw: 3,
	arrange: 20,
	signal: 3,
};
const hundred = 100;
const abstainingShare = 0.04;

/** How often somebody has an occasion to do something, so that they write so many ideas a minute where they may. */
export function meanPauseMs(ideasPerMinute: number): number {
	return (60_000 / ideasPerMinute) * (occasions.write / hundred);
}

/** A person in the room, as far as it decides what they may do. */
export type Standing = {
	readonly actor: Extract<Actor, { kind: 'participant' }>;
	readonly context: PolicyContext;
	/** Where one's ideas go in this step. */
	readonly board: { readonly boardId: BoardId; readonly tableId: TableId | null };
};

/** How a person stands in a workshop; nothing if they can't be there (their table is gone). */
export function standingOf(view: LiveView, actor: Standing['actor']): Standing | undefined {
	const { workshop, floor, tables, plenary, steps } = view;
	const table = actor.tableId === null ? undefined : tables[actor.tableId];
	if (actor.tableId !== null && table === undefined) return undefined;
	const stepId = table?.stepId ?? view.currentStepId;
	const rules = stepId === null || workshop.phase === 'ended' ? null : (steps[stepId]?.rules ?? null);
	const isPlenary = table === undefined || rules?.board === 'plenary';
	return {
		actor,
		context: { rules, frozen: workshop.frozen, pace: floor.pace },
		board: isPlenary ? { boardId: plenary.boardId, tableId: null } : { boardId: table.boardId, tableId: actor.tableId },
	};
}

/**
 * Draws what somebody does on an occasion, of what the step allows them; often nothing. Where the sheet may be written, what
 * would have been something else is spent on it.
 */
export function drawDeed(random: Random, standing: Standing): Deed | undefined {
	const drawn = drawOccasion(random);
	if (drawn !== undefined && mayDo(drawn, standing)) return drawn;
	return mayDo('compose', standing) ? 'compose' : undefined;
}

function drawOccasion(random: Random): Deed | undefined {
	let drawn = random() * hundred;
	for (const [deed, share] of Object.entries(occasions) as [Deed, number][]) {
		drawn -= share;
		if (drawn < 0) return deed;
	}
	return undefined;
}

export function mayDo(deed: Deed, standing: Standing): boolean {
	const action = actionOf(deed, standing);
	return action !== undefined && can(standing.actor, action, standing.context).allowed;
}

function actionOf(deed: Deed, { actor, board }: Standing): Action | undefined {
	switch (deed) {
		case 'write':
			return { name: 'idea.add', board };
		case 'edit':
		case 'withdraw':
			return { name: 'idea.change', board, author: { participantId: actor.id, deviceId: null } };
		case 'arrange':
			return { name: 'board.arrange', board };
		case 'signal':
			return actor.tableId === null ? undefined : { name: 'table.signal', tableId: actor.tableId };
		case 'compose':
			return actor.tableId === null ? undefined : { name: 'sheet.write', tableId: actor.tableId };
	}
}

/** Whether this person may vote in a round now. */
export function mayVote({ actor, context }: Standing, round: RoundView): boolean {
	if (round.state !== 'open') return false;
	const action: Action = { name: 'vote.cast', tableId: round.tableId, isPoll: round.kind === 'poll' };
	return can(actor, action, context).allowed;
}

/** Puts some or all of one's dots on options, within the rule; now and then on none. */
export function drawBallot(random: Random, rule: DotRule, options: readonly OptionId[]): DotBallot {
	const ballot: DotBallot = {};
	if (random() < abstainingShare) return ballot;
	const dots = 1 + below(random, rule.dots);
	for (let dot = 0; dot < dots; dot += 1) {
		const option = oneOf(random, options);
		if (option === undefined) break;
		ballot[option] = Math.min(rule.maxPerOption, (ballot[option] ?? 0) + 1);
	}
	return ballot;
}

/**
 * Compares what a person was told is saved with what is there under their name.
 * @param unanswered how many more may be there, since they were sent and nobody knows
 */
export function compareOwn(
	acknowledged: ReadonlySet<string>,
	found: ReadonlySet<string>,
	unanswered: number,
): { readonly lost: number; readonly duplicated: number } {
	return {
		lost: acknowledged.difference(found).size,
		duplicated: Math.max(0, found.difference(acknowledged).size - unanswered),
	};
}
