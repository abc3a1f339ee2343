/** A refusal as components show it: the code of its text under `errors:`, and the values of the text's placeholders. */
export interface Refusal {
	readonly code: string;
	readonly params?: Readonly<Record<string, string | number>> | undefined;
}
