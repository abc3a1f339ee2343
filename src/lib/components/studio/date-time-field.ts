/** An instant as `<input type="datetime-local">` wants it, in this device's time zone: `2026-03-14T18:30`; blank for none. */
export function toLocalInput(iso: string | null): string {
	if (iso === null) return '';
	const date = new Date(iso);
	const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
	return local.toISOString().slice(0, 16);
}

/** What was chosen in such a field, as an instant; `null` for nothing. */
export function fromLocalInput(value: string): string | null {
	const date = new Date(value);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
