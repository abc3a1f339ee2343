/**
 * Keeps the display on while a page is shown. Browsers offer it in a secure context only; in a hall on plain http nothing happens,
 * and the device's own energy settings decide.
 * @returns a function that lets go
 */
export function keepAwake(): () => void {
	if (!('wakeLock' in navigator)) return () => undefined;
	let lock: WakeLockSentinel | null = null;
	let wanted = true;

	async function hold(): Promise<void> {
		if (!wanted || document.visibilityState !== 'visible') return;
		try {
			lock = await navigator.wakeLock.request('screen');
		} catch (error) {
			// Refused, such as on a low battery. The display may go dark; nothing else depends on it.
			if (!(error instanceof DOMException)) throw error;
		}
	}

	const again = (): void => void hold();
	document.addEventListener('visibilitychange', again);
	again();
	return () => {
		wanted = false;
		document.removeEventListener('visibilitychange', again);
		void lock?.release();
	};
}
