import * as z from 'zod';

import { crowdFigures, rehearsalPlan } from '#lib/protocol/rehearsal.ts';

/**
 * What travels between the server and the process of a crowd: one JSON object a line. Orders come on its standard input, `begin` first;
 * reports leave on its standard output. When the input ends, the crowd ends at once: whoever started it has gone.
 */
export const crowdOrder = z.discriminatedUnion('type', [
	z.strictObject({
		type: z.literal('begin'),
		/** Scheme, host and port of the server. */
		origin: z.url({ protocol: /^http$/ }),
		/** The join code. */
		code: z.string(),
		plan: rehearsalPlan,
		/** The same crowd behaves in the same way. */
		seed: z.int(),
	}),
	/** They stop writing, look for what they wrote, and leave. */
	z.strictObject({ type: z.literal('stop') }),
]);
export type CrowdOrder = z.infer<typeof crowdOrder>;
export type CrowdBeginning = Extract<CrowdOrder, { type: 'begin' }>;

export const crowdReport = z.strictObject({ type: z.literal('figures'), figures: crowdFigures });
export type CrowdReport = z.infer<typeof crowdReport>;
