import type { StepRules } from '#lib/domain/step.ts';
import type { BoardPlace } from '#lib/live/workplace.svelte.ts';

export type Whereabouts = 'inbox' | 'private' | 'table' | 'plenary' | 'unrecorded' | 'hidden';

/**
 * What somebody should know about an idea before they send it: who sees it and when, and whether their name goes with it.
 * @param place the board it is written on
 * @param choosing whether they choose that board, which then says itself which one it is
 */
export function whereItGoes(rules: StepRules, place: BoardPlace, choosing: boolean): Whereabouts[] {
	const { intake, see, names } = rules;
	const said: Whereabouts[] = [];
	if (intake !== 'direct') said.push(intake);
	else if (place === 'table' && see === 'table') said.push('table');
	else if (place === 'plenary' && !choosing && rules.board === 'plenary') said.push('plenary');
	if (names !== 'shown') said.push(names);
	return said;
}
