import * as z from 'zod';

/** What a projector shows; `auto` follows the evening. */
export const screenLayouts = [
	'auto',
	'join',
	'prompt',
	'wall',
	'columns',
	'idea',
	'map',
	'results',
	'pitch',
	'projects',
	'blank',
] as const;
export const screenLayout = z.enum(screenLayouts);
export type ScreenLayout = z.infer<typeof screenLayout>;
