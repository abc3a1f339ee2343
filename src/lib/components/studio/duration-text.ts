import type { Voice } from '#lib/i18n/i18n.svelte.ts';

import { hoursAndMinutes } from './agenda-times.ts';

/** `25 min`, `2 h 30 min`. */
export function durationText({ t }: Pick<Voice, 't'>, durationMs: number): string {
	const { hours, minutes } = hoursAndMinutes(durationMs);
	return hours === 0 ? t('studio:agenda.minutes', { minutes }) : t('studio:agenda.hours', { hours, minutes });
}
