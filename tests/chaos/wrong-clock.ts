const RightDate = Date;

/** Sets this process' clock of the day wrong, as it is seen through `Date`. Timers and `performance` go on undisturbed. */
export function setClockWrong(milliseconds: number): void {
	globalThis.Date = class extends RightDate {
		constructor(...given: [] | [number | string]) {
			if (given.length === 0) super(RightDate.now() + milliseconds);
			else super(...given);
		}

		static override now(): number {
			return RightDate.now() + milliseconds;
		}
	} as DateConstructor;
}
