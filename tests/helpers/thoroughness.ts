import process from 'node:process';

/** Whether this is the long run (`npm run prove`), which repeats what `npm test` does a few times thousands of times. */
export const isThorough = process.env.THOROUGH === '1';

/** How often to do something: in `npm test`, and in the long run. */
export function times(quick: number, thorough: number): number {
	return isThorough ? thorough : quick;
}
