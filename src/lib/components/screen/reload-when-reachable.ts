/**
 * Fetches a page anew as soon as the server gives it, and not before: a projector never shows a browser's error page. Waits longer
 * after each failure, and longer where it was reloaded a moment ago, so that a page that is broken for good does not flicker.
 */
const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
const recentlyMs = 10 * 60_000;
const storageKey = 'screen-reloads';

export type ReloadingPage = {
	/** Whether the server answers with the page. */
	readonly isThere: (signal: AbortSignal) => Promise<boolean>;
	readonly reload: () => void;
	/** When it was reloaded lately; epoch milliseconds. */
	readonly reloads: () => readonly number[];
	readonly remember: (reloads: readonly number[]) => void;
	readonly now: () => number;
};

/** @returns a function that gives up */
export function reloadWhenReachable(page: ReloadingPage = browserPage()): () => void {
	const stopped = new AbortController();
	void run(page, stopped.signal);
	return () => stopped.abort();
}

async function run(page: ReloadingPage, signal: AbortSignal): Promise<void> {
	const recent = page.reloads().filter((at) => page.now() - at < recentlyMs);
	for (let failures = recent.length; ; failures += 1) {
		// Spread out, so that a hundred screens don't come at once.
		const limit = Math.min(longestWaitMs, firstWaitMs * 2 ** failures);
		if (!(await pause(limit * (0.5 + Math.random()), signal))) return;
		if (await page.isThere(signal)) break;
	}
	// Given up while the page was on its way.
	if (!(await pause(0, signal))) return;
	page.remember([...recent, page.now()]);
	page.reload();
}

/** Says whether it is to go on after that. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => resolve(!signal.aborted), milliseconds);
		const giveUp = (): void => {
			clearTimeout(timer);
			resolve(false);
		};
		signal.addEventListener('abort', giveUp, { once: true });
	});
}

function browserPage(): ReloadingPage {
	return {
		isThere: async (signal) => {
			try {
				return (await fetch(location.href, { cache: 'no-store', signal })).ok;
			} catch (error) {
				// No network, or given up.
				if (error instanceof TypeError || error instanceof DOMException) return false;
				throw error;
			}
		},
		reload: () => location.reload(),
		reloads: () => timesOf(sessionStorage.getItem(storageKey)),
		remember: (reloads) => sessionStorage.setItem(storageKey, reloads.join(',')),
		now: () => Date.now(),
	};
}

function timesOf(list: string | null): number[] {
	return (list ?? '').split(',').map(Number).filter(Boolean);
}
