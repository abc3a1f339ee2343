import type { Language } from '#lib/domain/language.ts';
import { formatLocales } from './locales.ts';
import { inLuxembourgish } from './luxembourgish-dates.ts';

/** Programmes happen in a place: its clock is used on every device, and by the server, whatever their own zone is. */
export const programmeTimeZone = 'Europe/Luxembourg';

/** What can be given where a point in time is printed; strings are ISO 8601. */
export type Instant = Date | string | number;

export type DateStyle = 'full' | 'long' | 'short';

/** Numbers and dates as one language writes them. */
export interface Formats {
	/** `1234.5` → `1.234,5` */
	readonly number: (value: number, options?: Intl.NumberFormatOptions) => string;
	/** A share from 0 to 1: `0.123` → `12,3 %` */
	readonly percent: (share: number, maximumFractionDigits?: number) => string;
	/** `full` with the weekday, `long` with the month in letters (the default), `short` in figures. */
	readonly date: (instant: Instant, style?: DateStyle) => string;
	/** `19:30` */
	readonly time: (instant: Instant) => string;
	readonly dateTime: (instant: Instant, style?: DateStyle) => string;
	/** For sorting names and titles. */
	readonly compare: (one: string, other: string) => number;
}

const dateStyles: Readonly<Record<DateStyle, Intl.DateTimeFormatOptions>> = {
	full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	long: { day: 'numeric', month: 'long', year: 'numeric' },
	short: { day: '2-digit', month: '2-digit', year: 'numeric' },
};

export function formatsOf(language: Language, timeZone: string = programmeTimeZone): Formats {
	const locale = formatLocales[language];
	const collator = new Intl.Collator(locale, { numeric: true });
	const plainNumber = new Intl.NumberFormat(locale);
	const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });

	function date(instant: Instant, style: DateStyle = 'long'): string {
		const parts = new Intl.DateTimeFormat(locale, { ...dateStyles[style], timeZone }).formatToParts(new Date(instant));
		return (language === 'lb' ? inLuxembourgish(parts) : parts).map((part) => part.value).join('');
	}

	const time = (instant: Instant): string => clock.format(new Date(instant));

	return {
		number: (value, options) =>
			options === undefined ? plainNumber.format(value) : new Intl.NumberFormat(locale, options).format(value),
		percent: (share, maximumFractionDigits = 0) =>
			new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits }).format(share),
		date,
		time,
		dateTime: (instant, style) => `${date(instant, style)}, ${time(instant)}`,
		compare: (one, other) => collator.compare(one, other),
	};
}
