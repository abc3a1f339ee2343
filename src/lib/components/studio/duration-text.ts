import type { I18n } from '#lib/i18n/i18n.svelte.ts';

import { hoursAndMinutes } from './agenda-times.ts';

/** `25 min`, `2 h`, `2 h 30 min`. */
export function durationText(i18n: Pick<I18n, 't'>, durationMs: number): string {
	const { hours, minutes } = hoursAndMinutes(durationMs);
	if (hours === 0) return i18n.t('studio:agenda.minutes', { minutes });
	return minutes === 0
		? i18n.t('studio:agenda.wholeHours', { hours })
		: i18n.t('studio:agenda.hours', { hours, minutes });
}
