import type { LogAction } from '#lib/protocol/log.ts';

/**
 * What can have been decided about an idea, as its history tells it. What authors do with their own isn't logged, and anything else is
 * told as a change.
 */
const deeds = {
	'idea.publish': 'published',
	'idea.hide': 'hidden',
	'idea.merge': 'merged',
	'idea.harvest': 'harvested',
	'inbox.return': 'returned',
	'spotlight.set': 'lit',
} as const satisfies { [Name in LogAction]?: string };

export type Deed = (typeof deeds)[keyof typeof deeds] | 'changed';

export function deedOf(action: string): Deed {
	return Object.hasOwn(deeds, action) ? deeds[action as keyof typeof deeds] : 'changed';
}
