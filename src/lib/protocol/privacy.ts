import * as z from 'zod';

import { localizedText } from './localized-text.ts';

/** What the privacy notice says of one workshop; null without a code, or with one that is unknown. */
export const privacyNotice = z.strictObject({
	workshop: z
		.strictObject({
			title: localizedText,
			programmeName: localizedText,
			/** The calendar day on which names, addresses and traces of sign-ins are deleted. */
			personalDataUntil: z.iso.date(),
			/** Whether that has happened. */
			deleted: z.boolean(),
		})
		.nullable(),
});
export type PrivacyNotice = z.infer<typeof privacyNotice>;
