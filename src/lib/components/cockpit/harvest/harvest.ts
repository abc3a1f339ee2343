import type { IdeaId } from '#lib/domain/ids.ts';

import type { Picked } from '../cockpit.svelte.ts';

/** What of a selection the plenary can get a copy of: ideas that lie on a table's board. */
export function harvestable(picked: Iterable<Picked>): IdeaId[] {
	return [...picked].filter(({ kind, tableId }) => kind === 'idea' && tableId !== null).map(({ id }) => id as IdeaId);
}

/** The one idea of a selection that can be put in the light. */
export function spotlightable(picked: readonly Picked[]): IdeaId | null {
	const [only, ...others] = picked;
	return only?.kind === 'idea' && others.length === 0 ? (only.id as IdeaId) : null;
}
