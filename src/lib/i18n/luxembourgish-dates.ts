/**
 * Luxembourgish dates have the shape of German ones with other names. Chromium ships no date names for `lb` and would fall
 * back to those of the device's language, so the names stand here and every device prints the same.
 */

const NAMES: Readonly<Record<string, string>> = {
	Montag: 'Méindeg',
	Dienstag: 'Dënschdeg',
	Mittwoch: 'Mëttwoch',
	Donnerstag: 'Donneschdeg',
	Freitag: 'Freideg',
	Samstag: 'Samschdeg',
	Sonntag: 'Sonndeg',
	März: 'Mäerz',
	April: 'Abrëll',
	Mai: 'Mee',
};

/** The parts of a date formatted in German, with weekday and month in Luxembourgish. */
export function inLuxembourgish(parts: readonly Intl.DateTimeFormatPart[]): Intl.DateTimeFormatPart[] {
	return parts.map((part) => ({ ...part, value: NAMES[part.value] ?? part.value }));
}
