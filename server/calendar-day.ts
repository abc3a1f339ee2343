import { programmeTimeZone } from '#lib/i18n/formats.ts';

// Swedish writes days as ISO 8601 does.
const inProgrammeTime = new Intl.DateTimeFormat('sv-SE', { timeZone: programmeTimeZone });

/** The day it is where the programme happens, as `2026-06-06`. Days compare as texts do. */
export function calendarDay(instant: Date): string {
	return inProgrammeTime.format(instant);
}
